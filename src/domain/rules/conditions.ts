/* Conditions that several rows of the table of facts share. */

import { notPossible, type Refusal } from '../basics/refusal';
import type { FactType } from '../facts/catalogue';
import { openDeadlinesMetBy } from '../plan/deadlines';
import { hasGuardian } from '../plan/tasks';
import type { Edition } from '../policy/edition';
import { isUnaccompaniedMinor } from '../state/questions';
import type { Situation } from '../state/situation';

/** Facts of a Dublin case are possible only while that is the ground (docs/policy.md, section 3). */
export function onlyInDublinCases({ ground }: Situation): Refusal | null {
  return ground === 'dublin' ? null : notPossible('eligibilityDecided');
}

/** An unaccompanied minor's no has effect only with a guardian (docs/policy.md, rule 3). */
export function guardianPresent(situation: Situation, edition: Edition): Refusal | null {
  if (!isUnaccompaniedMinor(situation) || hasGuardian(situation, edition)) return null;
  return notPossible(...edition.tasks.filter(({ appointsGuardian }) => appointsGuardian === true).map(({ id }) => id));
}

/** A fact that meets a deadline is possible only while one of that kind is open, running or passed. */
export function whileItsDeadlineIsOpen(fact: FactType): (situation: Situation, edition: Edition) => Refusal | null {
  return (situation, edition) => {
    if (openDeadlinesMetBy(fact, situation, edition).length > 0) return null;
    return notPossible(...edition.deadlines.filter(({ metBy }) => metBy.includes(fact)).map(({ id }) => id));
  };
}
