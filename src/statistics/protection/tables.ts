/**
 * The shape of a table, which everybody knows. Each person is counted once: those who fit in no other row or column have one of their own. A
 * year and its quarters use the same names. A month is called "2026-07", and a column for the whole period may be called as the period. A row
 * that a table lacks counts 0 there.
 */
export interface Shape {
  readonly table: string;
  /** "2026" or "2026-Q3". */
  readonly period: string;
  /** The table says what became of people. There 0 tells of everybody, so 0 is hidden too. */
  readonly outcomes: boolean;
  /** All tables with this name count the same persons, so those of one period have the same total. */
  readonly population?: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

/** A table of counts that is to be published. */
export interface CountTable extends Shape {
  readonly counts: readonly (readonly number[])[];
}

/** The same table, protected: null where a number is hidden. */
export interface ProtectedTable extends Shape {
  readonly counts: readonly (readonly (number | null)[])[];
  readonly rowTotals: readonly (number | null)[];
  readonly columnTotals: readonly (number | null)[];
  readonly total: number | null;
}

/** A publication, which never changes. Its exact counts are those of that day, and nobody is shown them. */
export interface Frozen {
  readonly exact: CountTable;
  readonly shown: ProtectedTable;
}

/** Counts of 1 to 10 are hidden (ours). */
const largestSmallCount = 10;

/** Whether a number tells of so few persons that it is hidden. */
export function isSmall(count: number, { outcomes }: Pick<Shape, 'outcomes'>): boolean {
  return count <= largestSmallCount && (count > 0 || outcomes);
}

/** A table in which exactly the small counts and small totals are hidden. Alone this protects nothing. */
export function withoutSmallCounts(table: CountTable): ProtectedTable {
  const { counts, ...shape } = table;
  const shown = (count: number) => (isSmall(count, table) ? null : count);
  return {
    ...shape,
    counts: counts.map((row) => row.map(shown)),
    rowTotals: counts.map((row) => shown(sum(row))),
    columnTotals: table.columns.map((_, column) => shown(sum(counts.map((row) => row[column] ?? 0)))),
    total: shown(sum(counts.flat())),
  };
}

/** A table of which nothing is shown. The names of its rows would tell that somebody is counted there. */
export function withheld({ counts: _, ...shape }: CountTable): ProtectedTable {
  return { ...shape, rows: [], counts: [], rowTotals: [], columnTotals: shape.columns.map(() => null), total: null };
}

export function isWithheld({ rows, total }: ProtectedTable): boolean {
  return rows.length === 0 && total === null;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
