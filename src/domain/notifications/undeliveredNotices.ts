import { dateOf, daysAfter, earliest, instantAt, later, type Instant } from '../basics/calendar';
import type { Edition } from '../policy/edition';
import type { NoticeState, Outbox } from '../state/outbox';
import { isRecalled } from '../state/questions';
import type { Notice, Situation } from '../state/situation';

/** A notice that left and has not arrived, as far as we know. */
export interface NotArrived {
  readonly notice: Notice;
  readonly state: NoticeState;
}

/** The notices that should have arrived and, as far as we know, have not. */
export function notArrived(notices: Situation['notices'], states: Outbox['notices']): readonly NotArrived[] {
  return notices.flatMap((notice) => {
    const state = states[notice.id];
    return state === undefined || state.state === 'told' || isRecalled(notices, notice) ? [] : [{ notice, state }];
  });
}

/** Whether it will not be tried again by itself: refused for good, or sent often enough without an answer. */
export function isGivenUp({ state, nextTry }: NoticeState): boolean {
  return state !== 'underway' && nextTry === null;
}

/** Whether people should see that it has not arrived: at once where nobody can expect it to, else from its first morning on, or after a day. */
export function isOverdue({ state }: NotArrived, now: Instant, { mail, notices }: Edition): boolean {
  const { firstTry, perhaps } = state;
  const mornings = notices.overdue.map((days) => instantAt(daysAfter(dateOf(firstTry), days), mail.digestAt));
  const from = earliest([later(firstTry, mail.unreachedAfter), ...mornings]);
  return isGivenUp(state) || perhaps !== undefined || (from !== null && from <= now);
}
