import type { Contender } from './sides/side';

/** The measured value for each contender, by its name. A contender without anything to compare is left out. */
export type Values = Partial<Readonly<Record<Contender['name'], number>>>;

/** One figure: the value of our service, and the values of the others on the same server in the same run. */
export interface Row {
  readonly figure: string;
  readonly unit: string;
  readonly values: Values;
  /** The bounds to meet, all of them; left out if the figure is only reported. */
  readonly targets?: readonly Target[];
}

/** The contenders that our service is compared with. */
export const others = ['naive', 'naiveSameAnswer', 'bare'] as const;
type Other = (typeof others)[number];

/** A bound on our value, or on its ratio to another's. */
export type Target = { readonly to?: Other } & (
  { readonly atMost: number; readonly atLeast?: never } | { readonly atLeast: number; readonly atMost?: never }
);

/** The ratio of our value to another's; null if one of them is missing or zero. */
export function ratioOf({ values: { ours, ...rest } }: Row, other: Other): number | null {
  const figure = rest[other] ?? 0;
  return ours === undefined || figure === 0 ? null : ours / figure;
}

/** Whether the targets are met; null if there are none, or nothing to hold them against. */
export function isMet(row: Row): boolean | null {
  const met = (row.targets ?? []).map((target) => isMetBy(row, target));
  return met.length === 0 || met.includes(null) ? null : !met.includes(false);
}

function isMetBy(row: Row, { to, atMost, atLeast }: Target): boolean | null {
  const value = to === undefined ? (row.values.ours ?? null) : ratioOf(row, to);
  if (value === null) return null;
  return atMost === undefined ? value >= atLeast : value <= atMost;
}

/** The targets in words, as `at most 1.45 of naive`; null if there are none. */
export function asText({ unit, targets = [] }: Row): string | null {
  const words = targets.map(({ to, atMost, atLeast }) => {
    const bound = atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`;
    return to === undefined ? `${bound} ${unit}` : `${bound} of ${to}`;
  });
  return words.length === 0 ? null : words.join(', ');
}
