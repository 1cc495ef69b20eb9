import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import type { Activities } from '../../src/activities';
import { KeysUnavailable } from '../../src/privacy/keyErrors';
import { cooperation, workflowIdOf } from '../../src/workflows/messages';
import type { RowsInMemory } from '../support/keyRows';
import { until } from '../support/until';
import { everythingArrives, intake, startService, type Answer } from './support/service';
import { startWithRegister, type ServiceWithRegister } from './support/withRegister';

const minute = 60_000;
const fact = { type: 'interviewHeld' };

describe('a case whose key is taken away', () => {
  let stopped: string;
  let others: readonly string[];
  let row: ReturnType<RowsInMemory['rows']['get']>;

  it('fails its tasks, and is reported as blocked to whoever may see it', async () => {
    stopped = await service.open();
    others = await Promise.all(Array.from({ length: 10 }, () => service.open()));
    await until('the letters of every case have left', () => sent.size === 11);
    row = service.keyRows.rows.get(stopped);
    loseKey(stopped);

    // A system without our encryption: the case need not even be able to read it.
    await new Client({ connection: service.env.connection }).workflow.getHandle(workflowIdOf(stopped)).signal(cooperation, { answer: 'x' });
    await until('a task of the case has failed', async () => (await failedTasks(stopped)) > 0);
    comesBackLater(await service.as('caseworker-1').get(`/v1/pathways/${stopped}`), 'case-blocked');
    comesBackLater(await service.as('care-coordinator-1').tell(stopped, fact), 'case-blocked');
    // Whether the police may know of the case is under its key too, so they are told nothing.
    for (const who of ['caseworker-rotterdam-1', 'kmar-1', 'police-1'])
      expect((await service.as(who).get(`/v1/pathways/${stopped}`)).body.code).toBe('not-found');
  });

  it('stops alone: ten others answer and take facts, lists go on without it, and both workers live', async () => {
    const read = await Promise.all(others.map((each) => service.as('caseworker-1').get(`/v1/pathways/${each}`)));
    expect(read.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const told = await Promise.all(others.map((each) => service.as('police-1').tell(each, fact)));
    await Promise.all(others.map(service.settled));
    expect(told.map(({ status }) => status)).toEqual(Array(10).fill(201));
    // The plain columns of the stopped case are there, and what its tasks are nobody can read.
    expect(await listed('/pathways')).toEqual(new Set([stopped, ...others]));
    expect(await listed('/tasks')).toEqual(new Set(others));
    const another = await service.open();
    await until('the letters of a new case leave', () => sent.has(another));
  });

  it('gets no other key when its intake is repeated', async () => {
    const [opening, key] = [intake(), randomUUID()];
    const { body } = await service.as('caseworker-1').post('/v1/pathways', opening, key);
    const held = service.keyRows.rows.get(body.reference);
    loseKey(body.reference);
    comesBackLater(await service.as('caseworker-1').post('/v1/pathways', opening, key), 'case-blocked');
    expect(service.keyRows.rows.has(body.reference)).toBe(false);
    if (held !== undefined) service.keyRows.rows.set(body.reference, held);
    expect((await service.as('caseworker-1').post('/v1/pathways', opening, key)).body.reference).toBe(body.reference);
  });

  it('goes on as soon as its key is back, and nothing is lost', async () => {
    if (row !== undefined) service.keyRows.rows.set(stopped, row);
    await until('it answers', async () => (await service.as('caseworker-1').get(`/v1/pathways/${stopped}`)).status === 200);
    expect((await service.as('police-1').tell(stopped, fact)).status).toBe(201);
    const { body } = await service.as('caseworker-1').get(`/v1/pathways/${stopped}/facts`);
    expect(body.items.map(({ type }: { type: string }) => type)).toEqual(['signalMalformed', 'interviewHeld']);
  });

  it.each([
    ['is delivered', undefined],
    ['fails', new Error('a fault of ours')],
  ])('does not end the worker whose letter %s meanwhile, and the case hears of it later', async (_, failure) => {
    let letGo: () => void = () => undefined;
    gate = new Promise((resolve, reject) => (letGo = failure === undefined ? resolve : () => reject(failure)));
    gate.catch(() => undefined);
    const reference = await service.open();
    await until('its letters are under way', () => begun.has(reference));
    const held = service.keyRows.rows.get(reference);
    loseKey(reference);
    letGo();
    gate = Promise.resolve();

    const another = await service.open();
    await until('the acting worker does other work', () => sent.has(another));
    if (held !== undefined) service.keyRows.rows.set(reference, held);
    await until('its letters have left', () => sent.has(reference));
    await until('it answers', async () => (await service.as('caseworker-1').get(`/v1/pathways/${reference}`)).status === 200);
  });
});

describe('while the database is away', () => {
  it('warm cases answer, cold ones have to wait, and nothing is lost', async () => {
    const [warm, cold, key] = [await service.open(), await service.open(), randomUUID()];
    const api = await service.apiWithKeys(service.otherKeys({ patienceMs: 0 }));
    await api.as('caseworker-1').get(`/v1/pathways/${warm}`);
    const [opening, recorded] = [intake(), { ...fact }];
    service.keyRows.goesAway();

    expect((await api.as('caseworker-1').get(`/v1/pathways/${warm}`)).status).toBe(200);
    expect((await api.as('police-1').tell(warm, recorded)).status).toBe(201);
    comesBackLater(await api.as('caseworker-1').get(`/v1/pathways/${cold}`), 'no-answer');
    comesBackLater(await api.as('police-1').tell(cold, recorded, key), 'no-answer');
    comesBackLater(await api.as('caseworker-1').post('/v1/pathways', opening, key), 'no-answer');
    comesBackLater(await api.as('caseworker-1').get('/v1/tasks'), 'no-answer');

    service.keyRows.comesBack();
    expect((await api.as('police-1').tell(cold, recorded, key)).status).toBe(201);
    const { status, body } = await api.as('caseworker-1').post('/v1/pathways', opening, key);
    expect(status).toBe(201);
    expect((await api.as('caseworker-1').get(`/v1/pathways/${body.reference}`)).status).toBe(200);
    for (const each of [warm, cold])
      expect((await api.as('police-1').get(`/v1/pathways/${each}/facts`)).body.items).toMatchObject([{ type: 'interviewHeld' }]);
  });

  it('a case that even the workers cannot read waits, and goes on by itself', async () => {
    const reference = await service.open();
    await service.as('caseworker-1').get(`/v1/pathways/${reference}`);
    service.keyRows.goesAway();
    now += 61 * minute;
    comesBackLater(await service.as('caseworker-1').get(`/v1/pathways/${reference}`), 'no-answer');
    service.keyRows.comesBack();
    expect((await service.as('police-1').tell(reference, fact)).status).toBe(201);
  });
});

describe('a list of tasks', () => {
  it('asks the database once for the keys of its page', async () => {
    const api = await service.apiWithKeys(service.otherKeys());
    service.keyRows.asked.length = 0;
    const { body } = await api.as('caseworker-1').get('/v1/tasks');
    const references = new Set((body.items as { reference: string }[]).map(({ reference }) => reference));
    expect(references.size).toBeGreaterThan(5);
    expect(service.keyRows.asked.map((names) => names.length)).toEqual([references.size]);
  });
});

describe('a worker that cannot get the key of a case', () => {
  it('takes no fact of it, and the caller may tell it again', async () => {
    const away = async () => Promise.reject(new KeysUnavailable());
    const workerKeys = { make: away, ofReference: away, ofKeyIds: away, prefetch: away };
    const other = await startService({ workerKeys: () => workerKeys, patienceMs: 10_000 });
    const reference = await other.open();
    comesBackLater(await other.as('police-1').tell(reference, fact), 'no-answer');
    await other.stop();
  });
});

let service: ServiceWithRegister;
let now = 0;
let gate: Promise<void> = Promise.resolve();
const begun = new Set<string>();
const sent = new Set<string>();

/** Everything arrives, once the gate is open. */
const activities: Activities = {
  ...everythingArrives,
  notify: {
    ...everythingArrives.notify,
    async sendDigests(order) {
      begun.add(order.reference);
      await gate;
      sent.add(order.reference);
      return everythingArrives.notify.sendDigests(order);
    },
  },
};

beforeAll(async () => {
  service = await startWithRegister({ activities, keyClock: () => now });
});
afterAll(() => service.stop());

/** The cases in the first page of a list. */
async function listed(list: string): Promise<ReadonlySet<string>> {
  const { body } = await service.as('caseworker-1').get(`/v1${list}`);
  return new Set((body.items as { reference: string }[]).map(({ reference }) => reference));
}

/** Takes the row of a key away, and lets time pass until no process has the key in memory. */
function loseKey(reference: string): void {
  service.keyRows.rows.delete(reference);
  now += 5 * minute;
}

async function failedTasks(reference: string): Promise<number> {
  const { events } = await service.client.workflow.getHandle(workflowIdOf(reference)).fetchHistory();
  return events?.filter(({ workflowTaskFailedEventAttributes }) => workflowTaskFailedEventAttributes).length ?? 0;
}

function comesBackLater({ status, headers, body }: Answer, code: string): void {
  expect([status, body.code]).toEqual([503, code]);
  expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
}
