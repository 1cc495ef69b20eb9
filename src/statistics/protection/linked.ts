import { addSum, countOf, placeRemainder, placeTable, type Knowledge, type Placed, type View } from './numbers';
import { isWithheld, sum, withoutSmallCounts, type CountTable, type Frozen, type Shape } from './tables';

/** Everything that people know once the table is published, beside the publications that overlap it. */
export function whatIsKnown(table: CountTable, frozen: readonly Frozen[]): { readonly known: Knowledge; readonly placed: Placed } {
  const known: Knowledge = { numbers: [], sums: [] };
  const place = (each: CountTable, view: View) => placeTable(known, each, view);
  const placed = place(table, { shown: withoutSmallCounts(table), mayHideMore: true });
  const others = frozen
    .filter(({ exact, shown }) => !isWithheld(shown) && isLinked(table, exact))
    .map(({ exact, shown }) => place(exact, { shown, mayHideMore: false }));
  const all = [placed, ...others];
  linkYears(known, all);
  linkPopulation(known, all);
  return { known, placed };
}

/** Tables are linked if they count the same persons in the same year, or are one table of one year. */
function isLinked(one: Shape, other: Shape): boolean {
  const samePersons = one.table === other.table || (one.population !== undefined && one.population === other.population);
  return samePersons && yearOf(one) === yearOf(other);
}

function yearOf({ period }: Shape): string {
  return period.slice(0, 4);
}

function isYear({ period }: Shape): boolean {
  return period.length === 4;
}

/** A count of the year is the sum of the counts of its quarters. */
function linkYears(known: Knowledge, placed: readonly Placed[]): void {
  for (const year of placed.filter(({ table }) => isYear(table))) {
    const quarters = placed.filter(({ table }) => table.table === year.table.table && !isYear(table));
    if (quarters.length === 0) continue;
    quarters.forEach(({ table }) => haveTheSameColumns(year.table, table));
    const rest = quarters.length < 4 ? [restOfTheYear(known, year, quarters)] : [];
    for (const row of namesIn([year, ...quarters], 'rows'))
      for (const column of namesIn([year, ...quarters], 'columns')) {
        const ofTheYear = numbersAt([year], row, column);
        const ofParts = numbersAt([...quarters, ...rest], row, column);
        if (!isContradicted(known, ofTheYear, ofParts)) addSum(known, ofTheYear, ofParts);
      }
  }
}

/** With other names in the quarter, its numbers would seem to have nothing to do with those of the year, and nobody would notice. */
function haveTheSameColumns(year: Shape, quarter: Shape): void {
  const columns = namesOf(year, 'columns').filter((column) => monthOf(column) === null || isMonthOf(column, quarter));
  if (columns.toSorted().join() !== namesOf(quarter, 'columns').toSorted().join())
    throw new Error(`${year.table}: the columns of ${year.period} and ${quarter.period} differ`);
}

/** What the quarters that are not published yet must have counted together. Nobody publishes it, but anybody can compute it. */
function restOfTheYear(known: Knowledge, year: Placed, quarters: readonly Placed[]): Placed {
  const isLeft = (name: string) => !quarters.some(({ table }) => isMonthOf(name, table));
  const rows = [...namesIn([year, ...quarters], 'rows')].filter(isLeft);
  const columns = namesOf(year.table, 'columns').filter(isLeft);
  const count = (placed: readonly Placed[], row: string, column: string) => countOfAll(known, numbersAt(placed, row, column));
  const left = (row: string, column: string) => Math.max(0, count([year], row, column) - count(quarters, row, column));
  const counts = rows.map((row) => columns.map((column) => left(row, column)));
  return placeTable(known, { ...year.table, rows, columns, counts }, null);
}

function isMonthOf(name: string, quarter: Shape): boolean {
  const month = monthOf(name);
  return month !== null && quarter.period.endsWith(`-Q${Math.ceil(month / 3)}`);
}

function monthOf(name: string): number | null {
  const month = /^\d{4}-(\d{2})$/.exec(name)?.[1];
  return month === undefined ? null : Number(month);
}

const wholePeriod = 'whole period';

function namesOf(table: Shape, axis: 'rows' | 'columns'): readonly string[] {
  return table[axis].map((name) => (name === table.period ? wholePeriod : name));
}

function namesIn(placed: readonly Placed[], axis: 'rows' | 'columns'): ReadonlySet<string> {
  return new Set(placed.flatMap(({ table }) => namesOf(table, axis)));
}

function numbersAt(placed: readonly Placed[], row: string, column: string): readonly number[] {
  return placed.flatMap(
    ({ table, counts }) => counts[namesOf(table, 'rows').indexOf(row)]?.[namesOf(table, 'columns').indexOf(column)] ?? [],
  );
}

function countOfAll(known: Knowledge, numbers: readonly number[]): number {
  return sum(numbers.map((each) => countOf(known, each)));
}

/**
 * A quarter counted somebody, and the year shows nobody: a correction came in between. Everybody sees that the sum does not hold, so nobody
 * can reckon with it. Other differences of this kind are not seen, so we reckon that people know them.
 */
function isContradicted(known: Knowledge, ofTheYear: readonly number[], ofParts: readonly number[]): boolean {
  const isShown = (number: number) => known.numbers[number]?.kind === 'shown';
  return ofTheYear.every(isShown) && countOfAll(known, ofTheYear) === 0 && countOfAll(known, ofParts) > 0;
}

/** Tables that count the same persons have the same total in the same period, and that of the year is the sum of its quarters. */
function linkPopulation(known: Knowledge, placed: readonly Placed[]): void {
  const totals = new Map<string, readonly number[]>();
  for (const { table, total } of placed) {
    if (table.population === undefined) continue;
    const before = totals.get(table.period);
    if (before === undefined) totals.set(table.period, [total]);
    else addSum(known, before, [total]);
  }
  const ofQuarters = [...totals].flatMap(([period, total]) => (period.length > 4 ? [total] : []));
  const ofTheYear = [...totals].flatMap(([period, total]) => (period.length === 4 ? total : []));
  if (ofTheYear.length === 0 || ofQuarters.length === 0) return;
  if (ofQuarters.length < 4) placeRemainder(known, ofTheYear, ofQuarters.flat(), false);
  else addSum(known, ofTheYear, ofQuarters.flat());
}
