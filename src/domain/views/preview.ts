/* The dated plan of a case under assumptions. */

import { advance, allDelivered } from '../notifications/advance';
import { roomsIn } from '../case/bounds';
import { minuteBefore, type Instant } from '../basics/calendar';
import { openCase, record, situationAt, type CaseFile, type CaseStart, type FactSubmission } from '../case/caseFile';
import type { Fact } from '../facts/catalogue';
import { upcomingAt } from './upcoming';
import type { UpcomingAction } from '../state/upcoming';
import type { Caller } from '../basics/roles';
import { Refusal } from '../basics/refusal';
import { mayRecord, refusalDetails, someoneWhoMayRecord, type RefusalDetails } from '../case/decide';
import { whereIs } from '../rights/told';
import type { Situation } from '../state/situation';

/** A fact that is assumed to be recorded at an instant; by any caller who may record it, unless one is named. */
export interface Assumption {
  readonly fact: Fact;
  readonly at: Instant;
  readonly by?: Caller | undefined;
  /** As it is told with a fact. */
  readonly officeTeam?: FactSubmission['officeTeam'];
}

/** The first assumed fact that is refused, by its number from 0, and why. */
export interface AssumptionRefused {
  readonly refused: RefusalDetails;
  readonly number: number;
}

/**
 * The dated plan of a case up to an instant, step by step, if the assumed facts and nothing else are recorded. Assumptions after that
 * instant are ignored. It returns the situation at the end, or the refused assumption. Each step is a small piece of work, so that the
 * caller can do something else in between. Many steps bring no action.
 * The functions and the order are those of the real run: within a minute the clock first, then facts, then mail.
 */
export function* preview(
  start: CaseStart,
  assumed: readonly Assumption[],
  until: Instant,
): Generator<readonly UpcomingAction[], Situation | AssumptionRefused> {
  let file = openCase(start);
  for (const [number, { fact, at, by, officeTeam }] of assumed.entries()) {
    if (at > until) break;
    const waited = yield* waiting(file, minuteBefore(at));
    const now = situationAt(waited, at);
    const recorder = by === undefined ? someoneWhoMayRecord(now, fact, start.edition) : named(by, fact, now, start);
    const after = record(waited, { fact, by: recorder, receivedAt: at, officeTeam });
    if (after instanceof Refusal) return { refused: refusalDetails(after, now, recorder, start.edition, roomsIn(waited.entries)), number };
    file = after;
    yield [];
  }
  file = yield* waiting(file, until);
  return situationAt(file, until);
}

/** A partner without a name is one that may know of the case; one that may record the fact, if there is any. */
function named(by: Caller, fact: Fact, now: Situation, { edition }: CaseStart): Caller {
  if (!by.roles.includes('partner') || by.partner !== undefined) return by;
  const { told = [] } = whereIs(now, edition);
  return { ...by, partner: told.find((partner) => mayRecord(now, fact, { ...by, partner })) ?? told[0] };
}

/** What happens by itself up to an instant; the file as it is then. */
function* waiting(from: CaseFile, until: Instant): Generator<readonly UpcomingAction[], CaseFile> {
  let file = from;
  for (const wake of advance(from, { from: from.situation.asOf, until }, allDelivered)) {
    ({ file } = wake);
    yield upcomingAt(wake.at, wake.dispatch, file, wake.expires);
  }
  return file;
}
