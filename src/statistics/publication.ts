/* A table that is published: computed once for a period that is over, and frozen. */

import { setImmediate } from 'node:timers/promises';
import type { Instant } from '../domain/basics/calendar';
import type { Language } from '../domain/basics/language';
import { countTable, publishedDays, type Count, type Figures } from './figures';
import { rankings } from './nationalities';
import { monthsOf } from './periods';
import { protect, type Frozen } from './protection/protect';
import { kindOf, type TableId } from './tables';
import { countsInWords, ranksInWords, type StatisticView } from './view';

/** A publication as it is kept, by codes. */
export interface Publication {
  readonly id: string;
  /** Its place among all publications, from 1 on. */
  readonly number: number;
  readonly table: TableId;
  readonly period: string;
  readonly madeAt: Instant;
  readonly madeBy: string;
  readonly content: Content;
}

/** Counts as they are published, beside the exact ones, which nobody is shown: a later table has to be protected together with them. */
type Content = Frozen | { readonly days: Figures };

/** A publication without its exact counts, as people read it. */
export type ShownPublication = Omit<Publication, 'content'> & { readonly content: Pick<Frozen, 'shown'> | { readonly days: Figures } };

/** What a publication is made of. */
interface Order {
  readonly table: TableId;
  readonly period: string;
  readonly counts: readonly Count[];
  /** The counts of the whole year. */
  readonly ofYear: readonly Count[];
  readonly published: readonly Publication[];
}

/** The content of a publication: no small number can be computed from it, together with all that was published before. */
export async function publishable(order: Order): Promise<Content> {
  const { table, period, counts, published } = order;
  if (kindOf(table).shape === 'days') return { days: publishedDays(table, counts, monthsOf(period)) };
  const exact = countTable(table, period, withRowsOfTheYear(order), monthsOf(period));
  const frozen = published.flatMap(({ content }) => ('exact' in content ? [content] : []));
  // The solver computes for milliseconds at a time. In between other callers are answered.
  return { exact, shown: await protect(exact, frozen, setImmediate) };
}

/**
 * The nationalities of a period are those of its year, and of what was published of the year. So all tables of a year have the same rows, and
 * are protected together; and a row does not tell that there is somebody.
 */
function withRowsOfTheYear({ table, period, counts, ofYear, published }: Order): readonly Count[] {
  if (table !== 'nationality-year') return counts;
  const year = period.slice(0, 4);
  const named = published.flatMap((each) =>
    each.table === table && each.period.startsWith(year) && 'exact' in each.content ? each.content.exact.rows : [],
  );
  const unseen = new Set([...ofYear.map(({ row }) => row), ...named].filter((row) => counts.every((count) => count.row !== row)));
  return [...counts, ...[...unseen].map((row) => ({ row, column: year, amount: 0 }))];
}

/** A publication in words. */
export function publicationInWords({ table, period, madeAt, content }: ShownPublication, language: Language): StatisticView {
  const figures: Figures = 'days' in content ? content.days : content.shown;
  const occasion = { table, period, publishedAt: madeAt, madeAt, language };
  if (kindOf(table).shape !== 'ranks') return countsInWords(figures, occasion);
  return ranksInWords(rankings(figures, figures.rows.length), occasion);
}
