import fc from 'fast-check';
import { protect, type CountTable } from '../../src/statistics/protection/protect';
import { withoutSmallCounts } from '../../src/statistics/protection/tables';
import { foundByTryingEveryTable } from './support/everyTable';
import { faultsAfterEach, published } from './support/publishing';
import { stories } from './support/someTables';

describe('a table on its own', () => {
  it('hides counts of 1 to 10 and shows 0', async () => {
    const shown = await protect(nationalities('2026', { Ghana: 0, Nigeria: 10, China: 11, Romania: 4, Poland: 80 }), []);
    expect(countsOf(shown)).toEqual({ Ghana: 0, Nigeria: null, China: 11, Romania: null, Poland: 80 });
    expect(shown.total).toBe(105);
  });

  it('hides 0 too where it tells what became of people', async () => {
    const shown = await protect({ ...nationalities('2026', { granted: 0, refused: 40, withdrawn: 30, pending: 3 }), outcomes: true }, []);
    expect(countsOf(shown)).toMatchObject({ granted: null, pending: null });
  });

  it('hides a further count, so that nobody subtracts the others from the total', async () => {
    const shown = await protect(nationalities('2026', { Nigeria: 5, China: 30, Romania: 40 }), []);
    expect(countsOf(shown)).toEqual({ Nigeria: null, China: null, Romania: 40 });
    expect(shown.total).toBe(75);
  });

  it('hides further counts where the hidden ones add up to little', async () => {
    const shown = await protect(nationalities('2026', { Nigeria: 1, China: 1, Romania: 40, Poland: 50 }), []);
    expect(countsOf(shown)).toEqual({ Nigeria: null, China: null, Romania: null, Poland: 50 });
  });

  it('hides a total of 1 to 10', async () => {
    const shown = await protect(nationalities('2026', { Nigeria: 3, China: 4 }), []);
    expect(shown).toMatchObject({ counts: [[null], [null]], columnTotals: [null], total: null });
  });

  it('hides the total before it hides the only count', async () => {
    const shown = await protect(nationalities('2026', { Nigeria: 3, China: 0 }), []);
    expect(shown).toMatchObject({ counts: [[null], [0]], total: null });
  });

  it('lets others work in between', async () => {
    const pause = jest.fn(() => Promise.resolve());
    await protect(nationalities('2026', { Nigeria: 5, China: 30, Romania: 40 }), [], pause);
    expect(pause).toHaveBeenCalled();
  });
});

