/* The changes that the clock makes by itself: the end of the three months in silence, and the next of a monthly task. */

import { daysAfter, endOfDay, type Instant } from '../basics/calendar';
import { deadlinesAfter } from '../plan/deadlines';
import { planNextOf, tasksAfter } from '../plan/tasks';
import type { Edition } from '../policy/edition';
import { stageAfter } from '../rules/stages';
import { effectiveFactsOf } from '../state/questions';
import type { Situation } from '../state/situation';
import { enterStage } from './enterStage';
import { triggersOf } from './triggers';

/** When the clock next changes something by itself: the period's end, or the next of a monthly task. */
export function nextClockEvent(situation: Situation): { at: Instant; apply: (now: Situation, edition: Edition) => Situation } | null {
  const expiry = nextExpiry(situation);
  const [monthly] = [...situation.series].sort((one, other) => (one.nextAt < other.nextAt ? -1 : 1));
  if (monthly !== undefined && (expiry === null || monthly.nextAt < expiry)) {
    return { at: monthly.nextAt, apply: (now, edition) => ({ ...now, ...planNextOf(now, monthly, edition) }) };
  }
  return expiry === null ? null : { at: expiry, apply: expire };
}

/** The first instant after the three months, while nobody has answered; null after the journey, and while the case is closed. */
export function nextExpiry(situation: Situation): Instant | null {
  const { period, stage, lastRecordedOn } = situation;
  if (period === null || period.end !== null || stage === 'closed' || stage === 'aftercare') return null;
  const at = endOfDay(period.endsOn);
  // A period that ran out while the case was closed never expires: nobody could answer then.
  const endedWhileClosed =
    lastRecordedOn.reopened !== undefined && effectiveFactsOf(situation, 'reopened').some(({ receivedAt }) => receivedAt >= at);
  return endedWhileClosed ? null : at;
}

/** The situation after a period that nobody answered. Silence is no answer (docs/policy.md, rule 2). */
function expire(now: Situation, edition: Edition): Situation {
  const { period, asOf: at } = now;
  if (period === null) return now;
  const on = daysAfter(period.endsOn, 1);
  const expired: Situation = { ...now, period: { ...period, end: 'expired', endedOn: period.endsOn } };
  const inStage = enterStage(expired, stageAfter(now, expired, { type: 'expiry' }), {
    fact: 'expiry',
    on,
    source: edition.reflection.expirySource,
  });
  const occasion = { triggers: triggersOf(now, inStage, { type: 'expiry' }, edition), on, at };
  const withTasks = { ...inStage, ...tasksAfter(inStage, occasion, edition) };
  return { ...withTasks, ...deadlinesAfter(withTasks, occasion, 'expiry', edition) };
}
