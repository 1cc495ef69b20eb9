import type { RightFact } from '../../domain/facts/catalogue';
import { isOneOf, teamFromTheStart, type TeamRole } from '../../domain/basics/roles';
import type { CaseStart } from '../../domain/case/caseFile';
import type { OfficeTeam } from '../../domain/facts/recordedFact';
import type { StaffList, StaffMember } from '../installation';
import type { Fault } from '../refused';

export type Team = Readonly<Partial<Record<TeamRole, string>>>;

/** Whether a member of staff works for an office, or for the whole country. */
export function worksFor({ office }: Pick<StaffMember, 'office'>, of: string): boolean {
  return office === undefined || office === of;
}

/** The fault of a staff id that may not hold the role. */
export const nobodyHere = 'nobody of that id holds this role here';

/** Whether a member of staff holds the role, in that office or nationally; without an office, anywhere. */
export function holdsRole({ staff }: StaffList, id: string, role: TeamRole, office?: string): boolean {
  const member = staff.find((each) => each.id === id);
  return member !== undefined && isOneOf(member, [role]) && (office === undefined || worksFor(member, office));
}

/** The fact that a request leads to: of a correction its right fact, however deep; none if it takes a fact back. */
function ledToBy(fact: RightFact): RightFact | undefined {
  if (fact.type !== 'corrected') return fact;
  return fact['with'] === undefined ? undefined : ledToBy(fact['with'] as RightFact);
}

/** The fault of a fact whose new member of the team holds the role neither in the office of the case nor nationally. */
export function faultsOfNewMember(staff: StaffList, fact: RightFact, office: string): readonly Fault[] {
  const named = ledToBy(fact);
  const mayJoin = named?.type !== 'teamChanged' || holdsRole(staff, named['staffId'] as string, named['role'] as TeamRole, office);
  return mayJoin ? [] : [{ path: 'staffId', message: nobodyHere }];
}

/** Those whose own finding a person is. They may pass on what they find; nobody else may tell them (docs/policy.md, section 3). */
const finders: readonly CaseStart['indication']['by'][] = ['police', 'kmar', 'labourInspectorate'];

/** Whether the police may not know of a case that begins like this. Whoever tells it may go on reading it. */
export function hidesFromPolice(metBy: CaseStart['indication']['by'], tellerReadsHidden: boolean): boolean {
  return !finders.includes(metBy) && tellerReadsHidden;
}

/** The default team of an office: its first holder of each role. */
export function defaultTeamOf({ staff }: StaffList, office: string): Team {
  const defaults = teamFromTheStart.flatMap((role) => {
    const first = staff.find((member) => member.office === office && member.roles.includes(role));
    return first === undefined ? [] : [[role, first.id] as const];
  });
  return Object.fromEntries(defaults);
}

/** The team of a new case: the members that the intake names, and for the other seats the office's default. A hidden case has no police. */
export function teamOf(staff: StaffList, office: string, named: Team, hiddenFromPolice: boolean): Team {
  const team = { ...defaultTeamOf(staff, office), ...named };
  return hiddenFromPolice ? withoutPolice(team) : team;
}

export function withoutPolice({ police: _, ...others }: Team): Team {
  return others;
}

/** Whether a fact may put somebody on the team: whom it names, or the default holder of a role. */
export function putsSomebodyOnTheTeam(fact: RightFact): boolean {
  return ledToBy(fact)?.type === 'teamChanged' || officeThatComesIn(fact) !== undefined;
}

/**
 * The default team that may come in with a fact: of the office of the case, or of the office to which the fact moves the case. The case
 * keeps it with the fact, since the staff of an office change.
 */
export function teamThatComesIn(fact: RightFact, ofTheCase: string, teamIn: (office: string) => Team): OfficeTeam | undefined {
  const office = officeThatComesIn(fact)?.(ofTheCase);
  return office === undefined ? undefined : { office, members: teamIn(office) };
}

/** The office whose default team may come in with a fact, given the office of the case; none for most facts. */
function officeThatComesIn(fact: RightFact): ((ofTheCase: string) => string) | undefined {
  const right = ledToBy(fact);
  const office = right?.type === 'intakeCorrected' ? right['office'] : undefined;
  if (typeof office === 'string') return () => office;
  const opens = right?.type === 'departedUnknown' || (right?.type === 'consentGiven' && right['purpose'] === 'policeContact');
  return opens ? (ofTheCase) => ofTheCase : undefined;
}

/** Everybody who may speak for the prosecution. */
export function prosecutorsAmong({ staff }: StaffList): string[] {
  return staff.filter((member) => isOneOf(member, ['prosecution'])).map(({ id }) => id);
}
