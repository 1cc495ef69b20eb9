import fc from 'fast-check';
import type { CountTable, Shape } from '../../../src/statistics/protection/protect';

const counts = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 10 }) },
  { weight: 4, arbitrary: fc.integer({ min: 11, max: 60 }) },
);

/** A table on its own, of any size up to the one given. */
function someTable(most: {
  readonly rows: number;
  readonly columns: number;
  readonly name: string;
  readonly count: fc.Arbitrary<number>;
}): fc.Arbitrary<readonly CountTable[]> {
  return fc
    .record({ rows: fc.integer({ min: 1, max: most.rows }), columns: fc.integer({ min: 1, max: most.columns }), outcomes: fc.boolean() })
    .chain(({ rows, columns, outcomes }) =>
      gridOf(rows, columns, most.count).map((grid) => [
        { table: most.name, period: '2026', outcomes, rows: namesOf('r', rows), columns: namesOf('c', columns), counts: grid },
      ]),
    );
}

function gridOf(rows: number, columns: number, count: fc.Arbitrary<number>): fc.Arbitrary<number[][]> {
  return fc.array(fc.array(count, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
}

function namesOf(kind: string, length: number): readonly string[] {
  return Array.from({ length }, (_, number) => `${kind}${number}`);
}

/** Some persons who were counted together, by the place in each dimension. */
interface Group {
  readonly quarter: number;
  readonly nationality: number;
  readonly sex: number;
  readonly sector: number;
  readonly count: number;
}

/**
 * Several tables about the same persons, for a year and its quarters, in any order. Like the tables of the register, that of nationalities
 * has only the rows that count somebody.
 */
const tablesOfTheSamePersons: fc.Arbitrary<readonly CountTable[]> = fc
  .array(
    fc.record({
      quarter: fc.integer({ min: 1, max: 4 }),
      nationality: fc.integer({ min: 0, max: 6 }),
      sex: fc.integer({ min: 0, max: 2 }),
      sector: fc.integer({ min: 0, max: 3 }),
      count: fc.oneof({ weight: 2, arbitrary: fc.integer({ min: 1, max: 6 }) }, { weight: 1, arbitrary: fc.integer({ min: 7, max: 40 }) }),
    }),
    { minLength: 4, maxLength: 40 },
  )
  .chain((groups) => {
    const periods = ['2026', '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'];
    const all = periods.flatMap((period) => [
      tableOf(groups, 'nationality-year', period, ({ nationality }) => `n${nationality}`),
      tableOf(groups, 'sex', period, ({ sex }) => `s${sex}`),
      tableOf(groups, 'sector', period, ({ sector }) => `t${sector}`),
      tableOf(
        groups,
        'sex-by-sector',
        period,
        ({ sex }) => `s${sex}`,
        ({ sector }) => `t${sector}`,
      ),
    ]);
    return fc.shuffledSubarray(all, { minLength: 2, maxLength: 7 });
  });

function tableOf(
  groups: readonly Group[],
  table: string,
  period: string,
  rowOf: (group: Group) => string,
  columnOf: (group: Group) => string = () => 'persons',
): CountTable {
  const counted = groups.filter(({ quarter }) => period === '2026' || period === `2026-Q${quarter}`);
  const rows = [...new Set(counted.map(rowOf))].sort();
  const columns = [...new Set(groups.map(columnOf))].sort();
  const shape: Shape = { table, period, outcomes: false, population: 'registered', rows, columns };
  const countAt = (row: string, column: string) =>
    counted.filter((group) => rowOf(group) === row && columnOf(group) === column).reduce((sum, { count }) => sum + count, 0);
  return { ...shape, counts: rows.map((row) => columns.map((column) => countAt(row, column))) };
}

/** A table of what became of people, by month: the answers to offers. */
const tablesOfOffers: fc.Arbitrary<readonly CountTable[]> = fc
  .array(fc.array(counts, { minLength: 3, maxLength: 3 }), { minLength: 12, maxLength: 12 })
  .chain((months) => {
    const all = ['2026', '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'].map((period): CountTable => {
      const from = period === '2026' ? 0 : (Number(period.slice(-1)) - 1) * 3;
      const inPeriod = months.slice(from, period === '2026' ? 12 : from + 3);
      const rows = inPeriod.map((_, month) => `2026-${String(from + month + 1).padStart(2, '0')}`);
      return { table: 'offers', period, outcomes: true, rows, columns: ['accepted', 'declined', 'other'], counts: inPeriod };
    });
    return fc.shuffledSubarray(all, { minLength: 1, maxLength: 4 });
  });

/** Tables in the order in which they are published. */
export const stories: Readonly<Record<string, fc.Arbitrary<readonly CountTable[]>>> = {
  'a table of 3 x 3 at most': someTable({ rows: 3, columns: 3, name: 'tiny', count: fc.integer({ min: 0, max: 15 }) }),
  'a table of any size': someTable({ rows: 8, columns: 6, name: 'alone', count: counts }),
  'tables of the same persons, of a year and its quarters': tablesOfTheSamePersons,
  'offers by month, of a year and its quarters': tablesOfOffers,
};
