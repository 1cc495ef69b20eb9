/* Cases on their way to the build that is current: they are asked to rest until none is elsewhere. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { UserFacingError } from '../errors/userFacingError';
import { Asked } from './asked';
import { knownBuilds, type KnownBuilds } from './deployment';
import { casesElsewhere, countElsewhere, someElsewhere } from './elsewhere';
import type { OpenRun } from './openRuns';
import { ProgressOfCases, type CaseProgress } from './progress';

/** The release was taken back, or is not finished. The message says why, for whoever ran it. */
export class ReleaseFailed extends UserFacingError {
  override readonly name: string = 'ReleaseFailed';
}

/** The target cannot go on with cases. */
export class TargetFails extends ReleaseFailed {
  override readonly name = 'TargetFails';
}

export interface Move {
  readonly client: Client;
  /** The build that the cases are to run on. */
  readonly target: string;
  /** The builds that are kept: a case on another one stays where it is. Left out, every build is. */
  readonly kept?: readonly string[];
  /** The number of cases that are asked to rest in a second. */
  readonly perSecond: number;
  /** Gets a line about every second. */
  readonly tell: (line: string) => void;
  /** Breaks the release off, which may be begun again. */
  readonly stopping: AbortSignal;
}

/** These cases go first: they show whether the target can read what a case carries. */
const firstCases = 10;
/** If no case goes over for so long, although some have nothing under way, something is wrong. */
const stuckAfterMs = 60_000;
/** Lists lag behind by a second or two, so nobody is elsewhere once they have said so for this long; ours. */
const saidForMs = 3_000;
/** The number of cases that are looked at in a second; ours. */
const lookedAtOnce = 5;
/** The number of cases that are looked at for one that can go first, in a second; ours. */
const soughtAtOnce = 50;
const eachMs = 1_000;

/** Asks every open case to rest, until none is elsewhere. Returns the number of cases that went over. Throws `ReleaseFailed`. */
export async function goOver(move: Move): Promise<number> {
  const [asked, progress] = [new Asked(move.client, move.stopping), new ProgressOfCases(move.client, move.target)];
  const all = await casesElsewhere(move);
  await tryFirst(move, { asked, progress, all });
  // Lists lag behind: a case that began just before may be in a later one only.
  const seen = new Set(all.map(({ workflowId }) => workflowId));
  let waiting = all.filter((run) => asked.mayBeAsked(run));
  let left = Infinity;
  let [lessSince, noneSince] = [Date.now(), Infinity];
  for (;;) {
    const begun = Date.now();
    const known = await refuseOther(move);
    if (waiting.length === 0 && left > 0) {
      const elsewhere = await casesElsewhere(move);
      for (const { workflowId } of elsewhere) seen.add(workflowId);
      waiting = elsewhere.filter((run) => asked.mayBeAsked(run));
    }
    await asked.toRest(waiting.splice(0, move.perSecond));
    const late = asked.lateAmong(await someElsewhere(move));
    refuseFailing(move, await progress.ofAll(late.slice(0, lookedAtOnce)));
    const now = await countElsewhere(move, known);
    if (now < left) lessSince = Date.now();
    left = now;
    noneSince = left > 0 ? Infinity : Math.min(noneSince, begun);
    if (Date.now() - noneSince >= saidForMs) return seen.size;
    if (left > 0) move.tell(`${left} of ${Math.max(left, seen.size)} cases are not yet on the build ${move.target}`);
    if (Date.now() - lessSince > stuckAfterMs && waiting.length === 0) refuseStuck(move, await progress.ofAll(late));
    await pause(Math.max(0, begun + eachMs - Date.now()), undefined, { signal: move.stopping });
  }
}

interface Beginning {
  readonly asked: Asked;
  readonly progress: ProgressOfCases;
  readonly all: readonly OpenRun[];
}

/**
 * The first cases go alone, and the others wait until so many have done a task on the target. Another case takes the place of one that
 * cannot go now. Where too few can go in a minute, there is no flood to fear.
 */
async function tryFirst(move: Move, { asked, progress, all }: Beginning): Promise<void> {
  const first: OpenRun[] = [];
  let others = all;
  const begun = Date.now();
  for (;;) {
    await refuseOther(move);
    const now = await progress.ofAll(first);
    refuseFailing(move, now);
    const [over, waiting] = [now.filter((each) => each === 'over').length, now.filter(isFree).length];
    const found = await freeAmong(others, { progress, wanted: firstCases - over - waiting });
    await asked.toRest(found.free);
    first.push(...found.free);
    others = found.others;
    const isLate = Date.now() - begun > stuckAfterMs;
    const left = waiting + found.free.length;
    if (left === 0 && (over >= firstCases || others.length === 0 || isLate)) return;
    if (isLate) refuseStuck(move, now);
    move.tell(`${over} of the first ${Math.min(firstCases, all.length)} cases are on the build ${move.target}`);
    await pause(eachMs, undefined, { signal: move.stopping });
  }
}

/** The first cases that can go, and those to look at later: the ones that could not go are the last of them. */
async function freeAmong(
  cases: readonly OpenRun[],
  { progress, wanted }: { readonly progress: ProgressOfCases; readonly wanted: number },
): Promise<{ readonly free: readonly OpenRun[]; readonly others: readonly OpenRun[] }> {
  const [free, busy]: [OpenRun[], OpenRun[]] = [[], []];
  let looked = 0;
  for (const run of cases) {
    if (free.length >= wanted || looked === soughtAtOnce) break;
    looked += 1;
    const itsProgress = await progress.of(run);
    if (isFree(itsProgress)) free.push(run);
    if (itsProgress === 'busy') busy.push(run);
  }
  return { free, others: [...cases.slice(looked), ...busy] };
}

/** The last release wins: one that goes on would take the current build away from it. Returns the builds that the engine knows. */
export async function refuseOther({ client, target }: Pick<Move, 'client' | 'target'>): Promise<KnownBuilds> {
  const known = await knownBuilds(client);
  if (known.current !== target) throw new ReleaseFailed(`another release made the build ${known.current} current`);
  return known;
}

function isFree(progress: CaseProgress): boolean {
  return progress === 'free' || progress === 'stuck';
}

function refuseFailing({ target }: Move, progress: readonly CaseProgress[]): void {
  if (progress.includes('failing')) throw new TargetFails(`cases fail on the build ${target}`);
}

function refuseStuck(move: Move, progress: readonly CaseProgress[]): void {
  refuseFailing(move, progress);
  if (progress.includes('stuck')) throw new TargetFails(`no case went over to the build ${move.target} in a minute`);
  const blocked = progress.filter((each) => each === 'blocked').length;
  if (blocked > 0 && !progress.includes('busy') && !progress.includes('free'))
    throw new ReleaseFailed(`${blocked} cases are blocked where they are (docs/operations.md, "A case that is blocked")`);
}
