/* The open cases that a release still has to let go over. */

import type { Client } from '@temporalio/client';
import type { Stage } from '../domain/state/situation';
import { countOf, openCasesNotOn, strandedAmong, type KnownBuilds } from './deployment';
import { openRunsOf, type OpenRun } from './openRuns';

interface Towards {
  readonly client: Client;
  readonly target: string;
  /** The builds that are kept. A case on another one cannot go over, and no release waits for it. */
  readonly kept?: readonly string[];
}

/** The newest runs among them are enough to see how a release goes on: those of cases that have just gone over come first. */
const sample = 100;
const closed: Stage = 'closed';

/** All of them: by their next date, and those of which the pathway is closed at the end. */
export async function casesElsewhere({ client, target, kept }: Towards): Promise<OpenRun[]> {
  const runs: OpenRun[] = [];
  for await (const run of openRunsOf(client, openCasesNotOn(target))) if (canGoOver(run, kept)) runs.push(run);
  return runs.sort((one, other) => urgencyOf(one) - urgencyOf(other));
}

/** Some of them, the newest runs first. */
export async function someElsewhere({ client, target, kept }: Towards): Promise<readonly OpenRun[]> {
  const runs: OpenRun[] = [];
  for await (const run of openRunsOf(client, openCasesNotOn(target))) {
    if (canGoOver(run, kept)) runs.push(run);
    if (runs.length === sample) break;
  }
  return runs;
}

/** `known`: the builds that the engine knows, which a release has just asked for. */
export async function countElsewhere({ client, target, kept }: Towards, known: KnownBuilds): Promise<number> {
  const [all, stranded] = await Promise.all([countOf(client, openCasesNotOn(target)), strandedAmong(client, known, kept)]);
  return Math.max(0, all - stranded.reduce((sum, { cases }) => sum + cases, 0));
}

function canGoOver({ build, isUnversioned }: OpenRun, kept: readonly string[] | undefined): boolean {
  return build === null ? !isUnversioned : kept?.includes(build) !== false;
}

function urgencyOf({ stage, nextDate }: OpenRun): number {
  if (stage === closed) return Number.MAX_VALUE;
  return nextDate?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
