/* The days on which people are reminded of a notice that has not arrived, or that IOM has not answered. */

import { dateOf, daysAfter, daysIn } from '../basics/calendar';
import type { Edition } from '../policy/edition';
import { lastMorning } from './mornings';
import { isGivenUp, notArrived, type NotArrived } from './undeliveredNotices';
import { lastReferral } from '../state/questions';
import type { Outbox } from '../state/outbox';
import type { UnaddressedReminder } from './reminder';
import type { Situation } from '../state/situation';

const overdue = { name: 'overdue' as const, to: ['caseworker' as const] };

/**
 * A reminder for each notice that has not arrived, and one for a referral that has, as long as IOM has not answered. A referral has one
 * of the two.
 */
export function remindersOfNotices(
  { notices, referral }: Pick<Situation, 'notices' | 'referral'>,
  sent: Outbox['notices'],
  isClosed: boolean,
  edition: Edition,
): UnaddressedReminder[] {
  const isAwaited = referral !== null && !referral.answered;
  const referred = lastReferral(notices);
  const open = notArrived(notices, sent).filter(({ notice }) => notice.kind !== 'return-referral' || (isAwaited && notice === referred));
  const isChased = isAwaited && !open.some(({ notice }) => notice === referred);
  return [...open.map((each) => ofNotice(each, isClosed, edition)), ...(isChased ? [ofUnansweredReferral(referral, edition)] : [])];
}

/** After the case was closed, a notice that was given up is mailed once only: nobody could end the reminders any more. */
function ofNotice({ notice, state }: NotArrived, isClosed: boolean, { notices: rule, mail }: Edition): UnaddressedReminder {
  const date = dateOf(state.firstTry);
  // Nobody knows yet of one that new rules planned.
  const nextMorning = state.state === 'held' ? [daysAfter(lastMorning(state.firstTry, mail.digestAt), 1)] : [];
  const mornings = new Set([...nextMorning, ...rule.overdue.map((days) => daysAfter(date, days))]);
  return {
    about: notice.kind,
    date,
    since: state.firstTry,
    plannedFor: null,
    steps: [...mornings].map((on) => ({ on, ...overdue })),
    then: isClosed && isGivenUp(state) ? null : { after: date, everyDays: daysIn(rule.thenEvery), steps: [overdue] },
  };
}

function ofUnansweredReferral({ on, since }: NonNullable<Situation['referral']>, { referral: rule }: Edition): UnaddressedReminder {
  const then = { after: on, everyDays: daysIn(rule.chaseEvery), steps: [overdue] };
  return { about: 'return-referral', date: on, since, plannedFor: null, steps: [], then };
}
