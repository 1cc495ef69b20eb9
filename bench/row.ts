import type { Contender } from './sides/side';

/** The measured value for each contender, by its name. A contender without anything to compare is left out. */
export type Values = Partial<Readonly<Record<Contender['name'], number>>>;

/** One figure: the value of our service, and the values of the others on the same server in the same run. */
export interface Row {
  readonly figure: string;
  readonly unit: string;
  readonly values: Values;
  /** The bound to meet; undefined if the figure is only reported. */
  readonly target?: Target;
}

/** The contenders that our service is compared with. */
export const others = ['naive', 'naiveSameAnswer', 'bare'] as const;
type Other = (typeof others)[number];

/** A bound on the ratio of our value to another's. */
export type Target =
  | { readonly to: Other; readonly atMost: number; readonly atLeast?: never }
  | { readonly to: Other; readonly atLeast: number; readonly atMost?: never };

/** The ratio of our value to another's; null if one of them is missing or zero. */
export function ratioOf({ values: { ours, ...rest } }: Row, other: Other): number | null {
  const figure = rest[other] ?? 0;
  return ours === undefined || figure === 0 ? null : ours / figure;
}

/** Whether the target is met; null if there is none. */
export function isMet(row: Row): boolean | null {
  const { target } = row;
  if (target === undefined) return null;
  const ratio = ratioOf(row, target.to);
  if (ratio === null) return null;
  return target.atMost === undefined ? ratio >= target.atLeast : ratio <= target.atMost;
}

export function asText({ to, atMost, atLeast }: Target): string {
  return `${atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`} of ${to}`;
}
