/* Who may correct a fact. */

import { roles, type Party } from '../basics/roles';
import type { Fact, RightFact } from '../facts/catalogue';
import { findEffectiveFact } from '../state/questions';
import type { EffectiveFact, Situation } from '../state/situation';
import { canChangeStage } from './stages';

export type Correction = Pick<Fact<'corrected'>, 'replaces' | 'with'>;
type PartiesOf = (fact: Fact) => readonly Party[];

/**
 * Whoever may record the wrong fact may correct it; a supervisor alone, if the wrong fact changed the stage. The right fact needs an
 * authority of its own, or a supervisor, if it can change the stage or corrects another fact or the intake. Otherwise anyone could change
 * the stage by correcting a trivial fact of their own (docs/policy.md, fine print 12).
 */
export function whoCorrects(
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
    case 'needsItsOwn':
      return ['supervisor', ...ofTheWrong.filter((party) => partiesOf(right as Fact).includes(party))];
    case 'anotherCorrection':
      return both(ofTheWrong, whoCorrects(situation, right as Fact<'corrected'>, partiesOf, { ...wrong, fact: about }));
  }
}

function kindOf(right: RightFact | undefined, about: Fact): 'takenBack' | 'sameType' | 'keepsStage' | 'needsItsOwn' | 'anotherCorrection' {
  if (right === undefined) return 'takenBack';
  if (right.type === 'corrected') return 'anotherCorrection';
  if (right.type === about.type) return 'sameType';
  return canChangeStage(right.type) || right.type === 'intakeCorrected' ? 'needsItsOwn' : 'keepsStage';
}

/** The parties with the authority for both; if there is none, the supervisor. */
function both(some: readonly Party[], others: readonly Party[]): readonly Party[] {
  const shared = some.filter((party) => others.includes(party));
  return shared.length === 0 ? supervisor : shared;
}

const supervisor: readonly Party[] = ['supervisor'];

// Any party that may record a fact may correct one: an unknown fact is answered as not possible to all of them.
const everybody: readonly Party[] = roles.filter((role) => role !== 'rapporteur' && role !== 'auditor');
