import { randomUUID } from 'node:crypto';
import type { temporal } from '@temporalio/proto';
import type { Activities } from '../../src/activities';
import type { Cases } from '../../src/casework/ports/pathways';
import { Refused } from '../../src/casework/refused';
import { openStore, type Store } from '../../src/store/store';
import { StoreAway } from '../../src/store/storeAway';
import type { RegisterTable } from '../../src/store/register';
import { pathwayQueue, recordFact, rest, workflowIdOf, workflowTaskTimeout, workflowType } from '../../src/workflows/messages';
import { instantOf } from '../../src/domain/basics/calendar';
import { callerOf, freshCase } from '../support/aCase';
import { comparedWithCases } from '../support/comparedWithCases';
import { openOnPglite, type TestDatabase } from '../support/databases';
import { until } from '../support/until';
import { untilQuiet } from '../support/untilQuiet';
import { everythingArrives, startService, type Service } from './support/service';

describe('a fact whose register was away', () => {
  it.each<Call>(['read', 'write'])('at the %s is there once its case is quiet', async (call) => {
    const reference = await toldWhileAway(call, service);
    expect(await differencesOf(reference)).toEqual([]);
  });

  /* The two facing tests: with a part of the rule taken out, the comparison finds what is lost. So it can fail. */
  it('at the write is lost where the case gets no signal', async () => {
    const api = await service.anotherApi({ between: (cases) => ({ ...cases, askToRegister: async () => undefined }) });
    expect(await differencesOf(await toldWhileAway('write', api))).toEqual(missing);
  });

  it('at the read is lost where the case is not told that its sender knew nothing', async () => {
    const api = await service.anotherApi({ between: alwaysKnowing });
    expect(await differencesOf(await toldWhileAway('read', api))).toEqual(missing);
  });

  it('is written by its case in the same request, where the signal is refused for a moment', async () => {
    const reference = await known();
    const api = await service.anotherApi({ between: (cases) => ({ ...cases, askToRegister: unanswered }) });
    away.add('write');
    expect((await api.as('police-1').tell(reference, fact)).status).toBe(201);
    away.clear();
    expect(await differencesOf(reference)).toEqual([]);
    expect(await factsOf(reference)).toEqual([fact.type]);
  });

  it('is not answered where the engine goes away before its case can be asked to write, and the same request once more repairs it', async () => {
    const reference = await known();
    const key = randomUUID();
    const api = await service.anotherApi({ between: untilFirstAnswer, patienceMs: 1_000 });
    away.add('write');
    expect((await api.as('police-1').tell(reference, fact, key)).status).toBe(503);
    away.clear();
    expect(await differencesOf(reference)).toEqual(missing);
    await trusted();
    expect((await service.as('police-1').tell(reference, fact, key)).status).toBe(201);
    expect(await differencesOf(reference)).toEqual([]);
    expect(await factsOf(reference)).toEqual([fact.type]);
  });

  it('is repaired by the same request once more where the process that told it ended before it asked the case to write', async () => {
    const reference = await known();
    const key = randomUUID();
    let asks: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (asks = resolve));
    const ended = async (): Promise<never> => new Promise(() => asks());
    const api = await service.anotherApi({ between: (cases) => ({ ...cases, askToRegister: ended }) });
    away.add('write');
    const gone = new AbortController();
    const path = `/v1/pathways/${reference}/facts`;
    const sending = { body: fact, headers: { 'Idempotency-Key': key }, signal: gone.signal };
    const noAnswer = api.as('police-1').send('POST', path, sending);
    await asked;
    gone.abort();
    await expect(noAnswer).rejects.toThrow('aborted');
    away.clear();
    expect(await differencesOf(reference)).toEqual(missing);
    await trusted();
    expect((await service.as('police-1').tell(reference, fact, key)).status).toBe(201);
    expect(await differencesOf(reference)).toEqual([]);
    expect(await factsOf(reference)).toEqual([fact.type]);
  });
});

describe('a case that owes a write, while the mail server is silent', () => {
  it('writes it all the same, with more letters under way than a worker takes', async () => {
    mailServer.isSilent();
    const references = await Promise.all(Array.from({ length: lettersAtOnce + 20 }, () => service.open()));
    const reference = references.at(-1) ?? '';
    await until('as many letters are under way as a worker takes', () => mailServer.waiting.size >= lettersAtOnce);
    await trusted();
    away.add('write');
    expect((await service.as('police-1').tell(reference, fact)).status).toBe(201);
    away.clear();
    await until('the register has the fact', async () => (await inRegister(reference)).includes(fact.type));
    expect(mailServer.waiting.size).toBeGreaterThanOrEqual(lettersAtOnce);
    mailServer.answers();
    for (const each of references) await service.sent(each);
  });

  it('writes it in its next run, where the run ends first', async () => {
    mailServer.isSilent();
    const reference = await service.open();
    await until('its letters are under way', () => mailServer.waiting.has(reference));
    await trusted();
    const before = await runOf(reference);
    away.add('write').add('read');
    expect((await service.as('police-1').tell(reference, fact)).status).toBe(201);
    await caseOf(reference).signal(rest);
    mailServer.answers();
    await until('a new run goes on', async () => (await runOf(reference)) !== before);
    away.clear();
    expect(await differencesOf(reference)).toEqual([]);
    expect(await inRegister(reference)).toEqual([fact.type]);
  });
});

