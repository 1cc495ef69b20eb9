/* The figures of a table, by codes: as they were counted, or as they are published. */

import { eachMonth, eachYear, type Months } from './periods';
import type { CountTable, ProtectedTable } from './protection/protect';
import { kindOf, type TableId } from './tables';

/** One number of a table, as the database counts it. */
export interface Count {
  readonly row: string;
  readonly column: string;
  readonly amount: number;
}

/** The figures of a table. Null is a number that is hidden, or a median of fewer persons than a median is made of. */
export type Figures = Pick<ProtectedTable, 'rows' | 'columns' | 'counts' | 'rowTotals' | 'columnTotals' | 'total'>;

/** The figures as they were counted. */
export function exactFigures(table: TableId, counts: readonly Count[], months: Months): Figures {
  const { rows, columns } = axesOf(table, counts, months);
  const cells = cellsOf({ rows, columns }, counts);
  if (kindOf(table).shape === 'days')
    return withoutTotals({ rows, columns, counts: cells.map(([persons, ...days]) => [persons ?? 0, ...days]) });
  const numbers = cells.map((row) => row.map((cell) => cell ?? 0));
  const rowTotals = numbers.map(sumOf);
  const columnTotals = columns.map((_, place) => sumOf(numbers.map((row) => row[place] ?? 0)));
  return { rows, columns, counts: numbers, rowTotals, columnTotals, total: sumOf(rowTotals) };
}

/** The counts of one period, to be protected. Its months and answers stay; of years there is one. */
export function countTable(table: TableId, period: string, counts: readonly Count[], months: Months): CountTable {
  const { rows, columns } = axesOf(table, counts, months);
  const numbers = cellsOf({ rows, columns }, counts).map((row) => row.map((cell) => cell ?? 0));
  const named = kindOf(table).columns === undefined ? [period] : columns;
  const { outcomes, population } = kindOf(table);
  return { table, period, outcomes, ...(population === undefined ? {} : { population }), rows, columns: named, counts: numbers };
}

/** Median and quartiles for publication. How many persons they are of is not told: other tables count the same persons. */
export function publishedDays(table: TableId, counts: readonly Count[], months: Months): Figures {
  const { rows } = axesOf(table, counts, months);
  const columns = ['lowerQuartile', 'median', 'upperQuartile'];
  return withoutTotals({ rows, columns, counts: cellsOf({ rows, columns }, counts) });
}

type Axes = Pick<Figures, 'rows' | 'columns'>;

/** The rows and columns: those that the table always has, and every other code that was counted. */
function axesOf(table: TableId, counts: readonly Count[], months: Months): Axes {
  const { rows, columns = eachYear(months) } = kindOf(table);
  const counted = [...new Set(counts.map(({ row }) => row))].toSorted();
  if (table === 'nationality-year') return { rows: counted, columns };
  const known = rows ?? (table === 'offers' ? eachMonth : eachYear)(months);
  return { rows: [...known, ...counted.filter((code) => !known.includes(code))], columns };
}

function cellsOf({ rows, columns }: Axes, counts: readonly Count[]): readonly (readonly (number | null)[])[] {
  const amounts = new Map(counts.map(({ row, column, amount }) => [`${row} ${column}`, amount]));
  return rows.map((row) => columns.map((column) => amounts.get(`${row} ${column}`) ?? null));
}

function withoutTotals(figures: Pick<Figures, 'rows' | 'columns' | 'counts'>): Figures {
  return { ...figures, rowTotals: [], columnTotals: [], total: null };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
