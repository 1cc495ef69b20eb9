/* Questions about the situation that several tables ask. */

import type { PlainDate } from '../basics/calendar';
import type { FactType } from '../facts/catalogue';
import type { RecordedFact } from '../facts/recordedFact';
import type { Appeal, ContestedDecision, Objection, Permit } from './residence';
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

/** The objections on which IND has not decided, the one filed first in front. */
export function undecidedObjections({ objections }: Situation): readonly Objection[] {
  return objections.filter(({ end }) => end === null);
}

/** The decision that the first undecided objection is about. */
export function contestedByFirstObjection(situation: Situation): ContestedDecision | undefined {
  const [first] = undecidedObjections(situation);
  return situation.contested.find(({ fact }) => fact === first?.against);
}

/** The appeals on which the court has not decided, the one filed first in front. */
export function undecidedAppeals({ appeals }: Situation): readonly Appeal[] {
  return appeals.filter(({ isDecided }) => !isDecided);
}

/** Whether an objection or an interim measure suspends the person's departure (docs/policy.md, fine print 37). */
export function departureIsSuspended(situation: Situation): boolean {
  return (
    undecidedObjections(situation).some(({ suspends, measure }) => suspends || measure) ||
    undecidedAppeals(situation).some(({ measure }) => measure)
  );
}

/** Whether the person reported, and first awaits the decision on asylum. */
export function awaitsAsylumDecision({ cooperation }: Situation): boolean {
  return cooperation?.asylum === 'awaited';
}

/** Whether IND may grant a permit without an application, after it refused the one for asylum (docs/policy.md, fine print 40). */
export function mayBeGrantedUnasked({ cooperation }: Situation): boolean {
  return cooperation?.asylum === 'refused';
}

/** Whether a permit of this kind may be renewed (docs/policy.md, section 3). */
export function isRenewable({ kind }: Permit): boolean {
  return kind !== 'humanitarian';
}

/** Whether IND handles anything of the person: a period was started, an application is pending or a permit runs. */
export function hasResidenceMatter({ period, application, permit }: Situation): boolean {
  return period !== null || application !== null || permit !== null;
}

/** Whether a notice rests on a consent: a withdrawal recalls it. */
export function restsOnConsent({ kind, partner }: Pick<Notice, 'kind' | 'partner'>): boolean {
  return kind === 'return-referral' || (partner === 'comensha' && kind !== 'recall' && kind !== 'correction');
}

/** Whether a notice is recalled, since the consent that it rests on was withdrawn. */
export function isRecalled(notices: Situation['notices'], notice: Notice): boolean {
  const later = notices.slice(notices.indexOf(notice));
  return restsOnConsent(notice) && later.some(({ kind, partner }) => kind === 'recall' && partner === notice.partner);
}

/** The last notice of a return to IOM. */
export function lastReferral(notices: Situation['notices']): Notice | undefined {
  return notices.findLast(({ kind }) => kind === 'return-referral');
}