describe('a task that holds a fact', () => {
  it('and the outcome of letters leaves the write to an activity, which begins after it', async () => {
    mailServer.isSilent();
    const reference = await service.open();
    await until('its letters are under way', () => mailServer.waiting.has(reference));
    await service.stopThinking();
    mailServer.answers();
    await until('the outcome waits', async () => (await eventsOf(reference)).some((each) => each.activityTaskCompletedEventAttributes));
    const said: (number | null)[] = [];
    const api = await service.anotherApi({ between: (cases) => listening(cases, said) });
    await trusted(api);
    const told = api.as('police-1').tell(reference, fact);
    await until('the fact is on its way', () => said.length > 0);
    await backAtWork();
    expect((await told).status).toBe(201);
    expect(said.filter((knows) => knows === null)).toEqual([]);
    const { began, did } = await taskOfFact(reference);
    expect(began.some((each) => each.activityTaskCompletedEventAttributes)).toBe(true);
    expect(did.filter(isLocalWrite)).toEqual([]);
    expect(did.filter(isOrderedWrite)).toHaveLength(1);
    expect(await differencesOf(reference)).toEqual([]);
  });

  it('and a moment of the clock writes nothing before it is done', async () => {
    // The worker has to be gone before the minute comes.
    const nextMinute = Math.ceil((Date.now() + 20_000) / 60_000) * 60_000;
    const reference = `BT-MOMENT-${nextMinute}`;
    const { start } = freshCase().file;
    await service.keys.make(reference, start.office);
    const handle = await service.client.workflow.start(workflowType, {
      ...{ workflowId: workflowIdOf(reference), taskQueue: pathwayQueue, workflowTaskTimeout },
      args: [{ version: 1, start: { ...start, reference, registeredAt: instantOf(nextMinute) } }],
    });
    await until('it waits for the minute', async () => (await eventsOf(reference)).some((each) => each.timerStartedEventAttributes));
    await service.rest();
    await until('the minute has come', async () => (await eventsOf(reference)).some((each) => each.timerFiredEventAttributes));
    const submission = { fact: { ...fact, on: start.indication.observedOn }, by: callerOf('police'), receivedAt: instantOf(nextMinute) };
    const told = handle.executeUpdate(recordFact, { args: [{ ...submission, knows: 1 }] });
    await service.work();
    await told;
    const { began, did } = await taskOfFact(reference);
    expect(began.some((each) => each.timerFiredEventAttributes)).toBe(true);
    expect(did.filter(isLocalWrite)).toEqual([]);
    await service.sent(reference);
    expect(await differencesOf(reference)).toEqual([]);
  });
});

type Call = 'read' | 'write';
type Event = temporal.api.history.v1.IHistoryEvent;

const fact = { type: 'interviewHeld' } as const;
/** The differences of a case of which the register lacks the last fact. */
const missing = ['factMissing', 'older'];
/** The activities that a worker runs at once, by default of the SDK. */
const lettersAtOnce = 100;

let database: TestDatabase;
let store: Store;
let service: Service;
let reads = 0;
/** What the register does not do now. */
const away = new Set<Call>();
const mailServer = aMailServer();

beforeAll(async () => {
  database = await openOnPglite();
  store = openStore(database.place);
  service = await startService({ registerTable: thatGoesAway(store.register), activities: mailServer.activities });
});
afterEach(() => {
  away.clear();
  mailServer.answers();
});
afterAll(async () => {
  await service.stop();
  await store.close();
  await database.close();
});

function thatGoesAway(table: RegisterTable): RegisterTable {
  const unlessAway = async <T>(call: Call, answer: () => Promise<T>): Promise<T> => {
    if (away.has(call)) throw new StoreAway(new Error('stopped by the test'));
    return answer();
  };
  return {
    ...table,
    write: (written) => unlessAway('write', () => table.write(written)),
    ofReference: (reference) => {
      reads += 1;
      return unlessAway('read', () => table.ofReference(reference));
    },
    isFilled: () => unlessAway('read', () => table.isFilled()),
  };
}

/** A mail server that answers no letter while it is silent, and every letter once it answers. */
function aMailServer() {
  let answer: () => void = () => undefined;
  let answered: Promise<void> = Promise.resolve();
  const waiting = new Set<string>();
  const activities: Activities = {
    ...everythingArrives,
    notify: {
      ...everythingArrives.notify,
      async sendDigests(order) {
        waiting.add(order.reference);
        await answered;
        waiting.delete(order.reference);
        return everythingArrives.notify.sendDigests(order);
      },
    },
  };
  return {
    activities,
    /** The cases with letters that wait for an answer. */
    waiting,
    isSilent: () => void (answered = new Promise((resolve) => (answer = resolve))),
    answers: () => answer(),
  };
}

