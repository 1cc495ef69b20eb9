/* Rights: who may do what with which case (docs/rights.md). Who may record a fact: `recordedBy` in the table of facts. */

import { isInvestigator, type Caller, type Role } from '../basics/roles';
import type { Team } from '../state/situation';

export const actions = [
  'open',
  'list',
  'read',
  'tell',
  'intake',
  'tasks',
  'board',
  'forecast',
  'outages',
  'lateMoments',
  'accessLog',
  'decode',
  'statistics',
] as const;
export type Action = (typeof actions)[number];

/**
 * How far a right goes. `figures`: to no case, only to figures about all of them. `metadata`: to no word of a case, only to what Temporal has in
 * clear. `exact`: to the figures as they are counted, and as they are published. `published`: only to those that are published.
 */
type Reach = 'team' | 'office' | 'nation' | 'told' | 'figures' | 'metadata' | 'exact' | 'published';

const inTheOffice = { list: 'office', read: 'office', tell: 'office', intake: 'team', tasks: 'office' } as const;
const inTheNation = { list: 'nation', read: 'nation', tell: 'nation', tasks: 'nation', forecast: 'nation' } as const;
const overTheOffice = { board: 'office', forecast: 'office', outages: 'office', lateMoments: 'office', accessLog: 'office' } as const;

/** THE TABLE OF RIGHTS. A right that a row does not name is not for that role, whichever the case. */
export const rights: Readonly<Record<Role, Readonly<Partial<Record<Action, Reach>>>>> = {
  caseworker: { open: 'office', ...inTheOffice },
  careCoordinator: { open: 'office', ...inTheOffice },
  police: { open: 'office', ...inTheOffice },
  returnCounsellor: inTheOffice,
  lawyer: inTheOffice,
  supervisor: { open: 'office', ...inTheOffice, intake: 'office', ...overTheOffice, decode: 'office', statistics: 'published' },
  kmar: { open: 'nation', ...inTheNation },
  inspectorate: { open: 'nation', ...inTheNation },
  ind: inTheNation,
  prosecution: inTheNation,
  auditor: { accessLog: 'nation', outages: 'nation', decode: 'metadata', statistics: 'published' },
  rapporteur: { read: 'figures', statistics: 'exact' },
  partner: { read: 'told', tell: 'told' },
};

/** Whoever registered a case reads for so long what they registered; ours. */
export const registrantReadsFor = 'PT24H';

/** What decides who reaches a case. A part that is not known is left out, and then nobody reaches the case by it. */
export interface Where {
  readonly office: string;
  /** Whether the police may not know of the case (docs/policy.md, section 3). */
  readonly hidden: boolean;
  readonly team?: Team | undefined;
  /** Who registered the case less than a day ago. */
  readonly registrant?: string | undefined;
  /** The partners who were told of the case, and may still know of it. */
  readonly told?: readonly string[] | undefined;
}

/** `hidden`: for this caller there is no such case. `not-allowed`: the caller may know of the case, or the right is for none of their roles. */
export type Answer = 'yes' | 'hidden' | 'not-allowed';

/** Whether a caller may do something with a case: by the best of their roles. */
export function may(caller: Caller, action: Action, where: Where): Answer {
  if (mayNever(caller, action)) return 'not-allowed';
  if (caller.roles.some((role) => reaches(caller, role, action, where))) return 'yes';
  return action !== 'read' && may(caller, 'read', where) === 'yes' ? 'not-allowed' : 'hidden';
}

/** Whether a right is for none of a caller's roles. No case has to be looked at, so the answer tells nothing of any. */
export function mayNever({ roles }: Pick<Caller, 'roles'>, action: Action): boolean {
  return roles.every((role) => rights[role][action] === undefined);
}

/** Whether a caller reads statistics: as they are counted, or as they are published. No case is reached by that. */
export function readsStatistics({ roles }: Pick<Caller, 'roles'>, how: 'exact' | 'published'): boolean {
  return roles.some((role) => rights[role].statistics === 'exact' || rights[role].statistics === how);
}

/** Whether a caller reads all of a case. A partner reads the part that is for partners. */
export function readsAll(caller: Caller, where: Where): boolean {
  return (
    may(
      withRoles(caller, (role) => role !== 'partner'),
      'read',
      where,
    ) === 'yes'
  );
}

/** Whether a caller reads the cases of an office of which the police may not know. */
export function readsHidden(caller: Caller, office: string): boolean {
  return may(caller, 'read', { office, hidden: true }) === 'yes';
}

/**
 * The caller with the roles by which they reach a case: nobody acts for another office by a role that ends at their own. Of a hidden case
 * the table of facts says what the police may not do.
 */
export function actingIn(caller: Caller, where: Where): Caller {
  return withRoles(caller, (role) => reaches(caller, role, 'tell', { ...where, hidden: false }));
}

function withRoles({ id, roles, office, partner }: Caller, isKept: (role: Role) => boolean): Caller {
  const kept = roles.filter(isKept);
  return { id, roles: kept, office, ...(kept.includes('partner') ? { partner } : {}) };
}

function reaches(caller: Caller, role: Role, action: Action, where: Where): boolean {
  const reach = rights[role][action];
  if (reach === undefined || (where.hidden && isInvestigator(role))) return false;
  switch (reach) {
    case 'team':
      return caller.office === where.office && isOfTheTeam(caller, where);
    case 'office':
      return caller.office === where.office;
    case 'nation':
      return true;
    case 'told':
      return caller.partner !== undefined && where.told?.includes(caller.partner) === true;
    case 'figures':
    case 'metadata':
    case 'exact':
    case 'published':
      return false;
  }
}

/** Whether a caller holds a role in the team, stands in today for an absent member, or registered the case. */
function isOfTheTeam({ id, roles, standsInFor = [] }: Caller, { team = {}, registrant }: Where): boolean {
  const holds = roles.some((role) => team[role as keyof Team]?.staffId === id);
  return holds || id === registrant || Object.values(team).some(({ staffId }) => standsInFor.includes(staffId));
}
