/* The view of an intake. */

import type { CaseFile, CaseStart } from '../case/caseFile';
import { isOneOf, teamRoles, type Caller } from '../basics/roles';
import type { Team } from '../state/situation';

/** The registered data of a person, by whom and when they were registered, and the edition of the case. */
export interface IntakeView extends Pick<CaseStart, 'reference' | 'office' | 'registeredAt' | 'registeredBy' | 'indication' | 'person'> {
  readonly policyEdition: string;
}

/** The intake of a case, for its team alone: nobody else who may see the case needs it for their work. */
export function intakeView({ start, situation }: CaseFile, caller: Caller): IntakeView | 'role-not-allowed' {
  if (!isOfTheTeam(caller, situation.team)) return 'role-not-allowed';
  const { reference, office, registeredAt, registeredBy, indication, person, edition } = start;
  return { reference, office, policyEdition: edition.edition, registeredAt, registeredBy, indication, person };
}

/** By id and role: the user of a partner may bear the id of one of the staff. */
function isOfTheTeam(caller: Caller, team: Team): boolean {
  return teamRoles.some((role) => team[role]?.staffId === caller.id && isOneOf(caller, [role]));
}
