import { dispatchAt, nextMoment } from './agenda';
import { roomsIn } from './bounds';
import { latest, later, type Instant } from './calendar';
import { openCase, record, situationAt, type CaseFile, type CaseStart } from './caseFile';
import { nextExpiry } from './consequences';
import { supposingDelivered } from './delivery';
import type { Fact } from './facts/fields';
import { momentsAt, type Moment } from './moments';
import type { Caller } from './people';
import { Refusal } from './refusal';
import { refusalDetails, whoMayTell, type RefusalDetails } from './rules';
import type { Situation } from './situation';

/** A fact that is assumed to be told at a moment; by somebody who may tell it, unless it is said by whom. */
export interface Assumption {
  readonly fact: Fact;
  readonly at: Instant;
  readonly by?: Caller | undefined;
}

/** Which of the assumed facts, counted from nought, could not be told, and why. */
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
): Generator<readonly Moment[], Situation | AssumptionRefused> {
  let file = openCase(start);
  for (const [number, { fact, at, by }] of assumed.entries()) {
    if (at > until) break;
    const waited = yield* waiting(file, (next) => next < at);
    const now = situationAt(waited, at);
    const teller = by ?? whoMayTell(now, fact);
    const told = record(waited, { fact, by: teller, receivedAt: at });
    if (told instanceof Refusal) return { refused: refusalDetails(told, now, teller, start.edition, roomsIn(waited.entries)), number };
    file = told;
    yield [];
  }
  file = yield* waiting(file, (next) => next <= until);
  return situationAt(file, until);
}

/** What happens by itself for as long as its moments lie in the time that is waited; the file as it is then. */
function* waiting(from: CaseFile, isInTime: (next: Instant) => boolean): Generator<readonly Moment[], CaseFile> {
  let file = from;
  let now = from.situation.asOf;
  for (let next = nextMoment(file, now); next !== null && isInTime(next); next = soonest(nextMoment(file, now), now)) {
    const expires = nextExpiry(situationAt(file, now)) === next;
    now = latest(next, now);
    const due = dispatchAt(file, now);
    yield momentsAt(now, due.dispatch, situationAt(due.file, now), expires);
    file = supposingDelivered(due.file, now);
  }
  return file;
}

/** As the workflow waits: what is due in a minute leaves in that minute, all of it. */
function soonest(next: Instant | null, after: Instant): Instant | null {
  return next && latest(next, later(after, 'PT1M'));
}
