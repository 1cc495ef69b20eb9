import { sql } from 'kysely';
import { cursorsUnder } from '../../src/register/cursors';
import { openPatiently } from '../../src/store/connection';
import { aCase } from '../support/aCase';
import { inStage } from '../support/inStage';
import { onEveryEngine, type TestDatabase } from '../support/databases';
import { testKey } from '../support/key';
import { callers, openListing, type Listing, type Who } from './support/listing';

describe('the feed of changes', () => {
  onEveryEngine((open) => {
    let database: TestDatabase;
    let listing: Listing;
    beforeAll(async () => {
      database = await open('pathways_api');
      listing = openListing(database);
    });
    beforeEach(async () => {
      for (const table of ['case_line', 'case_left', 'case_state']) await database.asOwner(`delete from pathways.${table}`);
    });
    afterAll(() => listing.store.close());

    const changes = (who: Who, cursor?: string | null, most?: number) =>
      listing.lists.changes({ ...listing.asking(who, 'list'), ...listing.paged(who, cursor, most) });

    it('has each case once with its latest revision, the oldest change first', async () => {
      await listing.write(inStage.intake(), 'BT-2');
      await listing.write(inStage.intake(), 'BT-1');
      await listing.write(inStage.reflection(), 'BT-2', { revision: 5 });
      const { items } = await changes('caseworker');
      expect(items).toEqual([
        { reference: 'BT-1', revision: 1, at: expect.any(String) },
        { reference: 'BT-2', revision: 5, at: expect.any(String) },
      ]);
    });

    it('names a case as gone once its run was ended, and again once it goes on', async () => {
      const here = openListing(await open());
      const read = (cursor?: string | null) =>
        here.lists.changes({ ...here.asking('caseworker', 'list'), ...here.paged('caseworker', cursor) });
      await here.write(inStage.intake(), 'BT-1');
      await here.write(inStage.intake(), 'BT-2');
      const before = await read();
      await here.store.register.markEnded({ ended: ['BT-1'], goOn: [] });
      const ended = await read(before.next);
      expect(ended.items).toEqual([{ reference: 'BT-1', gone: true }]);
      expect((await read()).items).toContainEqual({ reference: 'BT-1', gone: true });
      await here.store.register.markEnded({ ended: ['BT-1'], goOn: [] });
      expect((await read(ended.next)).items).toEqual([]);
      expect(await here.store.register.endedCases()).toEqual(['BT-1']);
      await here.store.register.markEnded({ ended: [], goOn: ['BT-1'] });
      expect((await read(ended.next)).items).toEqual([{ reference: 'BT-1', revision: 1, at: expect.any(String) }]);
      await here.store.close();
    });

    it('goes on where a reader stopped, also where nothing was left', async () => {
      await listing.write(inStage.intake(), 'BT-1');
      const first = await changes('caseworker');
      const nothing = await changes('caseworker', first.next);
      expect(nothing.items).toEqual([]);
      await listing.write(inStage.intake(), 'BT-2');
      expect((await changes('caseworker', nothing.next)).items.map(({ reference }) => reference)).toEqual(['BT-2']);
    });

    it('has pages, and the last of them is not the end', async () => {
      for (const reference of ['BT-1', 'BT-2', 'BT-3']) await listing.write(inStage.intake(), reference);
      const one = await changes('caseworker', null, 2);
      const two = await changes('caseworker', one.next, 2);
      expect([...one.items, ...two.items].map(({ reference }) => reference)).toEqual(['BT-1', 'BT-2', 'BT-3']);
      expect((await changes('caseworker', two.next, 2)).items).toEqual([]);
    });

    it('says once more of a case that left an office that it is gone, and nothing of it where it is', async () => {
      await listing.write(inStage.intake(), 'BT-1');
      const { next } = await changes('caseworker');
      await listing.write(inStage.intake(), 'BT-1', { office: 'rotterdam', revision: 2 });
      expect((await changes('caseworker', next)).items).toEqual([{ reference: 'BT-1', gone: true }]);
      expect((await changes('supervisorThere')).items).toMatchObject([{ reference: 'BT-1', revision: 2 }]);
      const national = await changes('kmar');
      expect(national.items).toMatchObject([{ reference: 'BT-1', revision: 2 }]);
      // It comes back: a change like any other.
      await listing.write(inStage.intake(), 'BT-1', { revision: 3 });
      expect((await changes('caseworker', next)).items).toMatchObject([{ reference: 'BT-1', revision: 3 }]);
    });

    it('says to investigators alone that a case was hidden again', async () => {
      await listing.write(inStage.intake(), 'BT-1');
      const [police, kmar, caseworker] = [await changes('police'), await changes('kmar'), await changes('caseworker')];
      await listing.write(inStage.intake(), 'BT-1', { hidden: true, revision: 2 });
      expect((await changes('police', police.next)).items).toEqual([{ reference: 'BT-1', gone: true }]);
      expect((await changes('kmar', kmar.next)).items).toEqual([{ reference: 'BT-1', gone: true }]);
      expect((await changes('caseworker', caseworker.next)).items).toMatchObject([{ revision: 2 }]);
    });

    it.each<Who>(['police', 'kmar'])('tells %s nothing of a case that was always hidden, also when it leaves its office', async (who) => {
      await listing.write(aCase({ metBy: 'shelter' }), 'BT-1');
      await listing.write(aCase({ metBy: 'shelter' }), 'BT-1', { office: 'rotterdam', revision: 2 });
      expect((await changes(who)).items).toEqual([]);
      expect((await changes('caseworker')).items).toEqual([{ reference: 'BT-1', gone: true }]);
    });

    it('tells them that a case is gone that was hidden again and left its office at once', async () => {
      await listing.write(inStage.intake(), 'BT-1');
      await listing.write(inStage.intake(), 'BT-1', { office: 'rotterdam', hidden: true, revision: 2 });
      for (const who of ['police', 'kmar', 'caseworker'] as const)
        expect((await changes(who)).items).toEqual([{ reference: 'BT-1', gone: true }]);
    });

    it('expires with the database that gave its cursor', async () => {
      await listing.write(inStage.intake(), 'BT-1');
      const { next } = await changes('caseworker');
      await database.asOwner(`update pathways.register_filled set at = at + interval '1 second'`);
      await expect(changes('caseworker', next)).rejects.toMatchObject({ code: 'cursor-expired' });
      expect((await changes('caseworker')).items).toHaveLength(1);
    });

    it('expires for a cursor that is ahead of the database, as after its files were put back', async () => {
      const { id } = await listing.store.lists.origin();
      const of = { list: 'changes', wanted: {}, caller: callers.caseworker };
      const cursor = (feed: string) => cursorsUnder(testKey).seal({ feed, reference: 'BT-1' }, of, id);
      await expect(changes('caseworker', cursor('99999999999'))).rejects.toMatchObject({ code: 'cursor-expired' });
      expect((await changes('caseworker', cursor('1'))).items).toEqual([]);
    });

    it('has a place for rows of a dump from a server that had come much further', async () => {
      await listing.write(inStage.intake(), 'BT-1');
      await database.asOwner(`update pathways.case_line set feed = '99999999999'::xid8`);
      expect((await changes('caseworker')).items).toMatchObject([{ reference: 'BT-1' }]);
      await listing.write(inStage.intake(), 'BT-2');
      expect((await changes('caseworker')).items.map(({ reference }) => reference)).toEqual(['BT-1', 'BT-2']);
    });

    it('passes over nothing that commits late: it waits for the transactions before', async () => {
      // All connections of PGlite are one session, so there a transaction is never beside another.
      if ('socket' in database.place) return;
      const { next } = await changes('caseworker');
      const other = openPatiently(database.place);
      await other.transaction().execute(async (slow) => {
        await sql`select pg_current_xact_id()`.execute(slow);
        await listing.write(inStage.intake(), 'BT-FAST');
        expect((await changes('caseworker', next)).items).toEqual([]);
      });
      await other.destroy();
      expect((await changes('caseworker', next)).items.map(({ reference }) => reference)).toEqual(['BT-FAST']);
    });
  });
});
