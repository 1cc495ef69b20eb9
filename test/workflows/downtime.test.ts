import { daysAfter, plus, type PlainDate } from '../../src/domain/basics/calendar';
import { forNextRun } from '../../src/domain/notifications/nextRun';
import { pathwayQueue, workflowType, type PathwayStart } from '../../src/workflows/messages';
import { instantOfWhen } from '../support/aCase';
import { CaseAtWork, openHouse, type House } from './support/house';

let house: House;
let monday: PlainDate;

beforeAll(async () => {
  house = await openHouse({ forgetful: true });
});
beforeEach(async () => {
  monday = await house.aMonday();
});
afterAll(() => house.close());

describe('a worker that is stopped in the middle of a wait', () => {
  it('finds the case again, and every reminder arrives once', async () => {
    const theCase = await house.opens(`${monday}T09:00`);
    for (const day of [0, 1, 2, 3, 4]) {
      await house.until(`${daysAfter(monday, day)}T17:00`);
      await theCase.file();
      await house.stopWorkers();
      await house.startWorkers();
    }
    // The first mail, the alarm about tasks of one day, and a digest on each of four mornings.
    expect(toPolice(theCase)).toBe(6);
    expect(new Set(house.post.mails.map(({ messageId }) => messageId)).size).toBe(house.post.mails.length);
    await theCase.leaves();
  });
});

/**
 * While a task waits for a worker, the clock of this server does not skip. So a test cannot keep a worker away over an instant. A worker
 * that comes back finds a case and a later hour. So the test starts the same case again from its own state, at that hour.
 */
describe('a worker that was away', () => {
  it('over a morning sends the items of nine o’clock at once in one digest, and the next morning only new items', async () => {
    const theCase = await house.opens(`${monday}T09:00`);
    await theCase.told('police', `${monday}T10:00`, 'reflectionStarted', {});
    await house.until(`${monday}T10:05`);
    const before = toPolice(theCase);
    const back = await wakesAt(theCase, `${daysAfter(monday, 2)}T14:00`);
    await house.until(`${daysAfter(monday, 2)}T14:02`);
    expect((await back.file()).outbox.lastDigestOn).toMatchObject({ 'police-1': daysAfter(monday, 2) });
    expect(toPolice(theCase) - before).toBe(1);
    await house.until(`${daysAfter(monday, 3)}T09:01`);
    expect((await back.file()).outbox.lastDigestOn).toMatchObject({ 'police-1': daysAfter(monday, 3) });
    expect(toPolice(theCase) - before).toBe(2);
    await back.leaves();
  });

  it.each(['the fact of the last day first', 'the fact of the day after first'])(
    'over the end of the three months records facts from both sides of midnight, with the same result in either order: %s',
    async (order) => {
      const end = plus(monday, 'P3M');
      const theCase = await house.opens(`${monday}T09:00`);
      await theCase.told('police', `${monday}T10:00`, 'reflectionStarted', {});
      await house.until(`${monday}T10:05`);
      const back = await wakesAt(theCase, `${daysAfter(end, 1)}T00:10`);
      const tellings = [
        () => back.tells('police', `${end}T23:59`, 'declined', { confirmed: true }),
        () => back.tells('police', `${daysAfter(end, 1)}T00:00`, 'victimStatementIssued', {}),
      ];
      for (const tell of order.includes('last') ? tellings : tellings.reverse()) expect(await tell()).not.toHaveProperty('refused');
      await house.until(`${daysAfter(end, 1)}T00:20`);
      expect((await back.file()).situation).toMatchObject({ stage: 'decision', period: { end: 'declined', endedOn: end } });
      await back.leaves();
    },
  );
});

/** The same case, found by a worker at a later instant. */
async function wakesAt(theCase: CaseAtWork, when: string): Promise<CaseAtWork> {
  const file = await theCase.file();
  await theCase.leaves();
  await house.until(when);
  const { start, entries, revision, counted } = file;
  const input = { version: 1, start, entries, revision, counted, outbox: forNextRun(file, instantOfWhen(when)) } satisfies PathwayStart;
  const { workflowId } = theCase.handle;
  const { typedSearchAttributes } = await theCase.handle.describe();
  const handle = await house.client.workflow.start(workflowType, {
    workflowId,
    taskQueue: pathwayQueue,
    args: [input],
    typedSearchAttributes,
  });
  return new CaseAtWork(house, handle, theCase.start);
}

function toPolice({ start }: CaseAtWork): number {
  return house.post.to('police-1@example.org').filter(({ raw }) => raw.includes(start.reference)).length;
}
