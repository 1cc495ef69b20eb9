import { endOfDay, latest, type PlainDate } from './calendar';
import type { FactType } from './facts/fields';
import type { Told } from './facts/told';
import type { ReflectionPeriod, Situation, StandingFact } from './situation';

/** Questions about how she stands that several tables ask. */

/** Whether the residence scheme can be hers: it is not for who has her stay from elsewhere (VC15 B8/3, for Union citizens and the Dutch). */
export function theSchemeIsOpenToHer({ ground }: Situation): boolean {
  return ground !== 'euCitizen' && ground !== 'dutch' && ground !== 'otherLawfulResidence';
}

export function isEuOrDutch({ ground }: Situation): boolean {
  return ground === 'euCitizen' || ground === 'dutch';
}

export function isUnaccompaniedMinor({ minor, unaccompanied }: Situation): boolean {
  return minor && unaccompanied;
}

/** Facts of one kind that stand, as they stand. */
export function factsThatStand<T extends FactType>({ standing }: Situation, type: T): readonly Told<T>[] {
  return (standing[type] ?? []).map(({ told }) => told as Told<T>);
}

/** Whatever stands, type by type. */
export function everythingThatStands(standing: Situation['standing']): readonly StandingFact[] {
  return Object.values(standing).flat();
}

/** A fact or a correction that stands, by its id. */
export function findStanding({ standing }: Pick<Situation, 'standing'>, id: string): StandingFact | undefined {
  return everythingThatStands(standing).find(({ told }) => told.id === id);
}

/** Whether a fact of a kind, of a later day, stands: what is told late does not undo it. */
export function isOvertaken<T extends FactType>(
  situation: Situation,
  on: PlainDate,
  by: T,
  isAboutTheSame: (fact: Told<T>) => boolean = () => true,
): boolean {
  return factsThatStand(situation, by).some((fact) => fact.on > on && isAboutTheSame(fact));
}

/** Whether IND has something of hers in hand: a period was started, an application is pending or a permit runs. */
export function hasResidenceMatter({ period, application, permit }: Situation): boolean {
  return period !== null || application !== null || permit !== null;
}

/** Whether her three months are running at the situation's own moment. */
export function thePeriodRuns({ period, asOf }: Situation): boolean {
  return period !== null && period.end === null && asOf < endOfDay(period.endsOn);
}

/**
 * Whether a fact of that date is news of the time before the end: the period ended by nothing but the clock,
 * and what happened within it still counts (docs/policy.md, section 2).
 */
export function isLateNews({ period }: Situation, on: PlainDate): boolean {
  return period?.end === 'expired' && on >= period.startedOn && on <= period.endsOn;
}

/** Whether a fact of that date is judged as in reflection: nothing but its end, and what people did since, stands between. */
export function isJudgedAsInReflection(situation: Situation, on: PlainDate): boolean {
  const silenceLedHerOn = situation.entered.some(({ by }) => by === 'expiry');
  return situation.stage !== 'closed' && silenceLedHerOn && isLateNews(situation, on);
}

/**
 * The period as a fact of that date ends it: one that the clock ended only by late news, and none by what happened after its last day,
 * also where the clock never ended it, for the case was closed by then.
 */
export function endPeriod(situation: Situation, on: PlainDate, end: ReflectionPeriod['end']): Pick<Situation, 'period'> {
  const { period } = situation;
  const ends = period !== null && ((period.end === null && on <= period.endsOn) || isLateNews(situation, on));
  return { period: ends ? { ...period, end, endedOn: latest(on, period.startedOn) } : period };
}

/** The period where she travelled within it: it ended in no way of its own, whatever the clock did since. */
export function neverExpired(situation: Situation, on: PlainDate): Pick<Situation, 'period'> {
  const { period } = situation;
  return { period: period !== null && isLateNews(situation, on) ? { ...period, end: null, endedOn: null } : period };
}
