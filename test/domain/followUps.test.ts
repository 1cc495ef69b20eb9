import { deadlineState } from '../../src/domain/plan/deadlines';
import type { Situation } from '../../src/domain/state/situation';
import { aCase, type CaseOnTheClock, type When } from '../support/aCase';

/** The person chose to go home on 6 September 2027 and travelled on the 20th. Only the follow-ups cause mail. */
const isHome = () =>
  aCase()
    .startedReflection('2027-09-01T11:00')
    .told('supervisor', '2027-09-01T12:00', 'teamChanged', { role: 'returnCounsellor', staffId: 'return-counsellor-1' })
    .took('2027-09-06', 'return')
    .told('caseworker', '2027-09-20T10:00', 'travelled', {})
    .didEverything('2027-09-20T11:00');
/** The arrival was confirmed on the 21st. */
const wantsContact = (followUpWanted = true) => isHome().told('caseworker', '2027-09-21T10:00', 'arrivalConfirmed', { followUpWanted });

describe('a follow-up after a return', () => {
  it('is planned one, three, six and twelve months after the arrival, if the person wants it', () => {
    expect(followUps(wantsContact().situation)).toEqual([
      'follow-up-1 2027-10-21',
      'follow-up-2 2027-12-21',
      'follow-up-3 2028-03-21',
      'follow-up-4 2028-09-21',
    ]);
  });

  it('is not planned without that wish, nor before the arrival is confirmed', () => {
    expect(followUps(wantsContact(false).situation)).toEqual([]);
    expect(followUps(isHome().situation)).toEqual([]);
  });

  it('is counted from the day of the arrival, not of its recording, and keeps to month ends', () => {
    const given = aCase({ registered: '2027-11-20T09:00' })
      .told('caseworker', '2027-11-29T10:00', 'travelled', {})
      .told('caseworker', '2027-12-05T10:00', 'arrivalConfirmed', { followUpWanted: true, on: '2027-11-30' });
    expect(followUps(given.situation)).toEqual([
      'follow-up-1 2027-12-30',
      'follow-up-2 2028-02-29',
      'follow-up-3 2028-05-30',
      'follow-up-4 2028-11-30',
    ]);
  });

  it('causes a mail to caseworker and return counsellor the day before and on the day; its passing one to the caseworker', () => {
    const given = wantsContact().until('2028-01-31');
    const mails = ['follow-up-1', 'follow-up-2'].flatMap((id) => given.mailsAbout(id));
    expect(mails).toEqual(
      ['2027-10', '2027-12'].flatMap((month) => [
        ...['20', '21'].flatMap((day) => [
          `${month}-${day}T09:00 caseworker-1 warning`,
          `${month}-${day}T09:00 return-counsellor-1 warning`,
        ]),
        `${month}-22T09:00 caseworker-1 expired`,
      ]),
    );
  });

  it('causes a mail to the caseworker alone if the case has no return counsellor', () => {
    const given = aCase()
      .told('caseworker', '2027-09-20', 'travelled', {})
      .told('caseworker', '2027-09-21', 'arrivalConfirmed', { followUpWanted: true })
      .until('2027-10-22T10:00');
    expect(given.mailsAbout('follow-up-1')).toEqual([
      '2027-10-20T09:00 caseworker-1 warning',
      '2027-10-21T09:00 caseworker-1 warning',
      '2027-10-22T09:00 caseworker-1 expired',
    ]);
  });

  it('counts in a digest as a warning, and its passing as an escalation', () => {
    const given = wantsContact().until('2027-10-22T10:00');
    const classOn = (day: string) => given.mails.find(({ at, to }) => at === `2027-10-${day}T09:00` && to === 'caseworker-1')?.class;
    expect([classOn('20'), classOn('21'), classOn('22')]).toEqual(['warning', 'warning', 'escalation']);
  });
});

