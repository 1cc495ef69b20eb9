import type { RefusalCode } from '../domain/basics/refusal';
import type { FactType } from '../domain/facts/catalogue';
import type { Stage } from '../domain/state/situation';
import type { PartnerStage } from '../domain/views/partner';

/** Why a request was refused: a rule of the policy, or one of casework's own reasons. */
export type RefusedCode =
  | RefusalCode
  | 'invalid-request'
  | 'other-office'
  | 'case-ended'
  | 'case-blocked'
  | 'no-answer'
  | 'too-many'
  | 'cursor-expired'
  | 'register-filling'
  | 'published-before';

/** One fault in a request. It never holds the value that was sent. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** The data with a code. */
export interface RefusedDetails {
  readonly faults?: readonly Fault[];
  /** The thing that is missing or out of bounds, where it is not the whole case. */
  readonly about?: 'deadline' | 'edition' | 'intake' | 'outage' | 'statistics';
  readonly stage?: Stage | PartnerStage;
  /** The publication that there is, by its id. */
  readonly publication?: string;
  readonly missing?: readonly string[];
  readonly allowedFacts?: readonly FactType[];
}

/** A request that was not carried out. Each front end turns the code and its data into its own answer. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly code: RefusedCode,
    readonly details: RefusedDetails = {},
  ) {
    super(code);
  }
}

/** A request that is not well formed, with all its faults. */
export function invalid(...faults: readonly Fault[]): Refused {
  return new Refused('invalid-request', { faults });
}
