/* A release over running cases: one build becomes current, and every open case goes over to it. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { workersHeard } from '../casework/temporal/workersHeard';
import { announce, countOf, forgetUnused, knownBuilds, openCasesOn, setCurrent, strandedCases, strandedInWords } from './deployment';
import { goOver, refuseOther, ReleaseFailed, TargetFails, type Move } from './goingOver';

export { ReleaseFailed, type Move } from './goingOver';

/** A worker asks once a minute which builds it is to run (commands/pathwayWorkers.ts). */
const polledWithinMs = 150_000;
/** A worker asks for work at least once a minute: one that was not heard for longer has stopped. */
const heardWithinMs = 75_000;
const eachMs = 1_000;

/**
 * Makes a build current and asks every open case to rest, until none is elsewhere. May be repeated, and goes on where it was stopped.
 * Returns the number of cases that went over. Where the target fails, or no case goes over, the former build is made current again.
 * Throws `ReleaseFailed`.
 */
export async function moveCases(move: Move): Promise<number> {
  return letGoOver(move, await makeCurrent(move));
}

/**
 * Makes the target current, as soon as a worker runs it. Returns the build that was current before it, also where a stopped release is
 * repeated; null before the first release, and where nothing is left of the build before.
 */
export async function makeCurrent({
  client,
  target,
  kept,
  tell,
  stopping,
}: Pick<Move, 'client' | 'target' | 'kept' | 'tell' | 'stopping'>): Promise<string | null> {
  const deadline = Date.now() + polledWithinMs;
  const { current, before } = await knownBuilds(client);
  if (current === target) return formerOf({ client, target, before: before.filter((build) => kept?.includes(build) !== false) });
  await askForWorker(client, target);
  // The engine takes a build that it knows, also if its last worker stopped a while ago.
  while (!(await isRun(client, target)) || !(await setCurrent(client, target))) {
    if (Date.now() > deadline) {
      await announce(client, null);
      throw new ReleaseFailed(`no worker runs the build ${target}`);
    }
    tell(`waits for a worker of the build ${target}`);
    await pause(eachMs, undefined, { signal: stopping });
    await askForWorker(client, target);
  }
  return current;
}

interface Repeated {
  readonly client: Client;
  /** It is current already. */
  readonly target: string;
  /** The builds that were current once, the latest first. */
  readonly before: readonly string[];
}

/** A build that has been in use for weeks is not taken back: only while cases are open on the one before, or none has done a task on this one. */
async function formerOf({ client, target, before }: Repeated): Promise<string | null> {
  const former = before.find((build) => build !== target);
  if (former === undefined) return null;
  const [there, here] = await Promise.all([countOf(client, openCasesOn(former)), countOf(client, openCasesOn(target))]);
  return there > 0 || here === 0 ? former : null;
}

/** In a new installation the engine knows no build until the first worker asks for work, so this is done again. */
async function askForWorker(client: Client, target: string): Promise<void> {
  const { all, coming } = await knownBuilds(client);
  if (all.length > 0 && coming !== target) await announce(client, target);
}

async function isRun(client: Client, target: string): Promise<boolean> {
  const heard = await workersHeard(client, client.options.namespace, heardWithinMs);
  return heard.some(({ build }) => build === target);
}

/** Lets the cases go over to the target, which is current. `former` was current before: it is again if the target fails. */
export async function letGoOver(move: Move, former: string | null): Promise<number> {
  const over = await goOver(move).catch(async (error: unknown) => {
    if (!(error instanceof TargetFails) || former === null) throw error;
    await refuseOther(move);
    throw new ReleaseFailed(`${error.message}; ${await takeBack({ ...move, target: former })}`);
  });
  await forgetUnused(move.client);
  const stranded = await strandedCases(move.client, move.kept);
  if (stranded.length > 0)
    throw new ReleaseFailed(`not finished: ${strandedInWords(stranded)} cannot go over (docs/operations.md, "A release")`);
  return over;
}

/** Makes the former build current again, which alone brings back what fails in its first task, and asks the others to come back. */
async function takeBack(move: Move): Promise<string> {
  // A stop between the two would leave the cases where they fail.
  await makeCurrent({ ...move, stopping: new AbortController().signal });
  const isCurrent = `the build ${move.target} is current again`;
  try {
    await goOver(move);
    // Lists count a case that waits for its first task as one on the build of before: the engine tries it again within seconds.
    return `${isCurrent}, and every case goes on there`;
  } catch (error) {
    if (error instanceof ReleaseFailed) return `${isCurrent}, but ${error.message}`;
    throw error;
  }
}
