import { instantOf, type Instant } from '../../src/domain/basics/calendar';
import type { LateMoment } from '../../src/domain/views/lateMoment';
import { aCase } from '../support/aCase';
import { inStage } from '../support/inStage';
import { onEveryEngine } from '../support/databases';
import { openListing, type Listing, type Who } from './support/listing';

describe('the outages', () => {
  onEveryEngine((open) => {
    let listing: Listing;
    beforeAll(async () => {
      listing = openListing(await open('pathways_api'));
      const night = [
        late('2027-09-02T22:00:00Z', 130, { deadline: 'reflection-period', what: ['expiry'] }),
        late('2027-09-02T23:30:00Z', 45),
      ];
      await listing.write(inStage.intake(), 'BT-1', { late: night });
      await listing.write(inStage.intake(), 'BT-2', { late: [late('2027-09-03T00:05:00Z', 20), late('2027-09-10T07:00:00Z', 6)] });
      await listing.write(aCase({ metBy: 'shelter' }), 'BT-HIDDEN', { late: [late('2027-09-10T07:00:00Z', 10)] });
      await listing.write(inStage.intake(), 'BT-THERE', { office: 'rotterdam', late: [late('2027-09-15T07:00:00Z', 60)] });
      await listing.write(inStage.intake(), 'BT-IN-TIME', { late: [late('2027-09-17T07:00:00Z', 5)] });
    });
    afterAll(() => listing.store.close());

    const outages = (who: Who) => listing.lists.outages({ ...listing.asking(who, 'outages'), since, most: 100 });

    it('are late moments with less than an hour between them, the newest first', async () => {
      expect(await outages('supervisor')).toEqual([
        { id: '202709100706', from: '2027-09-10T07:00:00Z', until: '2027-09-10T07:10:00Z', moments: 2, worst: 10 },
        { id: '202709030010', from: '2027-09-02T22:00:00Z', until: '2027-09-03T00:25:00Z', moments: 3, worst: 130 },
      ]);
    });

    it('are of the nation for an auditor, and for nobody whose right they are not', async () => {
      expect((await outages('auditor')).map(({ id, moments }) => [id, moments])).toEqual([
        ['202709150800', 1],
        ['202709100706', 2],
        ['202709030010', 3],
      ]);
      expect(await outages('police')).toEqual([]);
    });

    it('name each late moment: what it was, and whose legal position it touched', async () => {
      const asked = { ...listing.asking('supervisor', 'lateMoments'), since, most: 100 };
      const found = await listing.lists.outage('202709030010', asked);
      expect(found).toMatchObject({ moments: 3, worst: 130 });
      expect(found?.items).toEqual([
        {
          ...{ reference: 'BT-1', plannedAt: '2027-09-02T22:00:00Z', happenedAt: '2027-09-03T00:10:00Z' },
          ...{ what: ['expiry'], about: ['safety-plan'], deadline: 'reflection-period', mails: 1 },
        },
        expect.objectContaining({ reference: 'BT-1', plannedAt: '2027-09-02T23:30:00Z', deadline: null }),
        expect.objectContaining({ reference: 'BT-2', plannedAt: '2027-09-03T00:05:00Z' }),
      ]);
      expect(await listing.lists.outage('202709150800', asked)).toBeUndefined();
    });

    it('are shown from an instant on', async () => {
      const asked = { ...listing.asking('supervisor', 'outages'), since: '2027-09-05T00:00:00Z', most: 100 } as const;
      expect((await listing.lists.outages(asked)).map(({ id }) => id)).toEqual(['202709100706']);
    });

    it('leave with a case for the office where it is now', async () => {
      await listing.write(inStage.intake(), 'BT-MOVED', { late: [late('2027-09-18T07:00:00Z', 60)] });
      expect((await outages('supervisor'))[0]).toMatchObject({ moments: 1, from: '2027-09-18T07:00:00Z' });
      await listing.write(inStage.intake(), 'BT-MOVED', { office: 'rotterdam', revision: 2 });
      expect((await outages('supervisor'))[0]?.from).not.toBe('2027-09-18T07:00:00Z');
      expect((await outages('supervisorThere'))[0]?.from).toBe('2027-09-18T07:00:00Z');
    });
  });
});

const since: Instant = '2026-09-20T00:00:00Z';

function late(plannedAt: Instant, minutes: number, said: Partial<LateMoment['said']> = {}): LateMoment {
  const happenedAt = instantOf(Date.parse(plannedAt) + minutes * 60_000);
  return { plannedAt, happenedAt, said: { what: ['reminder'], about: ['safety-plan'], deadline: null, mails: 1, ...said } };
}
