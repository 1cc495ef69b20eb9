import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import { bundleOfSources } from '../../src/releases/workflowBundle';
import { dataConverterFor } from '../../src/privacy/dataConverter';
import { derivedKeys } from '../../src/privacy/derivedKeys';
import { caseNames } from '../../src/workflows/messages';
import type { Arena } from '../arena';
import type { BareBundle } from '../bare/bundle';
import { median } from '../measuring';
import type { History, Played } from '../played';
import type { Row } from '../row';
import { acted, asleep, minuteAfter, type Side } from '../sides/side';

/** A case whose runs are replayed, one after the other. */
interface Subject {
  readonly name: string;
  readonly events: number;
  readonly options: ReplayWorkerOptions;
  readonly runs: readonly { readonly workflowId: string; readonly history: History }[];
}

/** The number of rounds. Each round uses a new worker, which compiles its code in its first passes through a case. */
const rounds = 2;
const warming = 6;
const passes = 12;

/** Measures the cost of a case that is not in the worker's memory: its whole history is run again. */
export async function replay({ bare: bareSide, bareBundle, played }: Arena): Promise<Row[]> {
  const ours = await Promise.all((await played()).map(ofOurs));
  const bare = await bareSubject(bareSide, bareBundle);
  const taken = new Map<Subject, number[]>([...ours, bare].map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round += 1) for (const [subject, times] of taken) times.push(...(await replayed(subject)));
  const msOf = (subject: Subject) => median(taken.get(subject) ?? []);
  const bareMsAnEvent = msOf(bare) / bare.events;
  return ours.flatMap((subject) => [
    { figure: `replay of ${subject.name}`, unit: 'ms', values: { ours: msOf(subject) } },
    {
      figure: `replay of ${subject.name}, an event`,
      unit: 'ms',
      values: { ours: msOf(subject) / subject.events, bare: bareMsAnEvent },
    },
  ]);
}

/** The milliseconds of each pass through all runs of a case, after warming up. */
async function replayed({ options, runs }: Subject): Promise<number[]> {
  const all = Array.from({ length: passes }, () => runs).flat();
  const ends: number[] = [];
  for await (const { error } of Worker.runReplayHistories(options, all)) {
    if (error !== undefined) throw error;
    ends.push(performance.now());
  }
  const passEnds = ends.filter((_, run) => (run + 1) % runs.length === 0);
  return passEnds.slice(warming).map((end, pass) => end - (passEnds[warming + pass - 1] ?? end));
}

async function ofOurs({ name, workflowId, key, histories, events }: Played): Promise<Subject> {
  const seals = { systemKey: key, keys: derivedKeys(key), namespace: 'default', cases: caseNames };
  const options = { workflowBundle: await bundleOfSources(), dataConverter: dataConverterFor(seals, 'thinking') };
  return { name, events, options, runs: histories.map((history) => ({ workflowId, history })) };
}

/** About as many events as one of our runs has. So the fixed cost of a replay is shared by the same number. */
const updates = 8;

async function bareSubject(side: Side, workflowBundle: BareBundle): Promise<Subject> {
  const before = await side.acts();
  const [workflowId = ''] = await asleep(side, 1, minuteAfter(1_000));
  for (let update = 0; update < updates; update += 1) await side.command(workflowId);
  await acted(side, before, 1);
  const history = await side.workflow(workflowId).fetchHistory();
  return { name: 'bare', events: history.events?.length ?? 0, options: { workflowBundle }, runs: [{ workflowId, history }] };
}
