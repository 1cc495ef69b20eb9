import { statisticsRow } from '../../src/domain/views/statisticsRow';
import type { Fact } from '../../src/domain/facts/catalogue';
import { openStore, type Store } from '../../src/store/store';
import { tableIds, tables, type TableId } from '../../src/statistics/tables';
import { tableWords } from '../../src/statistics/words';
import { aCase, instantOfWhen, type CaseOnTheClock } from '../support/aCase';
import { openOnPglite, type TestDatabase } from '../support/databases';
import { countPersons } from '../support/personsCounted';

/*
 * Statistics reward neither cooperation nor return. No measure of our own work moves when a person answers otherwise or goes another way. The
 * tables that tell what became of people do, and they are named here.
 */

/** What became of people. These tables are no targets, and nobody is ranked by them. */
const whatBecame: readonly TableId[] = ['period-ends', 'returns', 'follow-ups'];

describe('the list of tables', () => {
  it('is this one, and a new table is a decision', () => {
    expect(tableIds).toEqual([
      ...['nationality-year', 'sex', 'age-group', 'sector', 'offers', 'indication-to-offer', 'period-ends', 'stage-time', 'on-time'],
      ...['returns', 'follow-ups'],
    ]);
  });

  it('has no figure by a caseworker or an office, and no share of those who cooperate or return', () => {
    const said = JSON.stringify([tables, tableWords]).toLowerCase();
    for (const word of ['caseworker', 'hulpverlener', 'office', 'kantoor', 'staff', 'medewerker', '%', 'percent', 'procent', ' rate'])
      expect(said).not.toContain(word);
  });

  it('crosses no two attributes of a person', () => {
    const ofPersons: readonly TableId[] = ['nationality-year', 'sex', 'age-group', 'sector'];
    for (const table of ofPersons) expect(tables[table]).not.toHaveProperty('columns');
  });
});

describe('no measure moves', () => {
  const story = (form: Answer, route: Fact<'routeDecided'>['route']) => async () => {
    await countPersons(database.place, cases(form, route));
    return allTables();
  };

  it('when each person who cooperates declines, but for how periods ended and what follows', async () => {
    const [cooperating, declining] = [await story('cooperated', 'assistance')(), await story('declined', 'assistance')()];
    expect(cooperating['period-ends']).not.toEqual(declining['period-ends']);
    expect(unmoved(cooperating)).toEqual(unmoved(declining));
    expect(Object.values(unmoved(cooperating)).every((lines) => lines.length > 0)).toBe(true);
  });

  it('when each person who goes home gets help here, but for returns and what follows', async () => {
    const [returning, staying] = [await story('declined', 'return')(), await story('declined', 'assistance')()];
    expect(returning['returns']).not.toEqual(staying['returns']);
    expect(returning['period-ends']).toEqual(staying['period-ends']);
    expect(unmoved(returning)).toEqual(unmoved(staying));
  });

  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await openOnPglite();
    store = openStore(database.place);
  });
  beforeEach(async () => void (await database.asOwner('truncate pathways.statistics_person')));
  afterAll(async () => {
    await store.close();
    await database.close();
  });

  async function allTables(): Promise<Readonly<Record<string, readonly string[]>>> {
    const all = await Promise.all(
      tableIds.map(async (table) => {
        const counts = await store.statistics.counts(table, { since: '2020-01-01', until: '2030-12-01' });
        return [table, counts.map(({ row, column, amount }) => `${row} ${column} ${amount}`).toSorted()] as const;
      }),
    );
    return Object.fromEntries(all);
  }
});

/** The tables but those that are named, and of the stages those in which nobody has answered yet: later ones are another way, by its nature. */
function unmoved(all: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, readonly string[]>> {
  const measures = Object.entries(all).filter(([table]) => !whatBecame.some((each) => each === table));
  return Object.fromEntries(
    measures.map(([table, lines]) => [table, table === 'stage-time' ? lines.filter((line) => /^(intake|reflection) /.test(line)) : lines]),
  );
}

type Answer = 'cooperated' | 'declined';
const people = 12;
const day = (number: number) => `2027-09-${String(number).padStart(2, '0')}`;

/** Twelve persons, whom our own work treats alike: some tasks are late, whoever it is. */
function cases(form: Answer, route: Fact<'routeDecided'>['route']) {
  return Array.from({ length: people }, (_, number) => {
    const person = registeredPerson(number);
    answer(person, form);
    if (form === 'declined') goOn(person, route);
    return { id: String(number), row: statisticsRow(person.file, instantOfWhen('2029-01-01')) };
  });
}

function registeredPerson(number: number): CaseOnTheClock {
  const nationality = ['HU', 'NG', 'ZZ'][number % 3] ?? 'ZZ';
  const person = aCase({ post: 'closed', person: { nationality, sex: number % 2 === 0 ? 'female' : 'male', sector: 'labour' } });
  person.completed(day(1 + (number % 3)), 'comensha-registration').startedReflection(`${day(2 + (number % 4))}T08:30`);
  return person.completed(day(6 + (number % 5)), 'm55-reflection-notice').completed(day(12 + number), 'rvb-form');
}

function answer(person: CaseOnTheClock, form: Answer): void {
  if (form === 'cooperated') person.cooperated('2027-10-20');
  else person.declined('2027-10-20');
}

function goOn(person: CaseOnTheClock, route: Fact<'routeDecided'>['route']): void {
  person.took('2027-10-25', route);
  if (route !== 'return') return;
  person.opensGates('2027-10-26').declared('2027-10-27').booked('2027-10-28', '2027-11-05');
  person.told('iom', '2027-11-05', 'travelled', {}).told('iom', '2027-11-06', 'arrivalConfirmed', { followUpWanted: true });
}
