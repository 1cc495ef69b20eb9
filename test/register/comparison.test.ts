import { caseKeyOf } from './support/caseKeyOf';
import { instantOf, type Instant } from '../../src/domain/basics/calendar';
import { changed, type CaseFile } from '../../src/domain/case/caseFile';
import type { Stage } from '../../src/domain/state/situation';
import { keyedHashOf } from '../../src/privacy/keyedHash';
import type { AskedCase } from '../../src/register/asked';
import { compare, type Compared } from '../../src/register/comparison';
import type { Difference } from '../../src/register/differences';
import { fromCases, fromFacts } from '../../src/register/rebuild';
import { openRegister, type Register } from '../../src/register/register';
import { openStore, type Store } from '../../src/store/store';
import { onEveryEngine, type TestDatabase } from '../support/databases';
import { inStage } from '../support/inStage';
import { testKey } from '../support/key';

const now: Instant = instantOf(Date.parse('2027-09-20T10:00:00Z'));
const clock = () => now;
const hash = keyedHashOf(testKey);
const pace = { atOnce: 4, stopping: new AbortController().signal };
const tables = [
  'statistics_person',
  'case_state',
  'case_fact',
  'case_line',
  'case_member',
  'due',
  'case_left',
  'late_moment',
  'case_ended',
];

const stages: readonly Stage[] = ['intake', 'reflection', 'decision', 'safeReturn', 'closed'];
/** The references of the cases of these tests: one in each of these stages. */
const references = stages.map((stage) => `BT-${stage}`);
const hurt = 'BT-reflection';

