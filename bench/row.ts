/** One measured figure: what our service needs, and beside it what the bare workflow needs on the same server in the same run. */
export interface Row {
  readonly figure: string;
  readonly unit: string;
  readonly ours: number;
  /** Null where a bare workflow has nothing to compare. */
  readonly bare: number | null;
  /** What has to hold; null where a figure is only told. */
  readonly target: Target | null;
}

/** A bound, on how many times the bare figure ours is or on ours alone. */
export type Target =
  | { readonly of: 'ratio' | 'ours'; readonly atMost: number; readonly atLeast?: never }
  | { readonly of: 'ratio' | 'ours'; readonly atLeast: number; readonly atMost?: never };

export function ratioOf({ ours, bare }: Row): number | null {
  return bare === null || bare === 0 ? null : ours / bare;
}

/** Whether the target holds; null where there is none. */
export function isHeld(row: Row): boolean | null {
  const { target } = row;
  if (target === null) return null;
  const value = target.of === 'ours' ? row.ours : ratioOf(row);
  if (value === null) return null;
  return target.atMost === undefined ? value >= target.atLeast : value <= target.atMost;
}

export function inWords({ of, atMost, atLeast }: Target): string {
  return `${of} ${atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`}`;
}
