/* The row of corrections: who may correct a fact, and which correction is possible. */

import type { Party } from '../basics/roles';
import { notPossible } from '../basics/refusal';
import { stages, type Situation, type EffectiveFact } from '../state/situation';
import { canChangeStage } from './stages';
import { allEffectiveFacts, findEffectiveFact } from '../state/questions';
import type { Fact, RightFact } from '../facts/catalogue';
import type { FactTable } from './row';

type Correction = Pick<Fact<'corrected'>, 'replaces' | 'with'>;
type PartiesOf = (fact: Fact) => readonly Party[];

/** The correction of a fact: another fact in its place, or none. Its effect on the case: `case/corrections.ts`. */
export const correctionFacts = {
  corrected: {
    possibleIn: stages,
    recordedBy: whoCorrects,
    choices: ({ effectiveFacts }) => allEffectiveFacts(effectiveFacts).map(({ fact }) => ({ replaces: fact.id })),
    refusedBecause: (situation, correction) =>
      findEffectiveFact(situation, correction.replaces) !== undefined && mayTakeItsPlace(situation, correction) ? null : notPossible(),
    // Taking back brings nothing new.
    takenOfAFullCase: (_, { with: right }) => right === undefined,
    says: { nl: 'Hersteld: {replaces}; reden: {reason}. {with}', en: 'Corrected: {replaces}; reason: {reason}. {with}' },
    source: 'ours: facts are added, never edited',
  },
} satisfies Partial<FactTable>;

/**
 * Whoever may record the wrong fact may correct it; a supervisor alone, if the wrong fact changed the stage. The right fact needs an
 * authority of its own if it can change the stage or corrects another fact: otherwise anyone could change the stage by correcting a
 * trivial fact of their own.
 */
function whoCorrects(
  situation: Situation,
  { replaces, with: right }: Correction,
  partiesOf: PartiesOf,
  takenOut?: EffectiveFact,
): readonly Party[] {
  const wrong = findEffectiveFact(situation, replaces) ?? takenOut;
  if (wrong === undefined) return everybody;
  const about = wrong.about ?? wrong.fact;
  const ofTheWrong = wrong.changedStage ? supervisor : partiesOf(about);
  switch (kindOf(right, about)) {
    case 'takenBack':
    case 'sameType':
    case 'keepsStage':
      return ofTheWrong;
    case 'changesStage':
      return ofTheWrong.filter((party) => party === 'supervisor' || partiesOf(right as Fact).includes(party));
    case 'anotherCorrection':
      return both(ofTheWrong, whoCorrects(situation, right as Fact<'corrected'>, partiesOf, { ...wrong, fact: about }));
  }
}

function kindOf(right: RightFact | undefined, about: Fact): 'takenBack' | 'sameType' | 'keepsStage' | 'changesStage' | 'anotherCorrection' {
  if (right === undefined) return 'takenBack';
  if (right.type === 'corrected') return 'anotherCorrection';
  if (right.type === about.type) return 'sameType';
  return canChangeStage(right.type) ? 'changesStage' : 'keepsStage';
}

/** The parties with the authority for both; if there is none, the supervisor. */
function both(some: readonly Party[], others: readonly Party[]): readonly Party[] {
  const shared = some.filter((party) => others.includes(party));
  return shared.length === 0 ? supervisor : shared;
}

/** Whether the right correction names a fact that is effective without the wrong correction; a right fact always can. */
function mayTakeItsPlace(situation: Situation, { replaces, with: right }: Correction): boolean {
  const wrong = findEffectiveFact(situation, replaces)?.fact;
  if (right === undefined) return true;
  if (wrong?.type !== 'corrected' || right.type !== 'corrected') return wrong?.type !== 'corrected' && right.type !== 'corrected';
  const inner = right as Fact<'corrected'>;
  const isEffective = inner.replaces === wrong.replaces || findEffectiveFact(situation, inner.replaces) !== undefined;
  return inner.replaces !== replaces && isEffective && mayTakeItsPlace(situation, inner);
}

const supervisor: readonly Party[] = ['supervisor'];

// Any party that may record a fact may correct one: an unknown fact is answered as not possible to all of them.
const everybody: readonly Party[] = [
  'caseworker',
  'careCoordinator',
  'police',
  'prosecution',
  'ind',
  'lawyer',
  'returnCounsellor',
  'supervisor',
  'partner',
];
