import type { Absences } from '../domain/basics/absence';
import type { Role } from '../domain/basics/roles';

/** The settings of one installation that casework needs. */
export interface Installation {
  readonly staff: StaffList;
  /** The edition for an intake that names none. Left out, it is the current one. */
  readonly policyEdition: string | undefined;
  /** A fingerprint that only this installation can make: the same purpose and text always give the same bytes. */
  readonly hash: Hash;
  /** Milliseconds since 1970; left out, the machine's clock. */
  readonly clock?: (() => number) | undefined;
}

export type Hash = (purpose: string, text: string) => Buffer;

/** The staff and the offices of an installation. */
export interface StaffList {
  readonly staff: readonly StaffMember[];
  readonly offices: readonly { readonly id: string }[];
}

export interface StaffMember extends Absences {
  readonly id: string;
  readonly roles: readonly Role[];
  /** Left out for staff who work nationally. */
  readonly office?: string | undefined;
  /** The organisation of a partner's member of staff. */
  readonly partner?: string | undefined;
}

/** The log of errors on our side. It holds nothing that a case is about. */
export interface Log {
  error(fields: object, message: string): void;
}