describe('tables that overlap', () => {
  it('hide the count of a year with which the last quarter could be reckoned', async () => {
    const quarters = ['Q1', 'Q2', 'Q3'].map((quarter) => nationalities(`2026-${quarter}`, { China: 20, Romania: 30 }));
    const shown = await published([...quarters, nationalities('2026', { China: 63, Romania: 120 })]);
    expect(shown.slice(0, 3).map(countsOf)).toEqual(quarters.map(() => ({ China: 20, Romania: 30 })));
    expect(countsOf(shown.at(-1) ?? never())).toEqual({ China: null, Romania: null });
  });

  it('hide in the quarter what would tell of a hidden number of the year, which was published before', async () => {
    const year = nationalities('2026', { Nigeria: 12, China: 3, Romania: 60 });
    const quarter = nationalities('2026-Q1', { Nigeria: 12, Romania: 20 });
    const [, alone] = [await protect(year, []), await protect(quarter, [])];
    const [, after] = await published([year, quarter]);
    expect(countsOf(alone)['Nigeria']).toBe(12);
    expect(countsOf(after ?? never())['Nigeria']).toBeNull();
  });

  it('hide a further count where another table of the same persons tells the total', async () => {
    const sexes = { ...nationalities('2026', { female: 80, male: 35, other: 1 }), table: 'sex' };
    const shown = await published([nationalities('2026', { China: 60, Romania: 56 }), sexes]);
    expect(countsOf(shown[1] ?? never())).toEqual({ female: 80, male: null, other: null });
  });

  it('count a month of the year and the same month of its quarter as one number', async () => {
    const year = nationalities('2026', { '2026-01': 12, '2026-02': 30, '2026-03': 40, '2026-04': 5 });
    const [, quarter] = await published([year, nationalities('2026-Q1', { '2026-01': 12, '2026-02': 30, '2026-03': 40 })]);
    expect(countsOf(quarter ?? never())).toEqual({ '2026-01': null, '2026-02': 30, '2026-03': 40 });
  });

  it('may call a column as their period', async () => {
    const called = (table: CountTable): CountTable => ({ ...table, columns: [table.period] });
    const tables = [nationalities('2026', { Nigeria: 12, China: 3, Romania: 60 }), nationalities('2026-Q1', { Nigeria: 12, Romania: 20 })];
    const [, quarter] = await published(tables.map(called));
    expect(countsOf(quarter ?? never())['Nigeria']).toBeNull();
  });

  it('are withheld, without the names of their rows, where no choice of numbers is enough', async () => {
    const [, , quarter] = await published([
      nationalities('2026', { China: 11, Romania: 60 }),
      nationalities('2026-Q1', { China: 3, Romania: 20 }),
      nationalities('2026-Q2', { China: 4, Romania: 20 }),
    ]);
    expect(quarter).toMatchObject({ rows: [], counts: [], total: null });
  });

  it('are published also where a count was corrected in between', async () => {
    const quarter = nationalities('2026-Q1', { Ghana: 2, Nigeria: 8, China: 40, Romania: 30 });
    const shown = await published([quarter, nationalities('2026', { Nigeria: 7, China: 90, Romania: 120, Poland: 9 })]);
    expect(countsOf(shown[1] ?? never())).toEqual({ Nigeria: null, China: 90, Romania: 120, Poland: null });
  });

  it('need the same columns', async () => {
    const quarter = { ...nationalities('2026-Q1', { China: 20 }), columns: ['cases'] };
    await expect(published([nationalities('2026', { China: 40 }), quarter])).rejects.toThrow('the columns of 2026 and 2026-Q1 differ');
  });
});

/** `npm run check-protection` does the same for any number of tables. */
describe('random tables, published in any order', () => {
  it.each(Object.entries(stories))('%s: nobody reckons a hidden number', async (_, story) => {
    await fc.assert(
      fc.asyncProperty(story, async (tables) => {
        expect(await faultsAfterEach(await published(tables))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it.each(Object.entries(stories))('%s: with only the small counts hidden somebody does', async (_, story) => {
    const found = await Promise.all(
      fc.sample(story, { numRuns: 50, seed: 1 }).map((tables) => faultsAfterEach(tables.map(withoutSmallCounts))),
    );
    expect(found.filter((faults) => faults.some((fault) => fault.includes('is from'))).length).toBeGreaterThan(5);
  });

  it('are found too if each is protected without a look at the others', async () => {
    const linked = fc.sample(stories['tables of the same persons, of a year and its quarters'] ?? never(), { numRuns: 20, seed: 1 });
    const found = await Promise.all(
      linked.map(async (tables) => faultsAfterEach(await Promise.all(tables.map((table) => protect(table, []))))),
    );
    expect(found.filter((faults) => faults.length > 0).length).toBeGreaterThan(5);
  });

  it('of 3 x 3 are found by trying every table as well', () => {
    const tiny = fc.sample(stories['a table of 3 x 3 at most'] ?? never(), { numRuns: 50, seed: 1 }).flat();
    expect(tiny.filter((table) => foundByTryingEveryTable(withoutSmallCounts(table)).length > 0).length).toBeGreaterThan(5);
  });
});

function nationalities(period: string, counts: Readonly<Record<string, number>>): CountTable {
  return {
    table: 'nationality-year',
    period,
    outcomes: false,
    population: 'registered',
    rows: Object.keys(counts),
    columns: ['persons'],
    counts: Object.values(counts).map((count) => [count]),
  };
}

function countsOf({ rows, counts }: { readonly rows: readonly string[]; readonly counts: readonly (readonly (number | null)[])[] }) {
  return Object.fromEntries(rows.map((row, number) => [row, counts[number]?.[0]]));
}

function never(): never {
  throw new Error('nothing was published');
}
