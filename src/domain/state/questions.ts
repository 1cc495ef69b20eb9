import { endOfDay, latest, type PlainDate } from '../basics/calendar';
import type { FactType } from '../facts/catalogue';
import type { ReceivedFact } from '../facts/recordedFact';
import type { Notice, ReflectionPeriod, Situation, EffectiveFact } from './situation';

/** Questions about how she stands that several tables ask. */

/** Whether the residence scheme can be hers: it is not for who has her stay from elsewhere (VC15 B8/3, for Union citizens and the Dutch). */
export function schemeIsOpen({ ground }: Situation): boolean {
  return ground !== 'euCitizen' && ground !== 'dutch' && ground !== 'otherLawfulResidence';
}

export function isEuOrDutch({ ground }: Situation): boolean {
  return ground === 'euCitizen' || ground === 'dutch';
}

export function isUnaccompaniedMinor({ minor, unaccompanied }: Situation): boolean {
  return minor && unaccompanied;
}

/** Facts of one kind that stand, as they stand. */
export function effectiveFactsOf<T extends FactType>({ effectiveFacts }: Situation, type: T): readonly ReceivedFact<T>[] {
  return (effectiveFacts[type] ?? []).map(({ fact }) => fact as ReceivedFact<T>);
}

/** Whatever stands, type by type. */
export function allEffectiveFacts(standing: Situation['effectiveFacts']): readonly EffectiveFact[] {
  return Object.values(standing).flat();
}

/** A fact or a correction that stands, by its id. */
export function findEffectiveFact({ effectiveFacts }: Pick<Situation, 'effectiveFacts'>, id: string): EffectiveFact | undefined {
  return allEffectiveFacts(effectiveFacts).find(({ fact }) => fact.id === id);
}

/** Whether a fact of a kind, of a later day, stands: what is told late does not undo it. */
export function isSuperseded<T extends FactType>(
  situation: Situation,
  on: PlainDate,
  by: T,
  isAboutTheSame: (fact: ReceivedFact<T>) => boolean = () => true,
): boolean {
  return effectiveFactsOf(situation, by).some((fact) => fact.on > on && isAboutTheSame(fact));
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

/** Whether a referral is not sent any more, since the consent that it rests on was taken back. */
export function isRecalled(notices: Situation['notices'], notice: Notice): boolean {
  return notice.kind === 'return-referral' && notices.slice(notices.indexOf(notice)).some(({ kind }) => kind === 'recall');
}

/** The last that IOM was, or is to be, told of a return. */
export function lastReferral(notices: Situation['notices']): Notice | undefined {
  return notices.findLast(({ kind }) => kind === 'return-referral');
}
