import { setTimeout as pause } from 'node:timers/promises';
import type { temporal } from '@temporalio/proto';
import { CaseCodec } from '../../src/privacy/codec';
import { recordFact, register, workflowIdOf } from '../../src/workflows/messages';
import { needsPostgres, postgresNotFound, postgresPrograms } from '../support/postgresPrograms';
import { untilQuiet } from '../support/untilQuiet';
import { loadOn, withinACommand, type Load } from './load';
import { openParts, partNames, type PartName, type Parts } from './parts';

/** The facts that are told. `FACTS=2000` is the number of the promise, for which the suite has no time. */
const facts = Number(process.env['FACTS'] ?? 440);
/** The suite shares its machine with other tests, so it allows more time than the service promises. */
const [answeredWithinMs, writtenWithinMs] = facts < 2_000 ? [30_000, 60_000] : [10_500, 15_000];

const singles = partNames.map((name) => [name]);
const pairs = partNames.flatMap((one, place) => partNames.slice(place + 1).map((other) => [one, other]));
/** What breaks down, one after another. A database that hangs is one more. */
const killed: readonly (readonly PartName[])[] = [...singles, ...pairs];
const hangsForMs = 20_000;
/** Of each breakdown. */
const share = { facts: Math.ceil(facts / (killed.length + 1)), cases: Math.max(3, Math.round(facts / (killed.length + 1) / 20)) };

const programs = postgresPrograms();
if (programs === undefined && process.env[needsPostgres]) throw new Error(postgresNotFound);

(programs === undefined ? describe.skip : describe)(
  'database, Temporal, worker and API, killed with -9 in turn and in pairs under load',
  () => {
    beforeAll(async () => {
      parts = await openParts(programs ?? '');
      load = loadOn(parts);
      await load.tells(0, share.cases);
      for (const names of killed)
        await breaksDown(
          () => killAll(names),
          () => startAll(names),
        );
      await breaksDown(parts.database.hangs, async () => {
        await pause(hangsForMs);
        await parts.database.goesOn();
      });
    }, 1_800_000);
    afterAll(() => parts.stop());

    it('answer each request with 201, ask its sender to come back, or break its connection', () => {
      const statuses = new Set(load.sent.map(({ status }) => status));
      expect([...statuses].filter((status) => ![201, 503, undefined].includes(status))).toEqual([]);
      expect(statuses.has(201)).toBe(true);
    });

    it('have every fact that was answered in another API at once, or within 15 s where its case took it over', async () => {
      const takenOver = await countedByCase(load.references, takenOverBy);
      const late = await countedByCase(
        load.references,
        async (reference) => load.late.filter((each) => each.reference === reference).length,
      );
      expect(sumOf(takenOver)).toBeGreaterThan(0);
      expect([...late].filter(([reference, number]) => number > (takenOver.get(reference) ?? 0))).toEqual([]);
      expect(load.late.filter(({ ms }) => ms > writtenWithinMs)).toEqual([]);
    });

    it('let no command wait longer than ten seconds', () => {
      expect(load.sent.filter(({ ms = 0 }) => ms > answeredWithinMs)).toEqual([]);
    });

    it('had moments of the clock meanwhile, with mail', async () => {
      const wakes = await countedByCase(load.references, async (reference) => (await eventsOf(reference)).filter(isMoment).length);
      expect(sumOf(wakes)).toBeGreaterThan(load.references.length / 2);
      expect(parts.post.mails.length).toBeGreaterThan(0);
    });

    it('have all of it once what was not answered is sent once more, and each fact once; nothing differs, and nothing was mended', async () => {
      for (const reference of load.references) await untilQuiet(await engine(), reference);
      expect(await load.repeats()).toBeGreaterThan(0);
      expect(await parts.compares()).toMatchObject({ code: 0, stdout: `${load.references.length} cases, 0 differ\n` });
      for (const reference of load.references) expect(await titlesIn(reference)).toEqual(titlesTold(reference));
      expect(parts.endedByThemselves()).toEqual([]);
    });
  },
);

type Event = temporal.api.history.v1.IHistoryEvent;

let parts: Parts;
let load: Load;

/** Load before, while and after something breaks down. It breaks down at some moment of a command. */
async function breaksDown(begins: () => Promise<void>, ends: () => Promise<void>): Promise<void> {
  const third = Math.ceil(share.facts / 3);
  const before = load.tells(third, share.cases);
  await withinACommand();
  await begins();
  const meanwhile = load.tells(third, 0);
  await ends();
  load.allIsBack();
  await Promise.all([before, meanwhile, load.tells(third, 0)]);
}

async function killAll(names: readonly PartName[]): Promise<void> {
  await Promise.all(names.map((name) => parts.parts[name].killed()));
}

async function startAll(names: readonly PartName[]): Promise<void> {
  const start = (among: readonly PartName[]) =>
    Promise.all(names.filter((name) => among.includes(name)).map((name) => parts.parts[name].startedAgain()));
  await start(['database', 'temporal']);
  await start(['worker', 'api']);
}

/** The changes that a case was to write itself: it had the signal, or a sender who knew nothing. */
async function takenOverBy(reference: string): Promise<number> {
  const events = await eventsOf(reference);
  const signals = events.filter((each) => each.workflowExecutionSignaledEventAttributes?.signalName === register.name);
  const codec = new CaseCodec(parts.seals, 'asking');
  const senders = events.flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => {
    const { name, args } = accepted?.acceptedRequest?.input ?? {};
    return name === recordFact.name ? [args?.payloads ?? []] : [];
  });
  const context = { type: 'workflow', namespace: 'default', workflowId: workflowIdOf(reference) } as const;
  const opened = await Promise.all(senders.map((payloads) => codec.decode(payloads, context)));
  const unknowing = opened.filter(
    ([payload]) => (JSON.parse(Buffer.from(payload?.data ?? []).toString()) as { knows: unknown }).knows === null,
  );
  return signals.length + unknowing.length;
}

/** All events of a case, over all its runs. */
async function eventsOf(reference: string): Promise<readonly Event[]> {
  const client = await engine();
  const events: Event[] = [];
  const runs = client.workflow.list({ query: `WorkflowId = '${workflowIdOf(reference)}'` });
  for await (const { workflowId, runId } of runs)
    events.push(...((await client.workflow.getHandle(workflowId, runId).fetchHistory()).events ?? []));
  return events;
}

let opening: ReturnType<Parts['client']> | undefined;
async function engine() {
  opening ??= parts.client();
  return opening;
}

function isMoment({ activityTaskScheduledEventAttributes, timerFiredEventAttributes }: Event): boolean {
  return Boolean(timerFiredEventAttributes) || activityTaskScheduledEventAttributes?.activityType?.name === 'sendDigests';
}

async function titlesIn(reference: string): Promise<readonly unknown[]> {
  const { body } = await parts.ask({ to: 'otherApi', by: 'caseworker-1', path: `/${reference}/facts` });
  return (body.items ?? []).flatMap(({ title }) => title ?? []).toSorted();
}

function titlesTold(reference: string): readonly unknown[] {
  return load.sent.flatMap(({ path, body }) => (path === `/${reference}/facts` ? (body['title'] ?? []) : [])).toSorted();
}

async function countedByCase(
  references: readonly string[],
  count: (reference: string) => Promise<number>,
): Promise<ReadonlyMap<string, number>> {
  const counted = new Map<string, number>();
  for (const reference of references) counted.set(reference, await count(reference));
  return counted;
}

function sumOf(counted: ReadonlyMap<string, number>): number {
  return [...counted.values()].reduce((sum, each) => sum + each, 0);
}
