/* The loop of a case in which nobody records anything: next instant, dispatch, outcomes, file. */

import { later, latest, type Instant } from '../basics/calendar';
import { situationAt, type CaseFile } from '../case/caseFile';
import { nextExpiry } from '../case/clockEvents';
import type { Outcome } from '../state/outbox';
import { dispatchAt, nextDueAt, type Dispatch } from './agenda';
import { afterDelivery } from './delivery';

/** One wake of a case: what was dispatched, what became of it, and the file after it. */
export interface Wake {
  readonly at: Instant;
  /** Whether the reflection period expired at this instant. */
  readonly expires: boolean;
  readonly dispatch: Dispatch;
  readonly outcomes: readonly Outcome[];
  readonly file: CaseFile;
}

/** Wakes a case each time that something is due in a span, both ends included; `answer` stands in for the activities. */
export function* advance(
  opened: CaseFile,
  { from, until }: { readonly from: Instant; readonly until: Instant },
  answer: (dispatch: Dispatch, at: Instant) => readonly Outcome[],
): Generator<Wake, CaseFile> {
  let file = opened;
  let now = from;
  let next = nextDueAt(file, now);
  while (next !== null && next <= until) {
    const expires = nextExpiry(situationAt(file, now)) === next;
    now = latest(next, now);
    const due = dispatchAt(file, now);
    const outcomes = answer(due.dispatch, now);
    file = afterDelivery(due.file, outcomes, now);
    yield { at: now, expires, dispatch: due.dispatch, outcomes, file };
    next = nextWake(file, now, outcomes);
  }
  return file;
}

/** As the workflow waits: a minute at least, unless a letter that did not arrive is forwarded at once. */
function nextWake(file: CaseFile, now: Instant, outcomes: readonly Outcome[]): Instant | null {
  const next = nextDueAt(file, now);
  const isAllDelivered = outcomes.every(({ outcome }) => outcome === 'delivered');
  return next && (isAllDelivered ? latest(next, later(now, 'PT1M')) : next);
}

/** The outcomes where everything arrives. */
export function allDelivered({ letters, notices }: Dispatch): readonly Outcome[] {
  return [...letters, ...notices].map(({ id }) => ({ id, outcome: 'delivered' }));
}
