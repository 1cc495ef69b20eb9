/* The row of corrections: which correction is possible. Who may correct a fact: whoCorrects.ts. Its effect: case/corrections.ts. */

import { notPossible } from '../basics/refusal';
import { stages, type Situation } from '../state/situation';
import { allEffectiveFacts, findEffectiveFact } from '../state/questions';
import type { Fact } from '../facts/catalogue';
import { movedTeam } from './access';
import type { FactTable } from './row';
import { whoCorrects, type Correction } from './whoCorrects';

/** The correction of a fact: another fact in its place, or none. The correction of the intake: the right data in place of wrong ones. */
export const correctionFacts = {
  intakeCorrected: {
    possibleIn: stages,
    recordedBy: ['supervisor'],
    changes: (situation, fact) => {
      const { office } = fact;
      return office === undefined || office === situation.office ? {} : { office, team: movedTeam(situation, fact) };
    },
    says: { nl: 'Intake hersteld; reden: {reason}.', en: 'The intake was corrected; reason: {reason}.' },
    source: 'ours: facts are added, never edited',
  },
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

/** Whether the right correction names a fact that is effective without the wrong correction; a right fact always can. */
function mayTakeItsPlace(situation: Situation, { replaces, with: right }: Correction): boolean {
  const wrong = findEffectiveFact(situation, replaces)?.fact;
  if (right === undefined) return true;
  if (wrong?.type !== 'corrected' || right.type !== 'corrected') return wrong?.type !== 'corrected' && right.type !== 'corrected';
  const inner = right as Fact<'corrected'>;
  const isEffective = inner.replaces === wrong.replaces || findEffectiveFact(situation, inner.replaces) !== undefined;
  return inner.replaces !== replaces && isEffective && mayTakeItsPlace(situation, inner);
}
