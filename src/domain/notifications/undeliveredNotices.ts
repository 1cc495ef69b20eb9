/* The notices that were sent to partners and have not arrived. */

import { dateOf, daysAfter, earliest, instantAt, later, type Instant } from '../basics/calendar';
import type { Edition } from '../policy/edition';
import type { NoticeState, Outbox } from '../state/outbox';
import { isRecalled } from '../state/questions';
import type { Notice, Situation } from '../state/situation';

/** A notice that was sent and, as far as we know, has not arrived. */
export interface NotArrived {
  readonly notice: Notice;
  readonly state: NoticeState;
}

/** The notices that were sent and, as far as we know, have not arrived; without recalled ones. */
export function notArrived(notices: Situation['notices'], states: Outbox['notices']): readonly NotArrived[] {
  return notices.flatMap((notice) => {
    const state = states[notice.id];
    return state === undefined || state.state === 'delivered' || isRecalled(notices, notice) ? [] : [{ notice, state }];
  });
}

/** Whether a notice will not be tried again: refused for good, or sent often enough without an answer. */
export function isGivenUp({ state, nextTry }: NoticeState): boolean {
  return state !== 'underway' && nextTry === null;
}

/** Whether people should see that a notice has not arrived. If it was given up, at once; otherwise from its first reminder or after a day. */
export function isOverdue({ state }: NotArrived, now: Instant, { mail, notices }: Edition): boolean {
  const { firstTry, perhaps } = state;
  const mornings = notices.overdue.map((days) => instantAt(daysAfter(dateOf(firstTry), days), mail.digestAt));
  const from = earliest([later(firstTry, mail.unreachedAfter), ...mornings]);
  return isGivenUp(state) || perhaps !== undefined || (from !== null && from <= now);
}
