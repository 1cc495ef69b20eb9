import { daysAfter } from '../../src/domain/calendar';
import { openHouse, type CaseAtWork, type House } from './support/house';

const monday = '2047-01-07';
const tuesday = daysAfter(monday, 1);
const deputy = 'care-coordinator-1';

let house: House;
let her: CaseAtWork;

beforeAll(async () => {
  house = await openHouse({
    staff: (file) => ({
      ...file,
      staff: file.staff.map((member) =>
        member.id === 'caseworker-1' ? { ...member, deputy, absent: [{ from: tuesday, until: daysAfter(tuesday, 7) }] } : member,
      ),
    }),
  });
  her = await house.opens(`${monday}T09:00`);
  await her.told('supervisor', `${monday}T10:00`, 'taskAdded', { kind: 'social', due: tuesday, owner: 'caseworker' });
  await her.told('supervisor', `${monday}T10:00`, 'taskAdded', { kind: 'legal', due: tuesday, owner: 'careCoordinator' });
  await house.until(`${tuesday}T08:50`);
});
afterAll(async () => {
  await her.leaves();
  await house.close();
});

describe('on the first morning on which somebody is away', () => {
  it('his deputy, who has mail of his own, reads that morning what is due and what has passed, each in one mail', async () => {
    const before = house.post.mails.length;
    await house.until(`${tuesday}T09:05`);
    const { post } = await her.file();
    expect(post.letters).toEqual([]);
    const due = ['caseworker-1', deputy].flatMap((of) =>
      Object.entries(post.told[of] ?? {}).filter(([about]) => about.startsWith('added-')),
    );
    expect(due).toEqual([
      ['added-1', { on: tuesday, at: `${tuesday}T08:00:00Z` }],
      ['added-2', { on: tuesday, at: `${tuesday}T08:00:00Z` }],
    ]);
    const subjects = house.post.mails.slice(before).flatMap(({ to, raw }) => (to === `${deputy}@example.org` ? [subjectOf(raw)] : []));
    expect(subjects).toEqual(['Uw aandacht is direct nodig (BT-TEST-1)', 'Er is een actie nodig (BT-TEST-1)']);
  });
});

function subjectOf(raw: string): string | undefined {
  return /^Subject: (.*)$/im.exec(raw)?.[1]?.trim();
}
