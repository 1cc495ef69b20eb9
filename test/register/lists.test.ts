import { aCase } from '../support/aCase';
import { closed, inStage } from '../support/inStage';
import { onEveryEngine, type TestDatabase } from '../support/databases';
import { now, openListing, type Listing, type Who } from './support/listing';

const shelter = { metBy: 'shelter' } as const;

describe('a list of cases', () => {
  onEveryEngine((open) => {
    let database: TestDatabase;
    let listing: Listing;
    beforeAll(async () => {
      database = await open('pathways_api');
      listing = openListing(database);
      await listing.write(inStage.intake(), 'BT-INTAKE');
      await listing.write(inStage.reflection(), 'BT-REFLECTION');
      await listing.write(inStage.decision(), 'BT-DECISION');
      await listing.write(closed(inStage.assistance()), 'BT-CLOSED');
      await listing.write(inStage.reflection(), 'BT-THERE', { office: 'rotterdam' });
      await listing.write(aCase(shelter), 'BT-HIDDEN');
      await listing.write(aCase(shelter), 'BT-HIDDEN-THERE', { office: 'rotterdam' });
    });
    afterAll(() => listing.store.close());

    const here = ['BT-DECISION', 'BT-INTAKE', 'BT-REFLECTION'];
    it.each<[Who, readonly string[]]>([
      ['caseworker', [...here, 'BT-HIDDEN']],
      ['police', here],
      ['kmar', [...here, 'BT-THERE']],
      ['ind', [...here, 'BT-HIDDEN', 'BT-THERE', 'BT-HIDDEN-THERE']],
      ['both', [...here, 'BT-HIDDEN', 'BT-THERE']],
      ['supervisorThere', ['BT-THERE', 'BT-HIDDEN-THERE']],
      ['auditor', []],
    ])('has for %s the open cases within reach, and no other', async (who, references) => {
      expect((await listing.references(who)).toSorted()).toEqual(references.toSorted());
    });

    it('has no case whose run somebody ended, until it goes on', async () => {
      await database.asOwner(`insert into pathways.case_ended values ('BT-DECISION')`);
      expect(await listing.references('caseworker')).not.toContain('BT-DECISION');
      expect(await listing.references('caseworker', { member: 'police-1' })).not.toContain('BT-DECISION');
      await database.asOwner('delete from pathways.case_ended');
      expect(await listing.references('caseworker')).toContain('BT-DECISION');
    });

    it('is narrowed to an office, and empty for an office out of reach', async () => {
      expect(await listing.references('kmar', {}, 'rotterdam')).toEqual(['BT-THERE']);
      expect(await listing.references('both', {}, 'amsterdam')).toContain('BT-HIDDEN');
      expect(await listing.references('both', {}, 'rotterdam')).toEqual(['BT-THERE']);
      expect(await listing.references('caseworker', {}, 'rotterdam')).toEqual([]);
    });

    it('shows the first date, the next one and what waits for somebody', async () => {
      const { items } = await listing.lists.cases({
        ...listing.asking('caseworker', 'list'),
        ...listing.paged('caseworker'),
        filter: { open: true, stages: ['decision'] },
      });
      const [task] = inStage
        .decision()
        .situation.tasks.filter(({ end }) => end === null)
        .map(({ dueOn }) => dueOn)
        .toSorted();
      expect(items).toEqual([
        {
          ...{ reference: 'BT-DECISION', office: 'amsterdam', stage: 'decision', since: '2027-09-05' },
          ...{ firstDue: task, nextDate: expect.any(String), overdue: true, escalated: true, decisionNeeded: true },
          ...{ unassigned: expect.any(Number), undelivered: 0 },
        },
      ]);
      expect(items[0]?.nextDate?.localeCompare('2027-09-20')).toBeGreaterThanOrEqual(0);
    });

    it.each<[object, readonly string[]]>([
      [{ open: false, stages: ['closed'] }, ['BT-CLOSED']],
      [{ open: true, stages: ['closed'] }, []],
      [{ stages: ['intake', 'decision'] }, ['BT-DECISION', 'BT-HIDDEN', 'BT-INTAKE']],
      [{ decisionNeeded: true }, ['BT-DECISION']],
      [{ dueBefore: '2027-09-01' }, []],
      [{ member: 'police-1' }, ['BT-DECISION', 'BT-INTAKE', 'BT-REFLECTION']],
      [{ member: 'nobody-1' }, []],
    ])('is narrowed by %j', async (filter, references) => {
      expect((await listing.references('caseworker', filter)).toSorted()).toEqual(references);
    });

    it('has the order of the first dates, page by page, and each case once', async () => {
      const seen: string[] = [];
      const dates: (string | null)[] = [];
      let cursor: string | null = null;
      do {
        const { items, next }: Awaited<ReturnType<Listing['lists']['cases']>> = await listing.lists.cases({
          ...listing.asking('ind', 'list'),
          ...listing.paged('ind', cursor, 2),
          filter: { open: false },
        });
        seen.push(...items.map(({ reference }) => reference));
        dates.push(...items.map(({ firstDue }) => firstDue));
        cursor = next;
      } while (cursor !== null);
      expect(seen).toHaveLength(7);
      expect(new Set(seen).size).toBe(7);
      expect(dates.slice(0, -1)).toEqual(dates.slice(0, -1).toSorted());
      // The closed case has no date.
      expect([seen.at(-1), dates.at(-1)]).toEqual(['BT-CLOSED', null]);
    });

    it('has a cursor that fits no other list and no other caller', async () => {
      const asked = { ...listing.asking('ind', 'list'), ...listing.paged('ind', null, 1), filter: { open: true } };
      const { next: cursor } = await listing.lists.cases(asked);
      const others = [
        { ...asked, cursor, wanted: { stage: 'intake' } },
        { ...asked, cursor, caller: { id: 'ind-2', roles: ['ind'] as const } },
        { ...asked, cursor: `X${cursor}` },
        { ...asked, cursor: 'nonsense' },
      ];
      for (const other of others)
        await expect(listing.lists.cases({ ...other, cursor: other.cursor ?? undefined })).rejects.toMatchObject({
          code: 'invalid-request',
          details: { faults: [{ path: 'cursor' }] },
        });
      const again = { ...asked, cursor: cursor ?? undefined };
      expect((await listing.lists.cases(again)).items).toHaveLength(1);
      await expect(listing.lists.changes({ ...listing.asking('ind', 'list'), ...again })).rejects.toMatchObject({
        code: 'invalid-request',
      });
    });

    it('is refused until the register has every case', async () => {
      await database.asOwner('update pathways.register_filled set at = null');
      await expect(listing.references('ind')).rejects.toMatchObject({ code: 'register-filling' });
      await database.asOwner('update pathways.register_filled set at = now()');
      expect(await listing.references('ind')).toHaveLength(6);
    });

    it('counts what each filter finds, no further than it is told', async () => {
      const filters = [{ open: true }, { open: true, decisionNeeded: true }, { open: true, overdue: true }];
      const asked = { reach: listing.asking('ind', 'list').reach, now, filters };
      const listed = await Promise.all(filters.map(async (filter) => (await listing.references('ind', filter)).length));
      expect(await listing.lists.counts({ ...asked, most: 100 })).toEqual(listed);
      expect(await listing.lists.counts({ ...asked, most: 2 })).toEqual(listed.map((count) => Math.min(count, 2)));
    });
  });
});
