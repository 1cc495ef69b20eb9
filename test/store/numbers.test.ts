import { openStore, type Store } from '../../src/store/store';
import { onEveryEngine, type TestDatabase } from '../support/databases';

describe('the numbers for operations', () => {
  onEveryEngine((open) => {
    let database: TestDatabase;
    let store: Store;
    beforeAll(async () => {
      database = await open('pathways_api');
      store = openStore(database.place);
    });
    afterAll(() => store.close());

    it('count open cases by office and stage, and leave out those that are closed or whose run was ended', async () => {
      for (const statement of cases) await database.asOwner(statement);
      const counted = (await store.numbers.openCases()).toSorted((one, other) =>
        `${one.office}${one.stage}`.localeCompare(`${other.office}${other.stage}`),
      );
      expect(counted).toEqual([
        { office: 'amsterdam', stage: 'decision', cases: 2, unreached: 3 },
        { office: 'amsterdam', stage: 'intake', cases: 1, unreached: 0 },
        { office: 'rotterdam', stage: 'intake', cases: 1, unreached: 1 },
      ]);
    });

    it('have the last comparison, once there was one', async () => {
      expect(await store.numbers.lastComparison()).toBeUndefined();
      await database.asOwner("insert into pathways.register_compared (at, cases, differing) values ('2027-01-01T02:00:00Z', 40, 2)");
      expect(await store.numbers.lastComparison()).toEqual({ at: new Date('2027-01-01T02:00:00Z'), cases: 40, differing: 2 });
    });
  });
});

const cases = [
  ['BT-1', 'amsterdam', 'decision', 1],
  ['BT-2', 'amsterdam', 'decision', 2],
  ['BT-3', 'amsterdam', 'intake', 0],
  ['BT-4', 'rotterdam', 'intake', 1],
  ['BT-5', 'rotterdam', 'closed', 5],
  ['BT-6', 'rotterdam', 'intake', 7],
].map(
  ([reference, office, stage, undelivered]) =>
    `insert into pathways.case_line values ('${reference}', 1, 1, now(), '${office}', '${stage}', '2027-01-01', '2027-01-01', 'infinity',
     'infinity', 'infinity', 'infinity', 'infinity', false, 0, ${undelivered}, false, '1')`,
);
cases.push("insert into pathways.case_ended values ('BT-6')");
