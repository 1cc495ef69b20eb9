import type { Client } from '@temporalio/client';
import type { Role } from '../domain/basics/roles';

/** What the API is given; it reads no settings and opens no connection of its own. */
export interface ApiDeps {
  /** With our data converter, `triedOnce` and `asksLivingRuns`. */
  readonly client: Client;
  readonly staff: StaffList;
  /** Whose tokens count, and what they must be issued for. */
  readonly tokens: { readonly issuer: string; readonly audience: string };
  /** A fingerprint that only this installation can make: the same purpose and text always give the same bytes. */
  readonly hash: Hash;
  /** The edition for an intake that names none; left out, the current one. */
  readonly policyEdition: string | undefined;
  readonly publicUrl: string;
  readonly log: Log;
  /** Milliseconds since 1970; left out, the machine's clock. Tokens always expire by the machine's. */
  readonly clock?: () => number;
  /** How long the engine is waited for; left out, ten seconds. */
  readonly patienceMs?: number;
  /** Aborted when the service stops: whoever still waits for the engine is answered 503 at once. */
  readonly stopping?: AbortSignal;
}

export type Hash = (purpose: string, text: string) => Buffer;

/** Who works with the service, as far as the API needs to know. */
export interface StaffList {
  readonly staff: readonly StaffMember[];
  readonly offices: readonly { readonly id: string }[];
  /** The address of whoever runs the service; openapi.json names it. */
  readonly operations: string;
}

export interface StaffMember {
  readonly id: string;
  readonly roles: readonly Role[];
  /** Left out: they work nationally. */
  readonly office?: string | undefined;
  /** Of whom they are, where they are a partner's. */
  readonly partner?: string | undefined;
}

/** Where the API says what went wrong on our side; never what a case is about. */
export interface Log {
  error(fields: object, message: string): void;
}
