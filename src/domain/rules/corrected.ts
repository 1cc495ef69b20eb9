import type { Party } from '../basics/roles';
import { notPossible } from '../basics/refusal';
import { stages, type Situation, type EffectiveFact } from '../state/situation';
import { canChangeStage } from './stages';
import { allEffectiveFacts, findEffectiveFact } from '../state/questions';
import type { Fact } from '../facts/catalogue';
import type { FactTable } from './row';

type Correction = Pick<Fact<'corrected'>, 'replaces' | 'with'>;
type TellersOf = (fact: Fact) => readonly Party[];

/** What was told wrong and is told right, or taken back. What else it needs, and what it does to the case: `corrections.ts`. */
export const correctionFacts: FactTable<'corrected'> = {
  corrected: {
    possibleIn: stages,
    toldBy: whoCorrects,
    choices: ({ effectiveFacts }) => allEffectiveFacts(effectiveFacts).map(({ fact }) => ({ replaces: fact.id })),
    refusedBecause: (situation, correction) =>
      findEffectiveFact(situation, correction.replaces) !== undefined && standsInItsPlace(situation, correction) ? null : notPossible(),
    // Taking back brings nothing new.
    takenOfAFullCase: (_, { with: right }) => right === undefined,
    says: { nl: 'Hersteld: {replaces}; reden: {reason}. {with}', en: 'Corrected: {replaces}; reason: {reason}. {with}' },
    source: 'ours: facts are added, never edited',
  },
};

/**
 * Whoever may record the wrong fact may correct it; a supervisor alone, if the wrong fact changed the stage. The right fact needs an
 * authority of its own if it can change the stage or corrects another fact: otherwise anyone could change the stage by correcting a
 * trivial fact of their own.
 */
function whoCorrects(
  situation: Situation,
  { replaces, with: right }: Correction,
  tellersOf: TellersOf,
  struckOut?: EffectiveFact,
): readonly Party[] {
  const wrong = findEffectiveFact(situation, replaces) ?? struckOut;
  if (wrong === undefined) return everybody;
  const about = wrong.about ?? wrong.fact;
  const own = wrong.movedStage ? supervisor : tellersOf(about);
  if (right?.type === 'corrected')
    return both(own, whoCorrects(situation, right as Fact<'corrected'>, tellersOf, { ...wrong, fact: about }));
  if (right === undefined || right.type === about.type || !canChangeStage(right.type)) return own;
  return own.filter((teller) => teller === 'supervisor' || tellersOf(right as Fact).includes(teller));
}

/** Who has the authority for both; where nobody has, the supervisor. */
function both(some: readonly Party[], others: readonly Party[]): readonly Party[] {
  const shared = some.filter((teller) => others.includes(teller));
  return shared.length === 0 ? supervisor : shared;
}

/** Whether a correction that is right names a fact that stands once the wrong correction is gone; a fact that is right always can. */
function standsInItsPlace(situation: Situation, { replaces, with: right }: Correction): boolean {
  const wrong = findEffectiveFact(situation, replaces)?.fact;
  if (right === undefined) return true;
  if (wrong?.type !== 'corrected' || right.type !== 'corrected') return wrong?.type !== 'corrected' && right.type !== 'corrected';
  const inner = right as Fact<'corrected'>;
  const stands = inner.replaces === wrong.replaces || findEffectiveFact(situation, inner.replaces) !== undefined;
  return inner.replaces !== replaces && stands && standsInItsPlace(situation, inner);
}

const supervisor: readonly Party[] = ['supervisor'];

// Who may tell some fact may correct some fact: an unknown one is answered as not possible to all of them.
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
