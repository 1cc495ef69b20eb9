/* A rehearsal: every open case is replayed by the build that it is on, and folded by the build that it is to go over to. It changes nothing. */

import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { engineCalls, type CallEngine } from '../casework/temporal/call';
import { decryptedPayloads } from '../casework/temporal/payloads';
import { Refused } from '../casework/refused';
import { instantOf, type Instant } from '../domain/basics/calendar';
import type { CaseKeys } from '../privacy/caseKeys';
import type { Seals } from '../privacy/codec';
import { dataConverterFor } from '../privacy/dataConverter';
import { caseFile } from '../workflows/messages';
import { begun, compared, type Finding, type Ruling } from './comparison';
import { eachSecond } from './eachSecond';
import type { KeptBuild } from './keptBuilds';
import { openRuns, type OpenRun } from './openRuns';
import { rulesOf } from './rules';
import { Tally, type CountOfCases } from './tally';

export interface Rehearsal {
  readonly client: Client;
  readonly seals: Seals & { readonly keys: CaseKeys };
  readonly kept: readonly KeptBuild[];
  readonly target: KeptBuild;
  /** Leaves the line of each case that is about to be read. Without the lines no case is read. */
  readonly announce: (references: readonly string[]) => Promise<void>;
  /** Gets a line about every second. */
  readonly tell: (line: string) => void;
  readonly stopping: AbortSignal;
}

export interface Rehearsed {
  readonly openCases: number;
  readonly counts: readonly CountOfCases[];
  /** The release would break a case, or nobody can say that it would not. */
  readonly isRed: boolean;
}

/** The cases that are asked for their files at the same time; ours. */
const askedAtOnce = 8;
/** A case on a busy worker may take so long to answer; ours. */
const patienceMs = 20_000;
/** The keys that are fetched in one question; ours. */
const keysAtOnce = 500;

export async function rehearse(rehearsal: Rehearsal): Promise<Rehearsed> {
  const { client, seals, kept, announce } = rehearsal;
  const tally = new Tally();
  const runs = await openRuns(client);
  await announce(runs.map(({ reference }) => reference));
  for (let from = 0; from < runs.length; from += keysAtOnce)
    await seals.keys.prefetch(runs.slice(from, from + keysAtOnce).map(({ reference }) => reference));
  const isKept = new Set(kept.map(({ build }) => build));
  const stranded = runs.filter(({ build, isUnversioned }) => (build === null ? isUnversioned : !isKept.has(build)));
  for (const { build, reference } of stranded) tally.note(reference, { words: `on ${inWords(build)}`, isRed: true });
  const others = runs.filter((run) => !stranded.includes(run));
  for (const build of kept)
    await replay(
      rehearsal,
      build,
      others.filter((run) => run.build === build.build),
      tally,
    );
  await compareAll(rehearsal, others, tally);
  const counts = tally.counts();
  return { openCases: runs.length, counts, isRed: counts.some(({ isRed, number }) => isRed && number > 0) };
}

function inWords(build: string | null): string {
  return build === null ? 'a version before 0.3.0' : `the build ${build}, which is not kept`;
}

/** The code, the Node and the time zones of this image have to do what was done when the case ran. */
async function replay(
  { client, seals, tell, stopping }: Rehearsal,
  build: KeptBuild,
  runs: readonly OpenRun[],
  tally: Tally,
): Promise<void> {
  if (runs.length === 0) return;
  const nameOf = new Map(runs.map(({ workflowId, reference }) => [workflowId, reference]));
  const options = { workflowBundle: { code: await build.code() }, dataConverter: dataConverterFor(seals, 'thinking') };
  const counted = eachSecond(tell, (done) => `replayed ${done} of ${runs.length} cases on the build ${build.build}`);
  for await (const { workflowId, error } of Worker.runReplayHistories(options, historiesOf(client, runs, stopping))) {
    const words = error === undefined ? 'replayed by the build that they are on: green' : `replayed: red (${error.name})`;
    tally.note(nameOf.get(workflowId) ?? workflowId, { words, isRed: error !== undefined });
    counted();
  }
  stopping.throwIfAborted();
}

async function* historiesOf(client: Client, runs: readonly OpenRun[], stopping: AbortSignal) {
  for (const { workflowId, runId } of runs) {
    if (stopping.aborted) return;
    const history = await unlessGone(client.workflow.getHandle(workflowId, runId).fetchHistory());
    if (history !== undefined) yield { workflowId, history };
  }
}

async function compareAll(rehearsal: Rehearsal, runs: readonly OpenRun[], tally: Tally): Promise<void> {
  const { client, kept, target, tell, stopping } = rehearsal;
  const rulings = new Map<string, Ruling>();
  for (const each of kept)
    if (each === target || runs.some(({ build }) => build === each.build))
      rulings.set(each.build, { build: each.build, rules: rulesOf(await each.code()) });
  const to = rulings.get(target.build);
  if (to === undefined) throw new Error('the target is not among the kept builds');
  const ask = engineCalls(client, { patienceMs, stopping });
  const counted = eachSecond(tell, (done) => `compared ${done} of ${runs.length} cases`);
  const waiting = [...runs];
  const next = async (): Promise<void> => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      stopping.throwIfAborted();
      const from = run.build === null ? undefined : rulings.get(run.build);
      tally.add(run.reference, await findingsOf({ client, ask, run, from, to }));
      counted();
    }
  };
  await Promise.all(Array.from({ length: askedAtOnce }, next));
  stopping.throwIfAborted();
}

interface Question {
  readonly client: Client;
  readonly ask: CallEngine;
  readonly run: OpenRun;
  readonly from: Ruling | undefined;
  readonly to: Ruling;
}

async function findingsOf({ client, ask, run, from, to }: Question): Promise<readonly Finding[]> {
  const now: Instant = instantOf(Date.now());
  const { workflowId } = run;
  try {
    if (from === undefined) return begun(await inputOf(client, run), to, now);
    return compared(await ask(() => client.workflow.getHandle(workflowId).query(caseFile)), from, to, now);
  } catch (failure) {
    if (failure instanceof WorkflowNotFoundError || (failure instanceof Refused && failure.code === 'not-found')) return [];
    return [{ kind: 'silent' }];
  }
}

/** The input of a run that has not begun: nobody can be asked for its file. */
async function inputOf(client: Client, { workflowId, runId }: OpenRun): Promise<unknown> {
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const payloads = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const [input] = await decryptedPayloads(client, workflowId, payloads);
  return input;
}

async function unlessGone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
