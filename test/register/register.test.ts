import { caseKeyOf } from './support/caseKeyOf';
import type { Instant } from '../../src/domain/basics/calendar';
import type { CaseFile } from '../../src/domain/case/caseFile';
import { stages } from '../../src/domain/state/situation';
import { openRegister, type Register } from '../../src/register/register';
import { keyedHashOf } from '../../src/privacy/keyedHash';
import { openStore, type Store } from '../../src/store/store';
import { closed, inStage } from '../support/inStage';
import { aCase, type CaseOnTheClock } from '../support/aCase';
import { onEveryEngine, type TestDatabase } from '../support/databases';
import { testKey } from '../support/key';

const now: Instant = '2027-09-20T10:00:00Z';

describe('the register', () => {
  onEveryEngine((open) => {
    let database: TestDatabase;
    let store: Store;
    let register: Register;
    const damaged: string[] = [];
    const opened = () =>
      openRegister({
        table: store.register,
        keys: caseKeyOf,
        hash: keyedHashOf(testKey),
        damaged: (reference) => void damaged.push(reference),
      });
    beforeAll(async () => {
      database = await open();
      store = openStore(database.place);
      register = opened();
    });
    beforeEach(() => damaged.splice(0));
    afterAll(() => store.close());

    it.each(stages)('gives back a case in the stage %s as it was written', async (stage) => {
      const { file } = numbered(inStage[stage](), `BT-${stage}`);
      expect(await written(file, 1)).toBe(true);
      expect((await register.read(file.start.reference))?.file).toEqual(plain({ ...file, revision: 1 }));
    });

    it('lets the newest revision stand, whichever is written last', async () => {
      const before = numbered(aCase(), 'BT-NEWEST').file;
      const after = numbered(inStage.reflection(), 'BT-NEWEST').file;
      expect(await written(after, 2)).toBe(true);
      expect(await written(before, 1)).toBe(false);
      const found = await register.read('BT-NEWEST');
      expect(found?.file.revision).toBe(2);
      expect(found?.file.entries).toHaveLength(after.entries.length);
      expect(await register.revisionsOf(['BT-NEWEST', 'BT-NOBODY'])).toEqual(new Map([['BT-NEWEST', 2]]));
      expect(await line('BT-NEWEST', 'stage, revision')).toEqual([{ stage: 'reflection', revision: expect.anything() }]);
    });

    it('has a due row for each open task and deadline, and none for what has ended', async () => {
      const open = numbered(inStage.reflection(), 'BT-DUE');
      await written(open.file, 1);
      const before = await count('due', 'BT-DUE');
      expect(before).toBeGreaterThan(10);
      const ended = numbered(closed(inStage.assistance()), 'BT-DUE');
      await written(ended.file, 2);
      expect(await count('due', 'BT-DUE')).toBe(0);
      expect(await line('BT-DUE', 'first_due::text as first_due, overdue_from::text as overdue_from')).toEqual([
        { first_due: 'infinity', overdue_from: 'infinity' },
      ]);
    });

    it('remembers who could see a case that has left their reach', async () => {
      const given = numbered(aCase(), 'BT-LEFT');
      await written(given.file, 1);
      const moved: CaseFile = { ...given.file, situation: { ...given.file.situation, office: 'rotterdam', hidden: true } };
      await written(moved, 2);
      const left = () => database.asOwner(`select office, left_by from pathways.case_left where reference = 'BT-LEFT' order by office`);
      expect(await left()).toEqual([{ office: 'amsterdam', left_by: 'all' }]);
    });

    it('counts a registered person with their case, once, under an id that names nobody', async () => {
      const given = numbered(inStage.closed(), 'BT-COUNTED').file;
      const counted = () =>
        database.asOwner(`select encode(id, 'escape') as id, nationality from pathways.statistics_person where nationality is not null`);
      await database.asOwner('delete from pathways.statistics_person');
      await written(given, 1);
      await written(given, 2);
      const found = await counted();
      expect(found).toMatchObject([{ nationality: given.start.person.nationality }]);
      expect(found[0]?.['id']).not.toContain('BT-');
    });

    it('names no task, no deadline and no word of a case in a plain column', async () => {
      const { file } = numbered(inStage.reflection(), 'BT-PLAIN');
      await written(file, 1);
      const rows = await Promise.all(
        ['case_line', 'case_member', 'due', 'case_state', 'case_fact'].map((table) =>
          database.asOwner(`select to_jsonb(t) as row from pathways.${table} t where reference = 'BT-PLAIN'`),
        ),
      );
      const text = JSON.stringify(rows);
      for (const { id } of [...file.situation.tasks, ...file.situation.deadlines]) expect(text).not.toContain(id);
      for (const { type } of file.entries) expect(text).not.toContain(type);
    });

    it.each([
      ['took a fact away', `delete from pathways.case_fact where reference = 'BT-HURT' and n = 1`],
      [
        'exchanged two facts',
        `update pathways.case_fact set n = -n where reference = 'BT-HURT';
        update pathways.case_fact set n = 3 + n where reference = 'BT-HURT'`,
      ],
      ['put an older state back', `update pathways.case_state set revision = revision + 1 where reference = 'BT-HURT'`],
      ['changed the edition', `update pathways.edition set body = replace(body, 'P3M', 'P9M')`],
    ])('says that it has no such case, and that it is damaged, where somebody %s', async (_, harm) => {
      const { file } = numbered(inStage.decision(), 'BT-HURT');
      for (const table of ['case_state', 'case_fact', 'edition']) await database.asOwner(`delete from pathways.${table}`);
      const reopened = opened();
      await reopened.write({ file, now });
      expect(damaged).toEqual([]);
      for (const statement of harm.split(';')) await database.asOwner(statement);
      expect(await reopened.read('BT-HURT')).toBeUndefined();
      expect(damaged).toEqual(['BT-HURT']);
    });

    async function written(file: CaseFile, revision: number): Promise<boolean> {
      return register.write({ file: { ...file, revision }, now });
    }

    async function line(reference: string, columns: string) {
      return database.asOwner(`select ${columns} from pathways.case_line where reference = '${reference}'`);
    }

    async function count(table: string, reference: string): Promise<number> {
      const [row] = await database.asOwner(`select count(*)::int as count from pathways.${table} where reference = '${reference}'`);
      return row?.['count'] as number;
    }
  });
});

/** The case under another reference. */
function numbered({ file }: CaseOnTheClock, reference: string): { readonly file: CaseFile } {
  return { file: { ...file, start: { ...file.start, reference } } };
}

/** The file without members that hold nothing. */
function plain(file: CaseFile): unknown {
  return JSON.parse(JSON.stringify(file));
}
