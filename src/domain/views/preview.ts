/* The dated plan of a case under assumptions. */

import { dispatchAt, nextDueAt } from '../notifications/agenda';
import { roomsIn } from '../case/bounds';
import { latest, later, type Instant } from '../basics/calendar';
import { openCase, record, situationAt, type CaseFile, type CaseStart } from '../case/caseFile';
import { nextExpiry } from '../case/evolve';
import { assumingDelivered } from '../notifications/delivery';
import type { Fact } from '../facts/catalogue';
import { upcomingAt } from './upcoming';
import type { UpcomingAction } from '../state/upcoming';
import type { Caller } from '../basics/roles';
import { Refusal } from '../basics/refusal';
import { refusalDetails, someoneWhoMayRecord, type RefusalDetails } from '../case/decide';
import type { Situation } from '../state/situation';

/** A fact that is assumed to be recorded at an instant; by any caller who may record it, unless one is named. */
export interface Assumption {
  readonly fact: Fact;
  readonly at: Instant;
  readonly by?: Caller | undefined;
}

/** The first assumed fact that is refused, by its number from 0, and why. */
export interface AssumptionRefused {
  readonly refused: RefusalDetails;
  readonly number: number;
}

/**
 * The dated plan of a case up to a moment, step by step: what will be asked, of whom and when, if the assumed facts are told at their
 * moments and nothing else; what is told after that moment is not looked at. At its end, how the case stands then; or which of them could
 * not be told. A step is a small piece of work, so that whoever takes them can do something else in between; many bring no moment.
 * The same functions as in the real run, in the same order: of one minute what the clock does, then facts, then what leaves.
 */
export function* preview(
  start: CaseStart,
  assumed: readonly Assumption[],
  until: Instant,
): Generator<readonly UpcomingAction[], Situation | AssumptionRefused> {
  let file = openCase(start);
  for (const [number, { fact, at, by }] of assumed.entries()) {
    if (at > until) break;
    const waited = yield* waiting(file, (next) => next < at);
    const now = situationAt(waited, at);
    const teller = by ?? someoneWhoMayRecord(now, fact);
    const told = record(waited, { fact, by: teller, receivedAt: at });
    if (told instanceof Refusal) return { refused: refusalDetails(told, now, teller, start.edition, roomsIn(waited.entries)), number };
    file = told;
    yield [];
  }
  file = yield* waiting(file, (next) => next <= until);
  return situationAt(file, until);
}

/** What happens by itself for as long as its moments lie in the time that is waited; the file as it is then. */
function* waiting(from: CaseFile, isInTime: (next: Instant) => boolean): Generator<readonly UpcomingAction[], CaseFile> {
  let file = from;
  let now = from.situation.asOf;
  for (let next = nextDueAt(file, now); next !== null && isInTime(next); next = soonest(nextDueAt(file, now), now)) {
    const expires = nextExpiry(situationAt(file, now)) === next;
    now = latest(next, now);
    const due = dispatchAt(file, now);
    yield upcomingAt(now, due.dispatch, due.file, expires);
    file = assumingDelivered(due.file, now);
  }
  return file;
}

/** As the workflow waits: what is due in a minute leaves in that minute, all of it. */
function soonest(next: Instant | null, after: Instant): Instant | null {
  return next && latest(next, later(after, 'PT1M'));
}
