import type { Teller } from '../people';
import { notPossible } from '../refusal';
import { stages } from '../situation';
import type { FactTable } from './row';

/** What was told wrong and is told right, or taken back. What else it needs, and what it does to the case: `corrections.ts`. */
export const correctionFacts: FactTable<'corrected'> = {
  corrected: {
    possibleIn: stages,
    toldBy: ({ standing }, { replaces }, tellersOf): readonly Teller[] => {
      const wrong = standing[replaces];
      if (wrong === undefined) return everybody;
      return wrong.movedHer ? ['supervisor'] : tellersOf(wrong.about ?? wrong.told);
    },
    choices: ({ standing }) => Object.keys(standing).map((replaces) => ({ replaces })),
    refusedBecause: ({ standing }, { replaces }) => (replaces in standing ? null : notPossible()),
    says: { nl: 'Hersteld: {replaces}; reden: {reason}. {with}', en: 'Corrected: {replaces}; reason: {reason}. {with}' },
    source: 'ours: facts are added, never edited',
  },
};

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
