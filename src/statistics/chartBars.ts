/* One bar for each row of a table with one column. */

import type { CountsView, RanksView } from './view';

export interface Bar {
  readonly name: string;
  /** Null: hidden. */
  readonly count: number | null;
  /** Whether it stands beside the others, as the sum of all other nationalities does. */
  readonly isBeside: boolean;
}

/** Of a table that is withheld there is one bar, which is hidden. */
export function barsOfCounts({ rows }: CountsView): readonly Bar[] {
  if (rows.length === 0) return [{ name: '', count: null, isBeside: false }];
  return rows.map(({ name, counts }) => ({ name, count: counts[0] ?? null, isBeside: false }));
}

export function barsOfRanks({ periods }: RanksView): readonly Bar[] {
  return periods.flatMap(({ rows, other, unknown }) => [
    ...rows.map(({ rank, name, count }) => ({ name: `${rank}. ${name}`, count, isBeside: false })),
    ...[other, unknown].flatMap((each) => (each === null ? [] : [{ ...each, isBeside: true }])),
  ]);
}
