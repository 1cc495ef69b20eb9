import { daysAfter } from '../../src/domain/basics/calendar';
import { openHouse, type CaseAtWork, type House } from './support/house';
import { takesAll } from './support/postOffice';

let house: House;
let theCase: CaseAtWork;
let monday: `${number}-${number}-${number}`;

beforeAll(async () => {
  house = await openHouse();
});
beforeEach(async () => {
  monday = await house.aMonday();
});
afterEach(async () => {
  house.post.says(takesAll);
  await theCase.leaves();
});
afterAll(() => house.close());

const caseworker = 'caseworker-1@example.org';
const deputy = 'caseworker-2@example.org';

describe('a mail server that refuses', () => {
  it('one address for now delays only that letter, which arrives once, a quarter of an hour later', async () => {
    let refusals = 2;
    house.post.says((address) => (address === caseworker && refusals-- > 0 ? 450 : undefined));
    theCase = await house.opens(`${monday}T09:00`);
    await house.until(`${monday}T09:16`);
    await theCase.file();
    expect(mine('police-1@example.org')).toHaveLength(1);
    expect(mine(caseworker)).toHaveLength(0);
    await house.until(`${monday}T09:31`);
    await theCase.file();
    expect(mine(caseworker)).toHaveLength(1);
    expect(mine(deputy)).toHaveLength(0);
  });

  it('one address for good makes the service forward its mail to the deputy, and the case shows who was not reached', async () => {
    house.post.says((address) => (address === caseworker ? 550 : undefined));
    theCase = await house.opens(`${monday}T09:00`);
    await house.until(`${monday}T09:05`);
    expect((await theCase.file()).outbox.substitutes).toMatchObject({ 'caseworker-1': { to: 'caseworker-2' } });
    expect(mine(deputy)).toHaveLength(1);

    // Once the caseworker can be reached again, only the caseworker gets their mail.
    house.post.says(takesAll);
    await theCase.told('supervisor', `${monday}T10:00`, 'taskAdded', { kind: 'social', due: daysAfter(monday, 1), owner: 'caseworker' });
    await house.until(`${daysAfter(monday, 1)}T10:01`);
    expect((await theCase.file()).outbox.substitutes).toEqual({});
    expect(mine(caseworker).length).toBeGreaterThan(0);
  });

  it('the whole chain of recipients for good loses no letter: the service retries until an address is corrected', async () => {
    house.post.says((address) => (/caseworker|duty|supervisor|operations/.test(address) ? 550 : undefined));
    theCase = await house.opens(`${monday}T09:00`);
    await house.until(`${monday}T09:40`);
    expect((await theCase.file()).outbox.letters).not.toEqual([]);
    house.post.says(takesAll);
    await house.until(`${monday}T10:40`);
    expect((await theCase.file()).outbox.letters).toEqual([]);
  });
});

describe('a mail server that is gone', () => {
  it('for three hours during an alarm makes the alarm reach the deputy too, and each letter arrive once', async () => {
    theCase = await house.opens(`${monday}T09:00`);
    await house.until(`${monday}T09:05`);
    await theCase.file();
    const tuesday = daysAfter(monday, 1);
    await house.until(`${tuesday}T08:50`);
    const before = house.post.mails.length;
    await house.post.goesAway();
    await house.until(`${tuesday}T11:50`);
    await theCase.file();
    expect(house.post.mails).toHaveLength(before);

    await house.post.comesBack();
    await house.until(`${tuesday}T12:16`);
    expect((await theCase.file()).outbox.letters).toEqual([]);
    const after = house.post.mails.slice(before).filter(({ raw }) => raw.includes(theCase.start.reference));
    expect(after.filter(({ to }) => to === deputy)).toHaveLength(1);
    // Only the alarm was sent: nothing else was due that morning.
    expect(after.filter(({ to }) => to === caseworker)).toHaveLength(1);
    expect(new Set(after.map(({ messageId }) => messageId)).size).toBe(after.length);
  });
});

describe('an alarm for somebody who took the role while the mail server was gone', () => {
  it('is tried each quarter of an hour from the minute in which the person took the role', async () => {
    theCase = await house.opens(`${monday}T09:00`);
    await house.until(`${daysAfter(monday, 1)}T08:50`);
    await house.post.goesAway();
    await theCase.told('supervisor', `${daysAfter(monday, 1)}T09:37`, 'teamChanged', { role: 'caseworker', staffId: 'caseworker-2' });
    await house.until(`${daysAfter(monday, 1)}T12:10`);
    await house.post.comesBack();
    await house.until(`${daysAfter(monday, 1)}T12:22`);
    await theCase.file();
    expect(mine(deputy)).toHaveLength(0);
    await house.until(`${daysAfter(monday, 1)}T12:23`);
    await theCase.file();
    expect(mine(deputy)).not.toHaveLength(0);
  });
});

function mine(address: string) {
  return house.post.to(address).filter(({ raw }) => raw.includes(theCase.start.reference));
}
