import { temporal } from '@temporalio/proto';
import { uiLists } from '../../src/commands/uiLists';
import { dateOf, instantOf } from '../../src/domain/basics/calendar';
import { registerSearchAttributes } from '../../src/embedded/searchAttributes';
import { referenceOf, searchAttributes, workflowIdOf } from '../../src/workflows/messages';
import { until } from '../support/until';
import { daysFromNow, everythingArrives } from './support/service';
import { startWithRegister, type ServiceWithRegister } from './support/withRegister';

const { EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES } = temporal.api.enums.v1.EventType;

/** The mail server takes no letter of this office but those to its duty mailbox. */
const notReached = 'rotterdam';
const dutyMailbox = 'duty@example.org';

let service: ServiceWithRegister;
let [quiet, unassigned, undelivered] = ['', '', ''];

beforeAll(async () => {
  service = await startWithRegister({
    activities: {
      ...everythingArrives,
      notify: {
        ...everythingArrives.notify,
        sendDigests: async ({ office, letters }) =>
          letters.map(({ id, to }) =>
            office === notReached && to !== dutyMailbox ? { id, outcome: 'refused', next: dutyMailbox } : { id, outcome: 'delivered' },
          ),
      },
    },
  });
  [quiet, unassigned, undelivered] = await Promise.all([service.open(), service.open(), service.open(notReached)]);
  await tellsOfATask('lawyer', 20);
  await Promise.all([quiet, unassigned, undelivered].map(service.sent));
  await Promise.all([quiet, unassigned, undelivered].map(service.settled));
});
afterAll(() => service.stop());

describe('a list of cases in the Temporal UI', () => {
  it.each([
    ['unassigned', () => [unassigned]],
    ['mail-undelivered', () => [undelivered]],
    ['due-14-days', () => [quiet, unassigned, undelivered]],
    ['open', () => [quiet, unassigned, undelivered]],
    ['overdue', () => []],
    ['decision-needed', () => []],
    ['alarm', () => []],
    ['blocked', () => []],
  ])('finds the cases that it is named after: %s', async (id, expected) => {
    await until(`the list ${id} is as it should be`, async () => (await found(id)).join() === [...expected()].sort().join());
  });

  it.each([
    ['unassigned', 'unassigned=true'],
    ['mail-undelivered', 'undelivered=true'],
  ])('finds the cases that the list of the register has: %s', async (id, asked) => {
    const lists = await Promise.all(['supervisor-1', 'supervisor-rotterdam-1'].map((who) => service.as(who).get(`/v1/pathways?${asked}`)));
    const listed = lists.flatMap(({ body }) => (body.items as { reference: string }[]).map(({ reference }) => reference));
    expect(await found(id)).toEqual(listed.sort());
  });

  it('costs an event only if a code comes or goes, and nothing where there is none', async () => {
    const attention = async (reference: string) =>
      (await service.client.workflow.getHandle(workflowIdOf(reference)).describe()).typedSearchAttributes.get(searchAttributes.attention);
    expect([await attention(quiet), await attention(unassigned)]).toEqual([undefined, ['unassigned']]);
    const before = await upserts();
    await tellsOfATask('lawyer', 21);
    await tellsOfATask('caseworker', 22);
    expect(await upserts()).toBe(before);
    await service.as('supervisor-1').tell(unassigned, {
      ...{ type: 'teamChanged', on: daysFromNow(0), role: 'lawyer', staffId: 'lawyer-1' },
    });
    expect([await upserts(), await attention(unassigned)]).toEqual([before + 1, undefined]);
  });
});

describe('a server that has the attributes of the version before', () => {
  it('gets the new one at the next start, and keeps the others', async () => {
    const { connection } = service.env;
    const namespace = 'default';
    await connection.operatorService.removeSearchAttributes({ namespace, searchAttributes: [searchAttributes.attention.name] });
    await registerSearchAttributes(connection, namespace);
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.values(searchAttributes).map(({ name }) => name)));
  });
});

async function tellsOfATask(owner: 'lawyer' | 'caseworker', days: number): Promise<void> {
  const fact = { type: 'taskAdded', on: daysFromNow(0), kind: 'legal', due: daysFromNow(days), owner };
  const { status } = await service.as('caseworker-1').tell(unassigned, fact);
  if (status !== 201) throw new Error(`the task was refused: ${status}`);
}

/** The cases that the query of a list finds, by reference. */
async function found(id: string): Promise<string[]> {
  const query = uiLists.find((list) => list.id === id)?.query(dateOf(instantOf(Date.now())));
  if (query === undefined) throw new Error(`no list is called ${id}`);
  const references: string[] = [];
  for await (const { workflowId } of service.client.workflow.list({ query })) references.push(referenceOf(workflowId) ?? '');
  return references.sort();
}

/** How often the case of the tasks wrote attributes, in its present run. */
async function upserts(): Promise<number> {
  const { events } = await service.client.workflow.getHandle(workflowIdOf(unassigned)).fetchHistory();
  return events?.filter(({ eventType }) => eventType === EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES).length ?? 0;
}
