import { exactFigures } from '../../src/statistics/figures';
import { tableIds, type TableId } from '../../src/statistics/tables';
import type { StatisticsRow } from '../../src/domain/views/statisticsRow';
import { openStore, type Store } from '../../src/store/store';
import { onEveryEngine, type TestDatabase } from '../support/databases';
import { countPersons, somebody } from '../support/personsCounted';

describe('the persons that are counted', () => {
  onEveryEngine((open) => {
    let database: TestDatabase;
    let store: Store;
    beforeAll(async () => {
      database = await open('pathways_api');
      store = openStore(database.place);
    });
    beforeEach(async () => void (await database.asOwner('truncate pathways.statistics_person')));
    afterAll(() => store.close());

    const counted = (...persons: Parameters<typeof countPersons>[1]) => countPersons(database.place, persons);
    const table = async (name: TableId, months: typeof all = all) => {
      const rows = await store.statistics.counts(name, months);
      return rows.map(({ row, column, amount }) => `${row} ${column} ${amount}`).toSorted();
    };

    it('are those of the newest revision, in whatever order the revisions arrive', async () => {
      const row = (nationality: string) => ({ ...somebody, nationality });
      await counted(
        { id: 'a', revision: 5, row: row('HU') },
        { id: 'a', revision: 4, row: row('NG') },
        { id: 'b', revision: 1, row: row('RO') },
      );
      await counted({ id: 'b', revision: 9_007_199_254_740_991, row: row('BG') });
      expect(await table('nationality-year')).toEqual(['BG 2026 1', 'HU 2026 1']);
      await counted({ id: 'a', revision: 5, row: row('RO') });
      expect(await table('nationality-year')).toEqual(['BG 2026 1', 'RO 2026 1']);
    });

    it('are without whoever was taken back, whom no older revision brings back, and a newer one does', async () => {
      await counted({ id: 'a', revision: 3, row: somebody }, { id: 'a', revision: 5, row: null }, { id: 'a', revision: 4, row: somebody });
      expect(await table('sex')).toEqual([]);
      const [kept] = await database.asOwner('select * from pathways.statistics_person');
      expect(
        Object.entries(kept ?? {})
          .filter(([, value]) => value !== null)
          .map(([name]) => name),
      ).toEqual(['id', 'revision']);
      await counted({ id: 'a', revision: 6, row: somebody });
      expect(await table('sex')).toEqual(['female 2026 1']);
    });

    it('are counted in every table of the list, and in no other', async () => {
      await counted({ id: 'a', row: everything });
      const tables = Object.fromEntries(await Promise.all(tableIds.map(async (name) => [name, await table(name)] as const)));
      expect(tables).toEqual({
        'nationality-year': ['HU 2026 1'],
        sex: ['female 2026 1'],
        'age-group': ['adult 2026 1'],
        sector: ['sexual 2026 1'],
        offers: ['2026-06 accepted 1'],
        'indication-to-offer': ['2026 persons 1'],
        'period-ends': ['declined 2026 1'],
        'stage-time': ['intake persons 1', 'reflection persons 1'],
        'on-time': ['inTime 2026 3', 'late 2026 1'],
        returns: ['returned 2027 1'],
        'follow-ups': ['made 2027 2', 'notMade 2027 1'],
      });
      await expect(store.statistics.counts('nationality-by-caseworker', all)).rejects.toThrow('there is no such table');
    });

    it('are counted within the months that somebody asks for, both ends included', async () => {
      const months = ['2025-12-01', '2026-01-01', '2026-03-01', '2026-04-01'] as const;
      await counted(...months.map((registeredMonth) => ({ id: registeredMonth, row: { ...somebody, registeredMonth } })));
      expect(await table('sex', { since: '2026-01-01', until: '2026-03-01' })).toEqual(['female 2026 2']);
      expect(await table('sex')).toEqual(['female 2025 1', 'female 2026 3']);
    });

    it('have a median from eleven on, and of ten nobody hears one', async () => {
      const persons = Array.from({ length: 10 }, (_, place) => ({ id: String(place), row: { ...everything, daysInIntake: place } }));
      await counted(...persons);
      const intake = async () => (await table('stage-time')).filter((line) => line.startsWith('intake'));
      expect(await intake()).toEqual(['intake persons 10']);
      await counted({ id: 'one more', row: { ...everything, daysInIntake: 10 } });
      expect(await intake()).toEqual(['intake lowerQuartile 2.5', 'intake median 5', 'intake persons 11', 'intake upperQuartile 7.5']);
    });

    it('have codes and months in their columns, and nothing else fits there', async () => {
      for (const row of [
        { nationality: 'Jansen 1' },
        { sector: 'BT-7K3M' },
        { registeredMonth: '2026-05-17' as const },
        { indicatedBy: 'police-1' },
      ])
        await expect(counted({ id: 'a', row: { ...somebody, ...(row as object) } })).rejects.toMatchObject({ code: '23514' });
    });

    it('have every column that a view gives, under its name', async () => {
      const numbers = Object.entries(everything).map(([name, value]) => [name, value ?? 1] as const);
      await counted({ id: 'a', row: Object.fromEntries(numbers) });
      const [kept = {}] = await database.asOwner('select * from pathways.statistics_person');
      const { id: _, revision: __, ...columns } = kept;
      expect(Object.values(columns)).not.toContain(null);
      expect(Object.keys(columns)).toHaveLength(Object.keys(everything).length);
    });

    it('are shown in every year that is asked for, an empty one too', async () => {
      await counted({ id: 'a', row: somebody });
      const months = { since: '2025-01-01', until: '2027-12-01' } as const;
      const figures = exactFigures('sex', await store.statistics.counts('sex', months), months);
      expect(figures).toMatchObject({ columns: ['2025', '2026', '2027'], columnTotals: [0, 1, 0], total: 1 });
    });
  });
});

