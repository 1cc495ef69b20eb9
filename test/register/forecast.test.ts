import { forecastOf } from '../../src/domain/views/forecast';
import { aCase } from '../support/aCase';
import { closed, inStage } from '../support/inStage';
import { onEveryEngine } from '../support/databases';
import { openListing, type Listing, type Who } from './support/listing';

describe('the forecast', () => {
  onEveryEngine((open) => {
    let listing: Listing;
    beforeAll(async () => {
      listing = openListing(await open('pathways_api'));
      await listing.write(inStage.reflection(), 'BT-1');
      await listing.write(inStage.reflection(), 'BT-2');
      await listing.write(inStage.permit(), 'BT-PERMIT');
      await listing.write(inStage.reflection(), 'BT-THERE', { office: 'rotterdam' });
      await listing.write(aCase({ metBy: 'shelter' }), 'BT-HIDDEN');
      await listing.write(closed(inStage.assistance()), 'BT-CLOSED');
    });
    afterAll(() => listing.store.close());

    const forecast = (who: Who, office?: string) =>
      listing.lists.forecast({ ...listing.asking(who, 'forecast', office), from: '2027-09-20', before: '2029-09-17' });

    it('counts the periods that end in a week, of the office', async () => {
      // Both periods end on Wednesday 1 December.
      const weeks = await forecast('supervisor');
      expect(weeks.find(({ from }) => from === '2027-11-29')).toMatchObject({ office: 'amsterdam', decisions: 2 });
      expect(new Set(weeks.map(({ office }) => office))).toEqual(new Set(['amsterdam']));
    });

    it('counts every date of its classes, and nothing else', async () => {
      const weeks = await forecast('supervisor');
      const situations = [inStage.reflection(), inStage.reflection(), inStage.permit()].map(({ situation }) => situation);
      const open = situations.flatMap(({ deadlines, tasks }) => [
        ...deadlines.filter(({ end, quiet }) => end === null && !quiet).map(({ rule, date }) => ({ rule, date })),
        ...tasks.filter(({ end, waits }) => end === null && waits !== true).map(({ rule, dueOn }) => ({ rule, date: dueOn })),
      ]);
      for (const kind of ['decisions', 'permits', 'reporting'] as const) {
        const expected = open.filter(({ rule, date }) => forecastOf[rule] === kind && date >= '2027-09-20' && date < '2029-09-17').length;
        expect([kind, weeks.reduce((sum, week) => sum + week[kind], 0)]).toEqual([kind, expected]);
      }
      expect(weeks.some(({ permits }) => permits > 0)).toBe(true);
    });

    it('is of every office for a national role, of one office if told, and of none beyond reach', async () => {
      const offices = async (who: Who, office?: string) => new Set((await forecast(who, office)).map((week) => week.office));
      expect(await offices('kmar')).toEqual(new Set(['amsterdam', 'rotterdam']));
      expect(await offices('kmar', 'rotterdam')).toEqual(new Set(['rotterdam']));
      expect(await offices('supervisor', 'rotterdam')).toEqual(new Set());
      expect(await offices('caseworker')).toEqual(new Set());
    });
  });
});