describe('the register, held against the cases', () => {
  onEveryEngine((open) => {
    let database: TestDatabase;
    let store: Store;
    let register: Register;
    let cases: Map<string, AskedCase>;

    beforeAll(async () => {
      database = await open('pathways_register');
      store = openStore(database.place);
      register = openRegister({ table: store.register, keys: caseKeyOf, hash, damaged: () => undefined });
    });
    beforeEach(async () => {
      await database.asOwner(`truncate ${tables.map((table) => `pathways.${table}`).join(', ')}`);
      await database.asOwner('update pathways.register_filled set at = null');
      cases = new Map(
        stages.map((stage, place) => [`BT-${stage}`, inOwnWords(named(inStage[stage]().file, `BT-${stage}`, 1_000 + place))]),
      );
      for (const asked of cases.values()) if (typeof asked === 'object') await register.write({ file: asked.file, now });
    });
    afterAll(() => store.close());

    it('does not differ where each case was written', async () => {
      expect(await compared()).toMatchObject({ cases: references.length, differing: 0, left: 0 });
      expect(await database.asOwner('select cases, differing from pathways.register_compared')).toEqual([
        { cases: references.length, differing: 0 },
      ]);
    });

    it.each<[string, string, Difference]>([
      ['an office changed', `update pathways.case_line set office = 'rotterdam'`, 'line'],
      ['a date moved', `update pathways.case_line set first_due = 'infinity'`, 'line'],
      ['a form of before', `update pathways.case_state set form = 0`, 'line'],
      ['a line removed', `delete from pathways.case_line`, 'line'],
      ['a member exchanged', `update pathways.case_member set staff_id = 'somebody-else'`, 'members'],
      ['a member removed', `delete from pathways.case_member`, 'members'],
      ['a task given to somebody else', `update pathways.due set assignee = 'somebody-else'`, 'due'],
      ['words of a task damaged', `update pathways.due set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)`, 'due'],
      ['a task removed', `delete from pathways.due`, 'due'],
      ['a fact removed', `delete from pathways.case_fact`, 'factMissing'],
      ['a state that was exchanged', `update pathways.case_state set sealed = '\\x00'`, 'stateDamaged'],
      ['a revision raised', `update pathways.case_state set revision = revision + 1`, 'newer'],
      ['a state removed', `delete from pathways.case_state`, 'noRow'],
    ])('finds %s, and mends it', async (_, harm, kind) => {
      await database.asOwner(`${harm} where reference = '${hurt}'`);
      const found = await compared();
      expect(found).toMatchObject({ cases: references.length, differing: 1, left: 1 });
      expect(found.found.get(kind)).toEqual([hurt]);
      expect(await compared({ mend: true })).toMatchObject({ differing: 1, left: 0 });
      expect(await compared()).toMatchObject({ differing: 0 });
    });

    it.each([
      ['who is not counted', 'delete from pathways.statistics_person'],
      ['who is counted otherwise', `update pathways.statistics_person set sector = 'other'`],
    ])('finds a person %s, and mends it', async (_, harm) => {
      await database.asOwner(`${harm} where id = '\\x${hash('statistics', hurt).toString('hex')}'`);
      expect([...(await compared()).found]).toEqual([['person', [hurt]]]);
      expect(await compared({ mend: true })).toMatchObject({ differing: 1, left: 0 });
    });

    it('finds a newer state, as after a restore of Temporal, and mends all of it', async () => {
      const { situation } = inStage.decision().file;
      await register.write({ file: { ...changed(fileOf(hurt), { situation }), revision: 9_999 }, now });
      expect([...(await compared()).found.keys()]).toContain('newer');
      expect(await compared({ mend: true })).toMatchObject({ differing: 1, left: 0 });
    });

    it('finds an older state, and another record of what was sent, and mends both', async () => {
      const newer = changed(fileOf(hurt), { outbox: { ...fileOf(hurt).outbox, opened: true } });
      cases.set(hurt, inOwnWords(newer));
      expect([...(await compared()).found]).toEqual([['older', [hurt]]]);
      cases.set('BT-decision', inOwnWords({ ...fileOf('BT-decision'), outbox: newer.outbox }));
      const { found } = await compared({ mend: true });
      expect(found.get('older')).toEqual([hurt]);
      expect(found.get('sent')).toEqual(['BT-decision']);
      expect(await compared()).toMatchObject({ differing: 0 });
    });

    it('finds a row without a case and a case that is silent, and says that neither was mended', async () => {
      cases.set(hurt, 'gone');
      cases.set('BT-decision', 'silent');
      const { found, left } = await compared({ mend: true });
      expect([...found].toSorted()).toEqual([
        ['noCase', [hurt]],
        ['silent', ['BT-decision']],
      ]);
      expect(left).toBe(2);
    });

    it('finds a fact that the case does not know, which only the owner of the database can remove', async () => {
      const file = fileOf(hurt);
      cases.set(hurt, inOwnWords({ ...file, entries: file.entries.slice(0, -1) }));
      expect(await compared({ mend: true })).toMatchObject({ differing: 1, left: 1 });
      await database.asOwner(`delete from pathways.case_fact where reference = '${hurt}' and n = ${file.entries.length}`);
      expect(await compared({ mend: true })).toMatchObject({ differing: 0 });
    });

    it('takes a case without a revision, on the code of an earlier release, as it is in the register', async () => {
      const file = { ...fileOf(hurt), revision: 9_999 };
      cases.set(hurt, { file, isNumbered: false });
      expect(await compared()).toMatchObject({ differing: 0 });
      cases.set(hurt, { file: { ...file, outbox: { ...file.outbox, opened: !file.outbox.opened } }, isNumbered: false });
      expect((await compared({ mend: true })).found.get('sent')).toEqual([hurt]);
      expect((await register.read(hurt))?.file.revision).toBe(9_999);
    });

    it('leaves out a case that was ended', async () => {
      cases.set(hurt, 'ended');
      expect(await compared()).toMatchObject({ cases: references.length - 1, differing: 0 });
    });

    it('looks again at a case that changes meanwhile', async () => {
      const newer = changed(fileOf(hurt), { counted: null });
      cases.set(hurt, inOwnWords(newer));
      const meanwhile = async () => {
        await register.write({ file: newer, now });
      };
      expect(await compared({ meanwhile })).toMatchObject({ differing: 0 });
    });

    describe('made anew', () => {
      it('from facts has the rows of before, also where one was changed', async () => {
        const before = await allRows();
        await database.asOwner(`update pathways.case_line set office = 'rotterdam', feed = feed where reference = '${hurt}'`);
        await database.asOwner(`delete from pathways.due where reference = '${hurt}'`);
        const rebuilt = await fromFacts({ register, references: await store.register.references(), pace, clock, done: () => undefined });
        expect(rebuilt).toEqual({ written: references.length, unread: [] });
        expect(await allRows()).toEqual(before);
        expect(await compared()).toMatchObject({ differing: 0 });
      });

      it('from facts names the cases of which one is missing', async () => {
        await database.asOwner(`delete from pathways.case_fact where reference = '${hurt}' and n = 1`);
        const { unread } = await fromFacts({ register, references, pace, clock, done: () => undefined });
        expect(unread).toEqual([hurt]);
      });

      it('from facts lets the newest revision stand', async () => {
        const newer = changed(fileOf(hurt), { counted: null });
        const overtaken: Register = {
          ...register,
          read: async (reference) => {
            const found = await register.read(reference);
            if (reference === hurt) await register.write({ file: newer, now });
            return found;
          },
        };
        await fromFacts({ register: overtaken, references, pace, clock, done: () => undefined });
        expect((await register.read(hurt))?.file.revision).toBe(newer.revision);
      });

      it('from the cases fills an empty register, and says so', async () => {
        const before = await allRows();
        await database.asOwner(`truncate ${tables.map((table) => `pathways.${table}`).join(', ')}`);
        expect(await filled()).toEqual({ written: references.length, unread: [] });
        expect(await allRows()).toEqual(before);
        expect(await store.register.isFilled()).toBe(true);
      });

      it('from the cases is not filled while one does not answer', async () => {
        cases.set(hurt, 'silent');
        expect((await filled()).unread).toEqual([hurt]);
        expect(await store.register.isFilled()).toBe(false);
      });

      function filled() {
        const asking = { ask: async (reference: string) => cases.get(reference) ?? 'gone' };
        return fromCases({ register, references, pace, clock, done: () => undefined, cases: asking, table: store.register });
      }
    });

    it('reads no case as going on that has ended, until it goes on', async () => {
      await database.asOwner(`insert into pathways.case_ended values ('${hurt}')`);
      expect((await register.read(hurt))?.isEnded).toBe(true);
      await database.asOwner('delete from pathways.case_ended');
      expect((await register.read(hurt))?.isEnded).toBe(false);
    });

    async function compared({ mend = false, meanwhile }: { mend?: boolean; meanwhile?: () => Promise<void> } = {}): Promise<Compared> {
      let asked = 0;
      return compare({
        ...{ table: store.register, register, keys: caseKeyOf, hash, pace, mend, pausesMs: [1], looked: () => undefined },
        cases: {
          all: async () => [...cases.keys()],
          ask: async (reference) => {
            asked += 1;
            if (asked === references.length + 1) await meanwhile?.();
            return cases.get(reference) ?? 'gone';
          },
        },
      });
    }

    function fileOf(reference: string): CaseFile {
      const asked = cases.get(reference);
      if (typeof asked !== 'object') throw new Error(`no file of ${reference}`);
      return asked.file;
    }

    /** The plain rows, without their place in the feed. */
    async function allRows(): Promise<readonly string[]> {
      const rows = await Promise.all(
        ['case_line', 'case_member', 'due'].map((table) =>
          database.asOwner(`select (to_jsonb(t) - 'sealed' - 'feed')::text as row from pathways.${table} t`),
        ),
      );
      return rows
        .flat()
        .map(({ row }) => row as string)
        .toSorted();
    }
  });
});

function inOwnWords(file: CaseFile): AskedCase {
  return { file, isNumbered: true };
}

function named(file: CaseFile, reference: string, revision: number): CaseFile {
  return { ...file, revision, start: { ...file.start, reference } };
}