describe('publications', () => {
  onEveryEngine((open) => {
    let store: Store;
    beforeAll(async () => {
      store = openStore((await open('pathways_api')).place);
    });
    afterAll(() => store.close());

    const publication = (id: string, number: number, table = 'sex') => ({
      ...{
        id,
        number,
        table,
        period: '2026',
        madeAt: '2027-01-05T08:00:00.000Z',
        madeBy: 'rapporteur-1',
        body: { rows: ['female'], counts: [[null]] },
        exact: Buffer.from('sealed'),
      },
    });

    it('are kept once for a table and a period, and one after the other', async () => {
      expect(await store.statistics.publish(publication('a', 1))).toBe(true);
      expect(await store.statistics.publish(publication('b', 2))).toBe(false);
      const twoAtOnce = await Promise.all([
        store.statistics.publish(publication('c', 2, 'sector')),
        store.statistics.publish(publication('d', 2, 'offers')),
      ]);
      expect(twoAtOnce.toSorted()).toEqual([false, true]);
      const [first, second] = await store.statistics.publications();
      expect(first).toEqual(publication('a', 1));
      expect(second?.number).toBe(2);
    });
  });
});

describe('the nationalities that others published', () => {
  onEveryEngine((open) => {
    let store: Store;
    beforeAll(async () => {
      store = openStore((await open()).place);
    });
    afterAll(() => store.close());

    it('take the place of the same years, and leave others alone', async () => {
      const row = (year: number, rank: number, nationality: string, count: number) => ({
        year,
        rank,
        nationality,
        count,
        source: 'a source',
      });
      const first = [row(2010, 1, 'NL', 20), row(2010, 2, 'NG', 10), row(2011, 1, 'NL', 30)];
      await store.statistics.replaceNationalities(first);
      await store.statistics.replaceNationalities(first);
      expect(await store.statistics.nationalities()).toEqual(first);
      const corrected = [row(2010, 1, 'NG', 21), row(2010, 2, 'NL', 20)];
      await store.statistics.replaceNationalities(corrected);
      expect(await store.statistics.nationalities()).toEqual([...corrected, row(2011, 1, 'NL', 30)]);
    });
  });
});

const all = { since: '1900-01-01', until: '2199-12-01' };

const everything: StatisticsRow = {
  ...somebody,
  ...{ offerMonth: '2026-06-01', offerOutcome: 'accepted', daysToOffer: 2, periodEnd: 'declined' },
  ...{
    daysInIntake: 3,
    daysInReflection: 40,
    daysInDecision: null,
    daysInPermitApplication: null,
    daysInPermit: null,
    daysInSafeReturn: null,
  },
  ...{ daysInAftercare: null, daysInAssistance: null, daysInOtherProcedure: null, daysInContactLost: null },
  ...{ tasksEnded: 4, tasksInTime: 3, returned: true, followUpsDue: 3, followUpsMade: 2, resultMonth: '2027-01-01' },
};
