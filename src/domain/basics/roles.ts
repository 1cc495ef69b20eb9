/* Roles, callers and parties: who may act on a case, and who may see it. */

export const roles = [
  'caseworker',
  'careCoordinator',
  'police',
  'kmar',
  'inspectorate',
  'prosecution',
  'ind',
  'lawyer',
  'returnCounsellor',
  'supervisor',
  'rapporteur',
  'auditor',
  'partner',
] as const;
export type Role = (typeof roles)[number];

/** The roles of people who work for the whole country; everybody else belongs to an office. */
export const nationalRoles = [
  'kmar',
  'inspectorate',
  'ind',
  'prosecution',
  'rapporteur',
  'auditor',
  'partner',
] as const satisfies readonly Role[];

/** Whether these roles need no office: there is at least one, and each is national. */
export function areNational(held: readonly Role[]): boolean {
  return held.length > 0 && held.every((role) => nationalRoles.some((each) => each === role));
}

/** The roles that a case's team can have; reminders go to their holders. */
export const teamRoles = ['caseworker', 'careCoordinator', 'police', 'supervisor', 'lawyer', 'returnCounsellor'] as const;
export type TeamRole = (typeof teamRoles)[number];

/** The roles that every case has from the start; so each office has one of each. */
export const teamFromTheStart = ['caseworker', 'careCoordinator', 'police', 'supervisor'] as const satisfies readonly TeamRole[];

/**
 * The addressee of mail for a role that nobody holds. No directory knows this name, so the letter is forwarded to the office's duty
 * mailbox, as a letter to an unknown person is (docs/policy.md, section 5).
 */
export const dutyMailbox = 'dutyMailbox';

/** Whether an addressee is the address of a shared mailbox. A member of staff is named by a staff id. */
export function isMailboxAddress(addressee: string): boolean {
  return addressee.includes('@');
}

/** Somebody who has logged in. Without an office: national roles only, which the login makes sure of. */
export interface Caller {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly office?: string | undefined;
  readonly partner?: string | undefined;
}

/** A party that may record a fact: a role, any partner, or one partner by name. */
export type Party = Exclude<Role, 'rapporteur' | 'auditor'> | `partner:${string}`;

/** The three roles that work with the person every day (docs/policy.md, section 3). */
export const staff = ['caseworker', 'careCoordinator', 'returnCounsellor'] as const satisfies readonly Party[];

/** Who may open a case. */
export const openers = [
  'caseworker',
  'careCoordinator',
  'police',
  'kmar',
  'inspectorate',
  'supervisor',
] as const satisfies readonly Party[];

/** Whether the caller is one of the parties. The military police (KMar) have the powers of the police (WBV23). */
export function isOneOf(caller: Pick<Caller, 'roles' | 'partner'>, parties: readonly Party[]): boolean {
  return parties.some(
    (party) =>
      caller.roles.some((role) => role === party || (role === 'kmar' && party === 'police')) ||
      (caller.partner !== undefined && party === `partner:${caller.partner}`),
  );
}

/** Whether somebody works on cases. Partners know what they are notified of; rapporteur and auditor only look on. */
export function worksOnCases({ roles: held }: Caller): boolean {
  return held.some((role) => role !== 'partner' && role !== 'rapporteur' && role !== 'auditor');
}

/** The roles that investigate crime. Nobody tells them of a person without the person's word (docs/policy.md, section 3). */
const investigators: readonly Party[] = ['police', 'kmar', 'inspectorate', 'prosecution'];

/** Whether somebody does nothing else than investigate; also somebody without any role, who may see no more than that. */
export function onlyInvestigates({ roles: held }: Pick<Caller, 'roles'>): boolean {
  return held.every((role) => investigators.includes(role as Party));
}

/** Whether only people who investigate are among the parties. */
export function areInvestigators(parties: readonly Party[]): boolean {
  return parties.every((party) => investigators.includes(party));
}

/** Whether somebody works for the office of a case, or for the whole country. */
export function worksFor(caller: Pick<Caller, 'office'>, office: string): boolean {
  return caller.office === undefined || caller.office === office;
}

/** Where a case belongs, and whether the police may not know of it. */
export interface Visibility {
  readonly office: string;
  readonly hidden: boolean;
}

/**
 * A case is seen by its own office and by national roles. A hidden case is seen by nobody who only investigates. For everybody else it does
 * not exist.
 */
export function maySee(caller: Caller, { office, hidden }: Visibility): boolean {
  return worksFor(caller, office) && !(hidden && onlyInvestigates(caller));
}
