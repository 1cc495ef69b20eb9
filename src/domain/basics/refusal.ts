/** Why a fact was not recorded. Nothing changed. */
export class Refusal {
  constructor(
    readonly code: RefusalCode,
    /** What has to be there first: facts, tasks or consents by name. */
    readonly missing: readonly string[] = [],
  ) {}
}

/** The closed set of codes (docs/policy.md, section 9); the API answers them with 409, but for the first three. */
export const refusalCodes = [
  'not-found',
  'role-not-allowed',
  'date-in-future',
  'idempotency-key-reused',
  'fact-not-possible',
  'unknown-task',
  'date-before-start',
  'already-recorded',
  'no-second-period',
  'not-renewable',
  'same-person',
  'no-proposal',
  'later-fact-depends',
  'case-full',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** The fact is not possible in this stage, or not before what is missing. */
export function notPossible(...missing: readonly string[]): Refusal {
  return new Refusal('fact-not-possible', missing);
}