/** The cases for a sender who always claims to know the file, also where the register was not read. */
function alwaysKnowing(cases: Cases): Cases {
  return {
    ...cases,
    tell: (reference, submission, exchange) =>
      cases.tell(reference, submission, (send) =>
        exchange(async (knows, language) => {
          const told = await send(knows ?? 1, language);
          // The edition comes only to a sender who knew nothing.
          if (knows !== null || !('file' in told)) return told;
          return { ...told, file: await cases.file(reference, submission.by) };
        }),
      ),
  };
}

/** The cases, with a note of what each sender said that they know. */
function listening(cases: Cases, said: (number | null)[]): Cases {
  return {
    ...cases,
    tell: (reference, submission, exchange) =>
      cases.tell(reference, submission, (send) =>
        exchange((knows, language) => {
          said.push(knows);
          return send(knows, language);
        }),
      ),
  };
}

async function unanswered(): Promise<never> {
  throw new Refused('no-answer');
}

/** The cases on an engine that goes away for good once a case has answered that it took a fact. */
function untilFirstAnswer(cases: Cases): Cases {
  let isGone = false;
  return {
    ...cases,
    askToRegister: unanswered,
    tell: (reference, submission, exchange) =>
      cases.tell(reference, submission, (send) =>
        exchange(async (knows, language) => {
          if (isGone) return unanswered();
          isGone = true;
          return send(knows, language);
        }),
      ),
  };
}

/** A case that waits for its next day, in the register as it is. */
async function known(): Promise<string> {
  const reference = await service.open();
  await service.sent(reference);
  await service.settled(reference);
  await trusted();
  return reference;
}

/** Each process asks a register that was away again only after a while. */
async function trusted(api: Pick<Service, 'as'> = service): Promise<void> {
  const reference = await service.open();
  await until('the register is read again', async () => {
    const before = reads;
    await api.as('police-1').get(`/v1/pathways/${reference}`);
    return reads > before;
  });
}

async function toldWhileAway(call: Call, api: Pick<Service, 'as'>): Promise<string> {
  const reference = await known();
  away.add(call);
  expect((await api.as('police-1').tell(reference, fact)).status).toBe(201);
  away.clear();
  return reference;
}

/** The differences of a case that does nothing more until its next moment. */
async function differencesOf(reference: string): Promise<readonly string[]> {
  await untilQuiet(service.signaller, reference);
  const found = await comparedWithCases({ store, seals: { ...service.seals, keys: service.keys }, address: service.env.address });
  return found.get(reference) ?? [];
}

async function inRegister(reference: string): Promise<readonly string[]> {
  return ((await service.written.read(reference))?.file.entries ?? []).map(({ type }) => type);
}

async function factsOf(reference: string): Promise<readonly string[]> {
  const { body } = await service.as('police-1').get(`/v1/pathways/${reference}/facts`);
  return (body.items as { type: string }[]).map(({ type }) => type);
}

function caseOf(reference: string) {
  return service.signaller.workflow.getHandle(workflowIdOf(reference));
}

async function runOf(reference: string): Promise<string> {
  return (await caseOf(reference).describe()).runId;
}

async function eventsOf(reference: string): Promise<readonly Event[]> {
  return (await caseOf(reference).fetchHistory()).events ?? [];
}

async function backAtWork(): Promise<void> {
  await service.rest();
  await service.work();
}

/** What the task that recorded the first fact began with, and what it did. */
async function taskOfFact(reference: string): Promise<{ readonly began: readonly Event[]; readonly did: readonly Event[] }> {
  const events = await eventsOf(reference);
  const recorded = events.findIndex((each) => each.workflowExecutionUpdateAcceptedEventAttributes);
  const ends = events.flatMap((each, place) => (each.workflowTaskCompletedEventAttributes ? [place] : []));
  const end = ends.filter((place) => place < recorded).at(-1) ?? 0;
  const before = ends.filter((place) => place < end).at(-1) ?? 0;
  const next = events.findIndex((each, place) => place > end && each.workflowTaskScheduledEventAttributes);
  return { began: events.slice(before + 1, end), did: events.slice(end + 1, next === -1 ? undefined : next) };
}

/** The write that runs within a task. */
function isLocalWrite({ markerRecordedEventAttributes }: Event): boolean {
  return markerRecordedEventAttributes?.markerName === 'core_local_activity';
}

function isOrderedWrite({ activityTaskScheduledEventAttributes }: Event): boolean {
  return activityTaskScheduledEventAttributes?.activityType?.name === 'writeRegister';
}
