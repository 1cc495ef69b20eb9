import type { RightFact } from '../../domain/facts/catalogue';
import { isOneOf, worksFor, teamFromTheStart, type TeamRole } from '../../domain/basics/roles';
import type { StaffList } from '../installation';

export type Team = Readonly<Partial<Record<TeamRole, string>>>;

/** The fault of a staff id that may not hold the role. */
export const nobodyHere = 'nobody of that id holds this role here';

/** Whether a member of staff holds the role, in that office or nationally; without an office, anywhere. */
export function holdsRole({ staff }: StaffList, id: string, role: TeamRole, office?: string): boolean {
  const member = staff.find((each) => each.id === id);
  return member !== undefined && isOneOf(member, [role]) && (office === undefined || worksFor(member, office));
}

/** Whether everybody whom a fact puts on the team of an office holds the role there or nationally. The right fact of a correction counts too. */
export function mayJoin(staff: StaffList, fact: RightFact, office: string): boolean {
  const { type, with: right, staffId, role } = fact;
  if (type === 'corrected') return right === undefined || mayJoin(staff, right as RightFact, office);
  return type !== 'teamChanged' || holdsRole(staff, staffId as string, role as TeamRole, office);
}

/** The team of a new case: the members that the intake names, and for the other seats the office's first holder of the role. */
export function teamOf({ staff }: StaffList, office: string, named: Team): Team {
  const defaults = teamFromTheStart.flatMap((role) => {
    const first = staff.find((member) => member.office === office && member.roles.includes(role));
    return first === undefined ? [] : [[role, first.id] as const];
  });
  return { ...Object.fromEntries(defaults), ...named };
}

/** Everybody who may speak for the prosecution. */
export function prosecutorsAmong({ staff }: StaffList): string[] {
  return staff.filter((member) => isOneOf(member, ['prosecution'])).map(({ id }) => id);
}