describe('a follow-up contact that takes place', () => {
  it('meets the earliest follow-up that is not met, running or passed', () => {
    const given = wantsContact();
    expect(states(followUpDone(given, '2027-10-20'))).toEqual(['met', 'running', 'running', 'running']);
    // The second follow-up passed on 21 December, so the next contact meets that one.
    expect(states(given, '2028-01-10')).toEqual(['met', 'passed', 'running', 'running']);
    expect(states(followUpDone(given, '2028-01-10'))).toEqual(['met', 'met', 'running', 'running']);
  });

  it('counts long before its day, and ends the mails about that follow-up', () => {
    const given = followUpDone(wantsContact(), '2027-09-25').until('2027-12-21T10:00');
    expect(given.mailsAbout('follow-up-1')).toEqual([]);
    expect(given.mailsAbout('follow-up-2', 'caseworker-1').map((mail) => mail.slice(0, 10))).toEqual(['2027-12-20', '2027-12-21']);
  });

  it('is possible four times, and a fifth has nothing to meet', () => {
    const given = wantsContact();
    for (const day of ['2027-10-20', '2027-12-20', '2028-03-20', '2028-09-20']) followUpDone(given, day);
    expect(states(given)).toEqual(['met', 'met', 'met', 'met']);
    expect(given.refusal('caseworker', '2028-09-21', 'followUpHeld', {})?.code).toBe('fact-not-possible');
  });

  it('is not possible if the person wants no contact', () => {
    expect(wantsContact(false).refusal('caseworker', '2027-10-20', 'followUpHeld', {})?.code).toBe('fact-not-possible');
  });
});

describe('a person who wants no more contact', () => {
  it('ends every follow-up that is not met, also a passed one, and every mail about them', () => {
    const given = followUpDone(wantsContact(), '2027-10-20').told('caseworker', '2028-01-10', 'followUpStopped', { reason: 'ownWish' });
    expect(states(given)).toEqual(['met', 'lifted', 'lifted', 'lifted']);
    const mails = given.until('2028-10-01').mails.flatMap(({ at, items }) => items.map((item) => `${at} ${item}`));
    expect(mails.filter((mail) => mail > '2028-01-10' && mail.includes('follow-up'))).toEqual([]);
  });

  it('ends follow-ups just as the closing of the case does', () => {
    const given = wantsContact().told('supervisor', '2027-09-22', 'closed', { result: 'returned' });
    expect(states(given)).toEqual(['lifted', 'lifted', 'lifted', 'lifted']);
  });
});

describe('the arrival after a journey', () => {
  it('causes no alarm if it is confirmed on its last day', () => {
    expect(wantsContact().until('2027-09-25').mailsAbout('arrival-confirmation')).toEqual([]);
  });

  it('causes an alarm at midnight if it is not confirmed, then mails from the next morning on', () => {
    const given = isHome().until('2027-10-05');
    const to = (person: string) => given.mailsAbout('arrival-confirmation', person).map((mail) => mail.replace(` ${person}`, ''));
    const alarm = '2027-09-22T00:00 alarm';
    const ladder = ['23', '24', '25', '27', '29'].map((day) => `2027-09-${day}T09:00 expired`);
    expect(to('caseworker-1')).toEqual([alarm, ...ladder, '2027-10-04T09:00 expired']);
    expect(to('supervisor-1')).toEqual([alarm, ...ladder, '2027-10-04T09:00 expired']);
    expect(to('return-counsellor-1')).toEqual([alarm]);
  });

  it('ends the ladder whenever it is confirmed, and is confirmed once only', () => {
    const given = isHome().told('caseworker', '2027-09-24T10:00', 'arrivalConfirmed', { followUpWanted: false });
    expect(given.until('2027-10-20').mailsAbout('arrival-confirmation', 'caseworker-1').at(-1)).toBe(
      '2027-09-24T09:00 caseworker-1 expired',
    );
    expect(given.refusal('caseworker', '2027-10-21', 'arrivalConfirmed', { followUpWanted: true })?.code).toBe('already-recorded');
  });
});

function followUpDone(given: CaseOnTheClock, when: When): CaseOnTheClock {
  return given.told('caseworker', when, 'followUpHeld', {});
}

function followUps({ deadlines }: Situation): string[] {
  return deadlines.filter(({ rule }) => rule.startsWith('follow-up')).map(({ id, date }) => `${id} ${date}`);
}

function states(given: CaseOnTheClock, when?: When): string[] {
  const situation = when === undefined ? given.situation : given.at(when);
  return situation.deadlines.filter(({ rule }) => rule.startsWith('follow-up')).map((each) => deadlineState(each, situation.asOf));
}
