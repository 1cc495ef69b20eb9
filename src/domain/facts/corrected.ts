import type { Teller } from '../people';
import { notPossible } from '../refusal';
import { stages, type Situation, type StandingFact } from '../situation';
import { canMoveHer } from '../stages';
import { everythingThatStands, findStanding } from '../standing';
import type { Fact } from './fields';
import type { FactTable } from './row';

type Correction = Pick<Fact<'corrected'>, 'replaces' | 'with'>;
type TellersOf = (fact: Fact) => readonly Teller[];

/** What was told wrong and is told right, or taken back. What else it needs, and what it does to the case: `corrections.ts`. */
export const correctionFacts: FactTable<'corrected'> = {
  corrected: {
    possibleIn: stages,
    toldBy: whoCorrects,
    choices: ({ standing }) => everythingThatStands(standing).map(({ told }) => ({ replaces: told.id })),
    refusedBecause: (situation, correction) =>
      findStanding(situation, correction.replaces) !== undefined && standsInItsPlace(situation, correction) ? null : notPossible(),
    // Taking back brings nothing new.
    takenOfAFullCase: (_, { with: right }) => right === undefined,
    says: { nl: 'Hersteld: {replaces}; reden: {reason}. {with}', en: 'Corrected: {replaces}; reason: {reason}. {with}' },
    source: 'ours: facts are added, never edited',
  },
};

/**
 * Whoever may tell what was wrong; a supervisor alone where that moved her. What is right needs no authority of its own, but where it
 * can move her, or corrects another fact: else the way to those would lead through any small fact of one's own.
 */
function whoCorrects(
  situation: Situation,
  { replaces, with: right }: Correction,
  tellersOf: TellersOf,
  struckOut?: StandingFact,
): readonly Teller[] {
  const wrong = findStanding(situation, replaces) ?? struckOut;
  if (wrong === undefined) return everybody;
  const about = wrong.about ?? wrong.told;
  const own = wrong.movedHer ? supervisor : tellersOf(about);
  if (right?.type === 'corrected')
    return both(own, whoCorrects(situation, right as Fact<'corrected'>, tellersOf, { ...wrong, told: about }));
  if (right === undefined || right.type === about.type || !canMoveHer(right.type)) return own;
  return own.filter((teller) => teller === 'supervisor' || tellersOf(right as Fact).includes(teller));
}

/** Who has the authority for both; where nobody has, the supervisor. */
function both(some: readonly Teller[], others: readonly Teller[]): readonly Teller[] {
  const shared = some.filter((teller) => others.includes(teller));
  return shared.length === 0 ? supervisor : shared;
}

/** Whether a correction that is right names a fact that stands once the wrong correction is gone; a fact that is right always can. */
function standsInItsPlace(situation: Situation, { replaces, with: right }: Correction): boolean {
  const wrong = findStanding(situation, replaces)?.told;
  if (right === undefined) return true;
  if (wrong?.type !== 'corrected' || right.type !== 'corrected') return wrong?.type !== 'corrected' && right.type !== 'corrected';
  const inner = right as Fact<'corrected'>;
  const stands = inner.replaces === wrong.replaces || findStanding(situation, inner.replaces) !== undefined;
  return inner.replaces !== replaces && stands && standsInItsPlace(situation, inner);
}

const supervisor: readonly Teller[] = ['supervisor'];

// Who may tell some fact may correct some fact: an unknown one is answered as not possible to all of them.
const everybody: readonly Teller[] = [
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
