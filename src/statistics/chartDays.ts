/* Median and quartiles of days, a row each. */

import type { CountsView } from './view';

export interface Days {
  readonly name: string;
  readonly lower: number | null;
  readonly median: number | null;
  readonly upper: number | null;
  /** The median and the quartiles beside the box; null where they are hidden. */
  readonly inWords: string | null;
}

/** The rows that somebody was counted in. */
export function daysOf({ columns, rows }: CountsView): readonly Days[] {
  const at = (code: string) => columns.findIndex((column) => column.code === code);
  return rows
    .map(({ name, counts }) => ({ name, of: (code: string) => counts[at(code)] ?? null }))
    .filter(({ of }) => of('persons') !== 0)
    .map(({ name, of }) => {
      const [lower, median, upper] = [of('lowerQuartile'), of('median'), of('upperQuartile')];
      const inWords = median === null ? null : `${round(median)} (${round(lower)}\u2013${round(upper)})`;
      return { name, lower, median, upper, inWords };
    });
}

function round(days: number | null): number {
  return Math.round((days ?? 0) * 10) / 10;
}
