import { isSmall, sum, type CountTable, type ProtectedTable } from './tables';
import type { Term } from './solver';

/**
 * One number that belongs to the tables. `open`: shown, but may still be hidden. `shown`: stays so. `hidden`: null in its table. `derived`:
 * in no table, but it follows from those that are, such as the count of a quarter that is not published yet.
 */
export interface TableNumber {
  readonly kind: 'open' | 'shown' | 'hidden' | 'derived';
  readonly count: number;
  /** Everybody knows that the number is not smaller. */
  readonly least: number;
  readonly outcomes: boolean;
  readonly isTotal: boolean;
}

/** The numbers of tables, and the sums among them that everybody knows. A sum is a list of numbers, each times 1 or -1, that adds up to 0. */
export interface Knowledge {
  readonly numbers: TableNumber[];
  readonly sums: (readonly Term[])[];
}

/** A table, with the place of each number in the list of all numbers. The total of a single number is this number. */
export interface Placed {
  readonly table: CountTable;
  readonly counts: readonly (readonly number[])[];
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly total: number;
}

/** What people see of a table. */
export interface View {
  readonly shown: ProtectedTable;
  readonly mayHideMore: boolean;
}

/** Adds the numbers of a table to what is known, with the sums of its rows and columns. Without a view they are in no table. */
export function placeTable(known: Knowledge, table: CountTable, view: View | null): Placed {
  const { columns, outcomes } = table;
  const place = (count: number, shown: number | null | undefined, isTotal: boolean) => {
    const kind = kindOf(count, shown, view);
    return placeNumber(known, { kind, count, least: kind === 'derived' || isTotal || outcomes ? 0 : 1, outcomes, isTotal });
  };
  const total = (parts: readonly number[], shown: number | null | undefined) => {
    if (parts.length === 1 && parts[0] !== undefined) return parts[0];
    const whole = place(sum(parts.map((part) => countOf(known, part))), shown, true);
    addSum(known, [whole], parts);
    return whole;
  };
  const counts = table.counts.map((row, r) => row.map((count, c) => place(count, view?.shown.counts[r]?.[c], false)));
  const rowTotals = counts.map((row, r) => total(row, view?.shown.rowTotals[r]));
  const columnTotals = columns.map((_, c) =>
    total(
      counts.map((row) => row[c] ?? 0),
      view?.shown.columnTotals[c],
    ),
  );
  return { table, counts, rowTotals, columnTotals, total: total(columns.length === 1 ? columnTotals : rowTotals, view?.shown.total) };
}

function kindOf(count: number, shown: number | null | undefined, view: View | null): TableNumber['kind'] {
  if (view === null) return 'derived';
  if (shown === null) return 'hidden';
  return view.mayHideMore && count > 0 ? 'open' : 'shown';
}

/** Adds the number that is left of the first numbers after the others. After a correction it may be less than nothing, which shows as 0. */
export function placeRemainder(known: Knowledge, whole: readonly number[], parts: readonly number[], outcomes: boolean): void {
  const count = Math.max(0, sum(whole.map((each) => countOf(known, each))) - sum(parts.map((each) => countOf(known, each))));
  const rest = placeNumber(known, { kind: 'derived', count, least: 0, outcomes, isTotal: false });
  addSum(known, whole, [...parts, rest]);
}

export function addSum(known: Knowledge, whole: readonly number[], parts: readonly number[]): void {
  known.sums.push([...whole.map((quantity) => ({ quantity, factor: 1 })), ...parts.map((quantity) => ({ quantity, factor: -1 }))]);
}

export function countOf(known: Knowledge, number: number): number {
  return known.numbers[number]?.count ?? 0;
}

function placeNumber(known: Knowledge, number: TableNumber): number {
  return known.numbers.push(number) - 1;
}

/** Whether a number has to be kept from being known: it is hidden, or it is in no table and may be a small one. */
export function isSecretBetween({ kind, count, outcomes }: TableNumber, lowest: number, highest: number): boolean {
  if (kind !== 'derived') return true;
  for (let value = count + lowest; value <= count + highest; value += 1) if (isSmall(value, { outcomes })) return true;
  return false;
}
