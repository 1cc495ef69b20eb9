import { daysAfter, type PlainDate } from '../../src/domain/basics/calendar';
import { openHouse, type CaseAtWork, type House } from './support/house';

const monday = '2047-01-07';
const [tuesday, wednesday, friday] = [daysAfter(monday, 1), daysAfter(monday, 2), daysAfter(monday, 4)];
const deputy = 'care-coordinator-1';

let house: House;
let theCase: CaseAtWork;

beforeAll(async () => {
  house = await openHouse({
    staff: (file) => ({
      ...file,
      staff: file.staff.map((member) =>
        member.id === 'caseworker-1' ? { ...member, deputy, absent: [{ from: tuesday, until: wednesday }] } : member,
      ),
    }),
  });
  theCase = await house.opens(`${monday}T09:00`);
  await theCase.told('supervisor', `${monday}T10:00`, 'taskAdded', { kind: 'social', due: tuesday, owner: 'caseworker' });
  await theCase.told('supervisor', `${monday}T10:00`, 'taskAdded', { kind: 'legal', due: tuesday, owner: 'careCoordinator' });
});
afterAll(async () => {
  await theCase.leaves();
  await house.close();
});

describe('while a staff member is absent', () => {
  it.each([tuesday, wednesday])(
    'the deputy gets those items on the morning of %s together with their own, each in one mail',
    async (day) => {
      const { mails, mailedItems } = await morningOf(day);
      expect(mailedItems('caseworker-1')).toContain('added-1');
      expect(mailedItems(deputy)).toContain('added-2');
      const [alarm, digest] = [/direct uw aandacht - eerste van vandaag, 09:00$/, / acties? nodig$/].map((words) =>
        mails(deputy).filter(({ raw }) => words.test(/^Subject: ([^(]*?)\s+\(/im.exec(raw)?.[1] ?? '')),
      );
      expect([alarm?.length, digest?.length, mails(deputy).length]).toEqual(day === tuesday ? [1, 1, 2] : [0, 1, 1]);
      expect(countIn(digest?.[0]?.raw)).toBe(day === tuesday ? 2 : mailedItems('caseworker-1').length + mailedItems(deputy).length);
    },
  );

  it('and back again, the staff member alone gets their mail, even without any on the morning of the return', async () => {
    const { mails, mailedItems } = await morningOf(friday);
    expect(mailedItems('caseworker-1')).toContain('added-1');
    expect(countIn(mails('caseworker-1')[0]?.raw)).toBe(mailedItems('caseworker-1').length);
    expect(countIn(mails(deputy)[0]?.raw)).toBe(mailedItems(deputy).length);
  });
});

/** The mails of a morning, and the items in them for each team member. */
async function morningOf(day: PlainDate) {
  await house.until(`${day}T08:50`);
  const before = house.post.mails.length;
  await house.until(`${day}T09:05`);
  const { outbox } = await theCase.file();
  expect(outbox.letters).toEqual([]);
  return {
    mails: (staffId: string) => house.post.mails.slice(before).filter(({ to }) => to === `${staffId}@example.org`),
    mailedItems: (staffId: string) =>
      Object.entries(outbox.notifiedThrough[staffId] ?? {}).flatMap(([about, { on }]) => (on === day ? [about] : [])),
  };
}

function countIn(raw = ''): number {
  return Number(/^Aantal: (\d+)/m.exec(raw)?.[1]);
}
