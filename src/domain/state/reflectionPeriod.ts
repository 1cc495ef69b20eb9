/* The reflection period: whether it runs, what is late news of it, and how it ends. */

import { endOfDay, latest, type PlainDate } from '../basics/calendar';
import type { ReflectionPeriod } from './residence';
import type { Situation } from './situation';

/** Whether the three months are running at the situation's own instant. */
export function thePeriodRuns({ period, asOf }: Situation): boolean {
  return period !== null && period.end === null && asOf < endOfDay(period.endsOn);
}

/**
 * Whether a fact of that date is late news: only the clock ended the period, and the fact happened within it. It still counts
 * (docs/policy.md, section 2).
 */
export function isLateNews({ period }: Situation, on: PlainDate): boolean {
  return period?.end === 'expired' && on >= period.startedOn && on <= period.endsOn;
}

/** Whether a fact of that date is judged as in reflection: only the silent end of the period lies between, and what people did since. */
export function isJudgedAsInReflection(situation: Situation, on: PlainDate): boolean {
  const silenceChangedStage = situation.entered.some(({ by }) => by === 'expiry');
  return situation.stage !== 'closed' && silenceChangedStage && isLateNews(situation, on);
}

/**
 * The period after a fact of that date that can end it. If the clock ended the period, only late news ends it otherwise. A fact after the
 * last day never ends it, even where the case was closed and the clock did not.
 */
export function endPeriod(situation: Situation, on: PlainDate, end: ReflectionPeriod['end']): Pick<Situation, 'period'> {
  const { period } = situation;
  const ends = period !== null && ((period.end === null && on <= period.endsOn) || isLateNews(situation, on));
  return { period: ends ? { ...period, end, endedOn: latest(on, period.startedOn) } : period };
}

/** The period of a person who travelled within it: it did not expire, whatever the clock did since. */
export function neverExpired(situation: Situation, on: PlainDate): Pick<Situation, 'period'> {
  const { period } = situation;
  return { period: period !== null && isLateNews(situation, on) ? { ...period, end: null, endedOn: null } : period };
}
