import type { Caller } from '../../src/domain/basics/roles';
import { endOfDay } from '../../src/domain/basics/calendar';
import { aCase } from '../support/aCase';
import { inStage } from '../support/inStage';
import { onEveryEngine, type TestDatabase } from '../support/databases';
import { callers, openListing, type Listing, type Who } from './support/listing';

describe('the tasks across cases', () => {
  onEveryEngine((open) => {
    let database: TestDatabase;
    let listing: Listing;
    beforeAll(async () => {
      database = await open('pathways_api');
      listing = openListing(database);
      await listing.write(inStage.intake(), 'BT-INTAKE');
      await listing.write(inStage.reflection(), 'BT-REFLECTION');
      await listing.write(inStage.reflection(), 'BT-THERE', { office: 'rotterdam' });
      await listing.write(aCase({ metBy: 'shelter' }), 'BT-HIDDEN');
    });
    afterAll(() => listing.store.close());

    const tasksOf = (who: Who, changes: object = {}) =>
      listing.lists.tasks({
        ...listing.asking(who, 'tasks'),
        ...listing.paged(who),
        ...{ assignees: [callers[who].id], until: '2028-12-31', overdue: false, statutory: false },
        ...changes,
      });

    it('are those of one person, with what they are, by date', async () => {
      const { items } = await tasksOf('caseworker');
      const expected = [...ofRole('caseworker', inStage.intake()), ...ofRole('caseworker', inStage.reflection())];
      const hidden = ofRole('caseworker', aCase({ metBy: 'shelter' }));
      expect(items.map(({ said }) => said.id).toSorted()).toEqual([...expected, ...hidden].toSorted());
      expect(items.map(({ due }) => due)).toEqual(items.map(({ due }) => due).toSorted());
      expect(new Set(items.map(({ owner, assignee }) => `${owner} ${assignee}`))).toEqual(new Set(['caseworker caseworker-1']));
      expect(items.find(({ said }) => said.id === 'safety-assessment')).toMatchObject({
        ...{ overdue: true, statutory: false, dueAt: '2027-09-02T07:00:00Z', due: '2027-09-02' },
        said: { rule: 'safety-assessment', taskKind: 'safety', source: 'ours' },
      });
    });

    it('leave out a hidden case for the police, and another office', async () => {
      const ids = async (who: Who, changes?: object) => (await tasksOf(who, changes)).items.map(({ reference }) => reference);
      expect(new Set(await ids('police'))).toEqual(new Set(['BT-INTAKE', 'BT-REFLECTION']));
      expect(await ids('police', { assignees: ['caseworker-1'] })).not.toContain('BT-HIDDEN');
      expect(new Set(await ids('supervisorThere', { assignees: ['caseworker-1'] }))).toEqual(new Set(['BT-THERE']));
    });

    it('end at a day, or are only those that are overdue or that the law asks for', async () => {
      const all = (await tasksOf('caseworker')).items;
      expect((await tasksOf('caseworker', { until: '2027-09-21' })).items).toEqual(all.filter(({ due }) => due <= '2027-09-21'));
      expect((await tasksOf('caseworker', { overdue: true })).items).toEqual(all.filter(({ overdue }) => overdue));
      expect((await tasksOf('caseworker', { statutory: true })).items).toEqual(all.filter(({ statutory }) => statutory));
      expect(all.some(({ overdue }) => !overdue)).toBe(true);
    });

    it('are overdue from the midnight after their date on, with nothing written in between', async () => {
      const [task] = (await tasksOf('caseworker')).items.filter(({ overdue, dueAt }) => !overdue && dueAt === null);
      const overdueAt = async (now: string) => {
        const { items } = await tasksOf('caseworker', { now });
        return items.find(({ reference, said }) => reference === task?.reference && said.id === task.said.id)?.overdue;
      };
      const midnight = endOfDay(task?.due ?? '2027-01-01');
      expect([await overdueAt(new Date(Date.parse(midnight) - 60_000).toISOString()), await overdueAt(midnight)]).toEqual([false, true]);
    });

    it('of several people come together, in one order', async () => {
      const { items } = await tasksOf('supervisor', { assignees: ['caseworker-1', 'care-coordinator-1'] });
      expect(new Set(items.map(({ assignee }) => assignee))).toEqual(new Set(['caseworker-1', 'care-coordinator-1']));
      expect(items.map(({ due }) => due)).toEqual(items.map(({ due }) => due).toSorted());
    });

    it('of a role that nobody holds are found by that', async () => {
      const { items } = await tasksOf('supervisor', { assignees: [null] });
      expect(items.filter(({ assignee }) => assignee !== null)).toEqual([]);
    });

    it('come in pages, each once', async () => {
      const all = (await tasksOf('caseworker')).items;
      const seen: unknown[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof tasksOf>> = await tasksOf('caseworker', listing.paged('caseworker', cursor, 3));
        seen.push(...page.items);
        cursor = page.next;
      } while (cursor !== null);
      expect(seen).toEqual(all);
    });
  });
});

function ofRole(role: Caller['roles'][number], { situation }: ReturnType<typeof aCase>): string[] {
  return situation.tasks.filter(({ end, waits, owner }) => end === null && waits !== true && owner === role).map(({ id }) => id);
}
