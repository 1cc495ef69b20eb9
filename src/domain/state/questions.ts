/* Questions about the situation that several tables ask. */

import type { PlainDate } from '../basics/calendar';
import type { FactType } from '../facts/catalogue';
import type { RecordedFact } from '../facts/recordedFact';
import type { EffectiveFact, Notice, Situation } from './situation';

/** Whether the residence scheme is open: it is not for people with a right of stay from elsewhere, Union citizens and Dutch nationals (VC15 B8/3). */
export function schemeIsOpen({ ground }: Situation): boolean {
  return ground !== 'euCitizen' && ground !== 'dutch' && ground !== 'otherLawfulResidence';
}

export function isEuOrDutch({ ground }: Situation): boolean {
  return ground === 'euCitizen' || ground === 'dutch';
}

export function isUnaccompaniedMinor({ minor, unaccompanied }: Situation): boolean {
  return minor && unaccompanied;
}

/** The effective facts of one type. */
export function effectiveFactsOf<T extends FactType>({ effectiveFacts }: Situation, type: T): readonly RecordedFact<T>[] {
  return (effectiveFacts[type] ?? []).map(({ fact }) => fact as RecordedFact<T>);
}

/** All effective facts and corrections, type by type. */
export function allEffectiveFacts(effectiveFacts: Situation['effectiveFacts']): readonly EffectiveFact[] {
  return Object.values(effectiveFacts).flat();
}

/** An effective fact or correction, by its id. */
export function findEffectiveFact({ effectiveFacts }: Pick<Situation, 'effectiveFacts'>, id: string): EffectiveFact | undefined {
  return allEffectiveFacts(effectiveFacts).find(({ fact }) => fact.id === id);
}

/** Whether an effective fact of a later day supersedes a fact of that day, which was recorded late. */
export function isSuperseded<T extends FactType>(
  situation: Situation,
  on: PlainDate,
  by: T,
  isAboutTheSame: (fact: RecordedFact<T>) => boolean = () => true,
): boolean {
  return effectiveFactsOf(situation, by).some((fact) => fact.on > on && isAboutTheSame(fact));
}

/** Whether IND handles anything of the person: a period was started, an application is pending or a permit runs. */
export function hasResidenceMatter({ period, application, permit }: Situation): boolean {
  return period !== null || application !== null || permit !== null;
}

/** Whether a referral is recalled, since the consent that it rests on was withdrawn. */
export function isRecalled(notices: Situation['notices'], notice: Notice): boolean {
  return notice.kind === 'return-referral' && notices.slice(notices.indexOf(notice)).some(({ kind }) => kind === 'recall');
}

/** The last notice of a return to IOM. */
export function lastReferral(notices: Situation['notices']): Notice | undefined {
  return notices.findLast(({ kind }) => kind === 'return-referral');
}
