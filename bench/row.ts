import type { Door } from './sides/side';

/** What was measured of each, by its name; whatever has nothing to compare is left out. */
export type Values = Partial<Readonly<Record<Door['name'], number>>>;

/** One measured figure: what our service needs, and what the others need on the same server in the same run. */
export interface Row {
  readonly figure: string;
  readonly unit: string;
  readonly values: Values;
  /** What has to hold; left out where a figure is only told. */
  readonly target?: Target;
}

/** Those that ours is held against. */
export const others = ['naive', 'naiveSameAnswer', 'bare'] as const;
type Other = (typeof others)[number];

/** A bound on how many times the other's figure ours is. */
export type Target =
  | { readonly to: Other; readonly atMost: number; readonly atLeast?: never }
  | { readonly to: Other; readonly atLeast: number; readonly atMost?: never };

/** How many times the other's figure ours is; null where one of them is missing or nothing. */
export function ratioOf({ values: { ours, ...rest } }: Row, other: Other): number | null {
  const figure = rest[other] ?? 0;
  return ours === undefined || figure === 0 ? null : ours / figure;
}

/** Whether the target holds; null where there is none. */
export function isHeld(row: Row): boolean | null {
  const { target } = row;
  if (target === undefined) return null;
  const ratio = ratioOf(row, target.to);
  if (ratio === null) return null;
  return target.atMost === undefined ? ratio >= target.atLeast : ratio <= target.atMost;
}

export function inWords({ to, atMost, atLeast }: Target): string {
  return `${atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`} of ${to}`;
}
