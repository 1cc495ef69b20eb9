/* A release over running cases: one build becomes current, and every open case goes over to it. */

import { setTimeout as pause } from 'node:timers/promises';
import { WorkflowNotFoundError, type Client, type WorkflowExecutionInfo } from '@temporalio/client';
import type { Stage } from '../domain/state/situation';
import { UserFacingError } from '../errors/userFacingError';
import { rest, searchAttributes } from '../workflows/messages';
import { announce, countOf, forgetUnused, knownBuilds, openCasesNotOn, setCurrent } from './deployment';
import { standingOf, type CaseStanding } from './standing';

/** The release was taken back, or is not finished. The message says why, for whoever ran it. */
export class ReleaseFailed extends UserFacingError {
  override readonly name = 'ReleaseFailed';
}

export interface Move {
  readonly client: Client;
  /** The build that the cases are to run on. */
  readonly target: string;
  /** The number of cases that are asked to rest in a second. */
  readonly perSecond: number;
  /** Gets a line about every second. */
  readonly tell: (line: string) => void;
  /** Breaks the release off, which may be begun again. */
  readonly stopping: AbortSignal;
}

/** These cases go first: they show whether the target can read what a case carries. */
const firstCases = 10;
/** A worker asks once a minute which builds it is to run (commands/pathwayWorkers.ts). */
const polledWithinMs = 150_000;
/** If no case goes over for so long, although some have nothing under way, something is wrong. */
const stuckAfterMs = 60_000;
/** A case that is not over so long after it was asked is looked at. */
const lookedAtAfterMs = 3_000;
/** A case that is still elsewhere so long after it was asked is asked again: it may have begun anew meanwhile. */
const askedAgainAfterMs = 10_000;
/** The number of cases that are looked at in a second. */
const lookedAtOnce = 5;
const eachMs = 1_000;
const closed: Stage = 'closed';

/**
 * Makes a build current and asks every open case to rest, until none is elsewhere. May be repeated, and goes on where it was stopped.
 * Returns the number of cases that went over. Where the target fails, or no case goes over, the former build is made current again.
 * Throws `ReleaseFailed`.
 */
export async function moveCases(move: Move): Promise<number> {
  return letGoOver(move, await makeCurrent(move));
}

/** The target cannot go on with cases. */
class TargetFails extends ReleaseFailed {}

/** Makes the target current, as soon as a worker runs it. Returns the build that was current; null before the first release. */
export async function makeCurrent({ client, target, tell, stopping }: Move): Promise<string | null> {
  const deadline = Date.now() + polledWithinMs;
  const { current } = await knownBuilds(client);
  if (current === target) return current;
  while (!(await setCurrent(client, target))) {
    await askForWorker(client, target);
    if (Date.now() > deadline) throw new ReleaseFailed(`no worker runs the build ${target}`);
    tell(`waits for a worker of the build ${target}`);
    await pause(eachMs, undefined, { signal: stopping });
  }
  return current;
}

/** In a new installation the engine knows no build until the first worker asks for work, so this is done again. */
async function askForWorker(client: Client, target: string): Promise<void> {
  const { all, coming } = await knownBuilds(client);
  if (all.length > 0 && coming !== target) await announce(client, target);
}

/** Lets the cases go over to the target, which is current. `former` was current before: it is again if the target fails. */
export async function letGoOver(move: Move, former: string | null): Promise<number> {
  try {
    return await goOver(move);
  } catch (error) {
    if (!(error instanceof TargetFails) || former === null || former === move.target) throw error;
    await takeBack({ ...move, target: former });
    throw new ReleaseFailed(`${error.message}; the build ${former} is current again`);
  }
}

/** Asks whatever had gone over to come back to the build that is current again. */
async function takeBack(move: Move): Promise<void> {
  await makeCurrent(move);
  const asked = new Asked(move);
  for (const id of await casesElsewhere(move)) await asked.toRest(id);
}

