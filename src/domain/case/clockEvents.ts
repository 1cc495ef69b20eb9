/* The changes that the clock makes by itself: the silent end of the three months, a deadline that passes, the next of a recurring task. */

import { daysAfter, endOfDay, type Instant } from '../basics/calendar';
import { deadlinesAfter, nextPassing, passesAt } from '../plan/deadlines';
import { planNextOf, tasksAfter } from '../plan/planning';
import type { Edition } from '../policy/edition';
import { stageAfter } from '../rules/stages';
import { effectiveFactsOf } from '../state/questions';
import type { Deadline } from '../state/workPlan';
import type { Situation } from '../state/situation';
import { enterStage } from './enterStage';
import { triggersOf, triggersOfPassing } from './triggers';

interface ClockEvent {
  readonly at: Instant;
  readonly apply: (now: Situation, edition: Edition) => Situation;
}

/** The next change by the clock alone; of one instant the end of the period comes first. */
export function nextClockEvent(situation: Situation, edition: Edition): ClockEvent | null {
  const expiry = nextExpiry(situation);
  const passing = nextPassing(situation, edition);
  const events: readonly ClockEvent[] = [
    ...(expiry === null ? [] : [{ at: expiry, apply: expire }]),
    ...(passing === null ? [] : [{ at: passesAt(passing), apply: (now: Situation) => pass(now, passing, edition) }]),
    ...situation.series.map((series) => ({
      at: series.nextAt,
      apply: (now: Situation) => ({ ...now, ...planNextOf(now, series, edition) }),
    })),
  ];
  return events.reduce<ClockEvent | null>((first, each) => (first === null || each.at < first.at ? each : first), null);
}

/** The situation after a deadline has passed whose passing plans a task, counted from the day after its date. */
function pass(now: Situation, deadline: Deadline, edition: Edition): Situation {
  const occasion = { triggers: triggersOfPassing(deadline), on: daysAfter(deadline.date, 1), at: now.asOf };
  const deadlines = now.deadlines.map((each) => (each.id === deadline.id ? { ...each, passed: each.date } : each));
  return { ...now, deadlines, ...tasksAfter(now, occasion, edition) };
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
  const inStage = enterStage(expired, stageAfter(now, expired, { type: 'expiry' }, edition), {
    fact: 'expiry',
    on,
    source: edition.reflection.expirySource,
  });
  const occasion = { triggers: triggersOf(now, inStage, { type: 'expiry' }, edition), on, at };
  const withTasks = { ...inStage, ...tasksAfter(inStage, occasion, edition) };
  return { ...withTasks, ...deadlinesAfter(withTasks, occasion, 'expiry', edition) };
}
