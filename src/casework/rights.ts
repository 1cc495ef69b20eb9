/* Rights to open and list cases, and who may join a team. Who may record a fact: `recordedBy` in domain/rules. */

import { isOneOf, worksFor, openers, type Caller } from '../domain/basics/roles';
import { Refused, type Fault } from './refused';
import type { StaffList } from './installation';
import { mayJoin, nobodyHere } from './requests/team';
import type { FactBody } from './requests/factShapes';

/** Refuses a caller who may not open a case of this office. */
export function refuseUnlessOpener(caller: Caller, office: string): void {
  if (!isOneOf(caller, openers)) throw new Refused('role-not-allowed');
  if (!worksFor(caller, office)) throw new Refused('other-office');
}

/** Refuses a caller who may not list the cases of this office. A partner sees a case of which they were notified, by its reference, and no list. */
export function refuseUnlessLister(caller: Caller, office: string | undefined): void {
  if (caller.partner !== undefined) throw new Refused('role-not-allowed');
  if (office !== undefined && !worksFor(caller, office)) throw new Refused('other-office');
}

/** The fault of a fact whose new member of the team holds the role neither in the office of the case nor nationally. */
export function faultsOfNewMember(staff: StaffList, fact: FactBody, office: string): readonly Fault[] {
  return mayJoin(staff, fact, office) ? [] : [{ path: 'staffId', message: nobodyHere }];
}
