/* The table of nationalities as it is published: ranks are dense, and equal counts share one row. */

import type { Figures } from './figures';

/** The nationalities of one year or period. */
export interface Ranking {
  readonly period: string;
  /** Who counted: the service, or what an import names. */
  readonly source: string;
  readonly rows: readonly RankedRow[];
  /** Persons of other nationalities than the rows name, and of unknown ones. Null: hidden, or not known of an imported year. */
  readonly other: number | null;
  readonly unknown: number | null;
  readonly total: number | null;
  /** Whether numbers are hidden among the others. */
  readonly hidesSome: boolean;
}

export interface RankedRow {
  readonly rank: number;
  /** Several, where their counts are equal; the count is that of each. */
  readonly nationalities: readonly string[];
  readonly count: number;
}

/** A year that others published. */
export interface ImportedNationality {
  readonly year: number;
  readonly rank: number;
  readonly nationality: string;
  readonly count: number;
  readonly source: string;
}

export const ownSource = 'service';
const unknownNationality = 'ZZ';

/** Each column of the figures as a ranking of its first rows; a tie at the last shows all of it, since they share a row. */
export function rankings({ rows, columns, counts, columnTotals }: Figures, top: number): readonly Ranking[] {
  return columns.map((period, place) => {
    const column = rows.map((nationality, row) => ({ nationality, count: counts[row]?.[place] ?? null }));
    const known = column.filter(({ nationality }) => nationality !== unknownNationality);
    const shown = ranked(known.flatMap(({ nationality, count }) => (count === null || count === 0 ? [] : [{ nationality, count }]))).slice(
      0,
      top,
    );
    const unknown = column.find(({ nationality }) => nationality === unknownNationality)?.count;
    const total = columnTotals[place] ?? null;
    const named = shown.reduce((sum, { nationalities, count }) => sum + nationalities.length * count, 0);
    const other = total === null ? null : total - named - (unknown ?? 0);
    return {
      period,
      source: ownSource,
      rows: shown,
      other,
      unknown: unknown ?? (unknown === undefined ? 0 : null),
      total,
      hidesSome: column.some(({ count }) => count === null),
    };
  });
}

/** The rankings of years that others published, as they ranked them. They say nothing of other nationalities. */
export function importedRankings(imported: readonly ImportedNationality[], top: number): readonly Ranking[] {
  const years = [...new Set(imported.map(({ year }) => year))].toSorted((one, other) => one - other);
  return years.map((year) => {
    const ofYear = imported.filter((each) => each.year === year);
    const sources = [...new Set(ofYear.map(({ source }) => source))].join(', ');
    return {
      period: String(year),
      source: sources,
      rows: ranked(ofYear).slice(0, top),
      other: null,
      unknown: null,
      total: null,
      hidesSome: false,
    };
  });
}

/** Dense ranks: equal counts share a rank, and the next rank follows at once. */
export function ranked(counts: readonly { readonly nationality: string; readonly count: number }[]): readonly RankedRow[] {
  const sizes = [...new Set(counts.map(({ count }) => count))].toSorted((one, other) => other - one);
  return sizes.map((count, place) => ({
    rank: place + 1,
    nationalities: counts.filter((each) => each.count === count).map(({ nationality }) => nationality),
    count,
  }));
}
