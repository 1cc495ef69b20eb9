/* Roles, callers and parties. Who may do what: `rights/`. */

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
  /** Staff ids of the absent colleagues for whom they stand in today. */
  readonly standsInFor?: readonly string[] | undefined;
}

/** A party that may record a fact: a role, any partner, or one partner by name. */
export type Party = Exclude<Role, 'rapporteur' | 'auditor'> | `partner:${string}`;

/** The three roles that work with the person every day (docs/policy.md, section 3). */
export const staff = ['caseworker', 'careCoordinator', 'returnCounsellor'] as const satisfies readonly Party[];

/** Whether the caller is one of the parties. The military police (KMar) have the powers of the police (WBV23). */
export function isOneOf(caller: Pick<Caller, 'roles' | 'partner'>, parties: readonly Party[]): boolean {
  return parties.some(
    (party) =>
      caller.roles.some((role) => role === party || (role === 'kmar' && party === 'police')) ||
      (caller.partner !== undefined && party === `partner:${caller.partner}`),
  );
}

/** The roles that investigate crime. Nobody tells them of a person without the person's word (docs/policy.md, section 3). */
const investigators: readonly Party[] = ['police', 'kmar', 'inspectorate', 'prosecution'];

export function isInvestigator(role: Role): boolean {
  return investigators.some((each) => each === role);
}

/** Whether only people who investigate are among the parties. */
export function areInvestigators(parties: readonly Party[]): boolean {
  return parties.every((party) => investigators.includes(party));
}
