import { daysAfter, type PlainDate } from '../../src/domain/basics/calendar';
import type { Fact } from '../../src/domain/facts/catalogue';
import { isInvestigator } from '../../src/domain/basics/roles';
import { cooperation } from '../../src/workflows/messages';
import { demoStaff } from '../api/support/staff';
import { callerOf, instantOfWhen } from '../support/aCase';
import { openHouse, type CaseAtWork, type House } from './support/house';

/* The mail of a case that others than the police met, month by month, and the mail once it opens to them. */

const investigators = demoStaff.staff.filter(({ roles }) => roles.every(isInvestigator)).map(({ email }) => email);
const team = { caseworker: 'caseworker-1', careCoordinator: 'care-coordinator-1', supervisor: 'supervisor-1' };
const officer = 'police-1@example.org';

describe('a case that a shelter met', () => {
  it('sends weeks of mail, with reminders, warnings and alarms, and none of it to anybody of the police', async () => {
    await theCase.handle.signal(cooperation, { answer: 'declines', recordedBy: 'police-1' });
    await theCase.told('caseworker', `${daysAfter(monday, 1)}T10:00`, 'contactMissed', {});
    await house.until(`${daysAfter(monday, 40)}T10:00`);
    await theCase.file();
    const mails = house.post.mails.filter(({ raw }) => raw.includes(theCase.start.reference));
    expect(mails.length).toBeGreaterThan(20);
    expect(mails.filter(({ to }) => investigators.includes(to))).toEqual([]);
  });

  it('sends mail to the officer of the office from the day on which the person consents to contact with the police', async () => {
    const day = daysAfter(monday, 41);
    await house.until(`${day}T10:00`);
    const fact: Fact<'consentGiven'> = { type: 'consentGiven', on: day, purpose: 'policeContact' };
    const by = callerOf('caseworker');
    const officeTeam = { office: 'amsterdam', members: { ...team, police: 'police-1' } };
    expect(await theCase.sends({ fact, by, receivedAt: instantOfWhen(`${day}T10:00`), officeTeam })).toMatchObject({
      team: { police: 'police-1' },
    });
    expect(house.post.to(officer)).toEqual([]);
    await house.until(`${day}T10:02`);
    await theCase.file();
    expect(house.post.to(officer)).toHaveLength(1);
  });
});

let house: House;
let theCase: CaseAtWork;
let monday: PlainDate;
beforeAll(async () => {
  house = await openHouse();
  monday = await house.aMonday();
  theCase = await house.opens(`${monday}T09:00`, {
    registeredBy: 'caseworker-1',
    indication: { observedOn: monday, by: 'shelter' },
    hiddenFromPolice: true,
    team,
  });
});
afterAll(() => house.close());