async function goOver(move: Move): Promise<number> {
  const all = await casesElsewhere(move);
  const asked = new Asked(move);
  await tryFirst(move, asked, all);
  let left = all.length;
  let lessSince = Date.now();
  while (left > 0) {
    const begun = Date.now();
    const cases = await casesElsewhere(move);
    for (const id of cases.filter((each) => asked.mayBeAsked(each)).slice(0, move.perSecond)) await asked.toRest(id);
    refuseFailing(move, await standingsOf(move, cases.filter((each) => asked.isLate(each)).slice(0, lookedAtOnce)));
    const now = await countOf(move.client, openCasesNotOn(move.target));
    if (now < left) lessSince = Date.now();
    left = now;
    if (left > 0) move.tell(`${left} of ${Math.max(left, all.length)} cases are not yet on the build ${move.target}`);
    if (Date.now() - lessSince > stuckAfterMs) refuseStuck(move, await standingsOf(move, cases));
    await pause(Math.max(0, begun + eachMs - Date.now()), undefined, { signal: move.stopping });
  }
  await forgetUnused(move.client);
  return all.length;
}

/** The first cases go alone, and the others wait until each of them has done a task on the target. */
async function tryFirst(move: Move, asked: Asked, all: readonly string[]): Promise<void> {
  const first: string[] = [];
  for (const id of all) {
    if (first.length === firstCases) break;
    if ((await standingOf(move.client, id, move.target)) === 'free') first.push(id);
  }
  for (const id of first) await asked.toRest(id);
  const begun = Date.now();
  for (;;) {
    const standings = await standingsOf(move, first);
    refuseFailing(move, standings);
    const waiting = standings.filter((standing) => standing === 'free').length;
    if (waiting === 0) return;
    move.tell(`${waiting} of the first ${first.length} cases are not yet on the build ${move.target}`);
    if (Date.now() - begun > stuckAfterMs) refuseStuck(move, standings);
    await pause(eachMs, undefined, { signal: move.stopping });
  }
}

function refuseFailing({ target }: Pick<Move, 'target'>, standings: readonly CaseStanding[]): void {
  if (standings.includes('failing')) throw new TargetFails(`cases fail on the build ${target}`);
}

function refuseStuck({ target }: Pick<Move, 'target'>, standings: readonly CaseStanding[]): void {
  refuseFailing({ target }, standings);
  if (standings.includes('free')) throw new TargetFails(`no case went over to the build ${target} in a minute`);
  const blocked = standings.filter((standing) => standing === 'blocked').length;
  if (blocked > 0 && !standings.includes('busy'))
    throw new ReleaseFailed(`${blocked} cases are blocked where they are (docs/operations.md, "A blocked case")`);
}

/** The cases that were asked to rest, and when. */
class Asked {
  private readonly at = new Map<string, number>();

  constructor(private readonly move: Pick<Move, 'client'>) {}

  /** Asks a case; one that has ended meanwhile needs no release. */
  async toRest(workflowId: string): Promise<void> {
    this.at.set(workflowId, Date.now());
    await this.move.client.workflow
      .getHandle(workflowId)
      .signal(rest)
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
  }

  mayBeAsked(workflowId: string): boolean {
    return Date.now() - (this.at.get(workflowId) ?? 0) > askedAgainAfterMs;
  }

  isLate(workflowId: string): boolean {
    const at = this.at.get(workflowId);
    return at !== undefined && Date.now() - at > lookedAtAfterMs;
  }
}

function standingsOf({ client, target }: Move, workflowIds: readonly string[]): Promise<CaseStanding[]> {
  return Promise.all(workflowIds.map((id) => standingOf(client, id, target)));
}

/** The open cases that are not on the target: by their next date, and those of which the pathway is closed at the end. */
async function casesElsewhere({ client, target }: Move): Promise<string[]> {
  const cases: WorkflowExecutionInfo[] = [];
  for await (const each of client.workflow.list({ query: openCasesNotOn(target) })) cases.push(each);
  return cases.sort((one, other) => urgencyOf(one) - urgencyOf(other)).map(({ workflowId }) => workflowId);
}

function urgencyOf({ typedSearchAttributes }: WorkflowExecutionInfo): number {
  if (typedSearchAttributes.get(searchAttributes.stage) === closed) return Number.MAX_VALUE;
  return typedSearchAttributes.get(searchAttributes.nextDate)?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
