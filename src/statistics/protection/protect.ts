/* Which numbers of a table may be published. */

/** The counts of one table for one period. `outcomes`: of what became of people, where a nought tells as much as a small number. */
export interface CountTable {
  readonly table: string;
  readonly period: string;
  readonly outcomes: boolean;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** The same table as it is published: null stands for a hidden number. */
export interface ProtectedTable {
  readonly table: string;
  readonly period: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly counts: readonly (readonly (number | null)[])[];
  readonly rowTotals: readonly (number | null)[];
  readonly columnTotals: readonly (number | null)[];
  readonly total: number | null;
}

/** The table with each small number hidden, and each total with a hidden part. */
export async function protect(
  { table, period, outcomes, rows, columns, counts }: CountTable,
  _published: readonly ProtectedTable[],
): Promise<ProtectedTable> {
  const shown = counts.map((row) => row.map((count) => (count > 10 || (count === 0 && !outcomes) ? count : null)));
  const sum = (numbers: readonly (number | null)[]) =>
    numbers.reduce((total, each) => (total === null || each === null ? null : total + each), 0);
  const rowTotals = shown.map(sum);
  const columnTotals = columns.map((_, place) => sum(shown.map((row) => row[place] ?? null)));
  return { table, period, rows, columns, counts: shown, rowTotals, columnTotals, total: sum(rowTotals) };
}
