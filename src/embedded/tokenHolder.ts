/** A member of the demo staff, with the data that a token carries. */
export interface TokenHolder {
  readonly id: string;
  readonly roles: readonly string[];
  readonly office?: string | undefined;
  readonly partner?: string | undefined;
}
