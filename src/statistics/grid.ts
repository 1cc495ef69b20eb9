/* A table as lines of cells: what a sheet shows, and what somebody hears who does not see the chart. */

import type { Language } from '../domain/basics/language';
import { kindOf } from './tables';
import type { CountsView, RankedPeriod, RanksView, StatisticView } from './view';
import { someWords } from './words';

/** The cells of a table, the heading in front. */
export function gridOf(view: StatisticView, language: Language): readonly (readonly string[])[] {
  return 'periods' in view ? gridOfRanks(view, language) : gridOfCounts(view, language);
}

/** The same in words, a line each: `female: 2026 120, total 120`. */
export function linesOf(view: StatisticView, language: Language): readonly string[] {
  const [heading = [], ...lines] = gridOf(view, language);
  return lines.map(
    ([name = '', ...cells]) => `${name}: ${cells.map((cell, place) => `${heading[place + 1] ?? ''} ${cell}`.trim()).join(', ')}.`,
  );
}

function gridOfCounts({ table, columns, rows, totals }: CountsView, language: Language): readonly (readonly string[])[] {
  const words = (number: number | null) => numberInWords(number, language);
  const total = someWords.total[language];
  const hasYears = kindOf(table).columns === undefined;
  const heading = [hasYears ? '' : headingOf(table, language), ...columns.map(({ name }) => name)];
  if (totals === null) return [heading, ...rows.map(({ name, counts }) => [name, ...counts.map(words)])];
  return [
    [...heading, total],
    ...rows.map((row) => [row.name, ...row.counts.map(words), words(row.total)]),
    [total, ...totals.counts.map(words), words(totals.total)],
  ];
}

function headingOf(table: CountsView['table'], language: Language): string {
  if (table === 'offers') return someWords.month[language];
  return table === 'indication-to-offer' ? someWords.year[language] : '';
}

function gridOfRanks({ periods }: RanksView, language: Language): readonly (readonly string[])[] {
  const heading = (['year', 'rank', 'nationality', 'count', 'source'] as const).map((name) => someWords[name][language]);
  return [heading, ...periods.flatMap((period) => rowsOf(period, language))];
}

function rowsOf({ period, source, rows, other, unknown, total }: RankedPeriod, language: Language): readonly (readonly string[])[] {
  const words = (number: number | null) => numberInWords(number, language);
  const below = [other, unknown].flatMap((each) => (each === null ? [] : [[period, '', each.name, words(each.count), source]]));
  return [
    ...rows.map(({ rank, name, count }) => [period, String(rank), name, String(count), source]),
    ...below,
    ...(below.length === 0 ? [] : [[period, '', someWords.total[language], words(total), source]]),
  ];
}

function numberInWords(number: number | null, language: Language): string {
  return number === null ? someWords.hidden[language] : String(Math.round(number * 10) / 10);
}
