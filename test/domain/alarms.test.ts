import { caseAttributes } from '../../src/domain/views/caseAttributes';
import { refold } from '../../src/domain/case/caseFile';
import { forNextRun } from '../../src/domain/notifications/nextRun';
import { aCase, instantOfWhen, localTime, type CaseOnTheClock, type PostOffice } from '../support/aCase';

const minor = { ageGroup: 'minor', unaccompanied: true } as const;
const goingHome = () => aCase().startedReflection('2027-09-01T11:00').took('2027-09-06', 'return');
/** Every gate is open on 20 September. The departure declaration is of the 21st, and the journey is booked for the 25th. */
const declared = () => aCase().readyToLeave('2027-09-20').declared('2027-09-21');
const booked = () => declared().booked('2027-09-21T12:00', '2027-09-25');
const dangerous = (given: CaseOnTheClock) =>
  given.told('careCoordinator', '2027-09-23T15:20', 'riskAssessed', { outcome: 'notAcceptable' });
const travels = (given: CaseOnTheClock) => given.told('caseworker', '2027-09-25T07:40', 'travelled', {});

describe('a task of hours that passes undone', () => {
  it.each<[string, string]>([
    ['safety-assessment', 'caseworker-1'],
    ['urgent-medical-check', 'care-coordinator-1'],
    ['interpreter', 'caseworker-1'],
    ['own-language-information', 'caseworker-1'],
    ['safe-bed', 'care-coordinator-1'],
    ['phone-and-location-safety', 'caseworker-1'],
    ['minor-check', 'care-coordinator-1'],
    ['guardian', 'care-coordinator-1'],
    ['offer-reflection-period', 'police-1'],
  ])('%s alarms %s and the supervisor in that minute', (id, owner) => {
    const given = aCase({ registered: '2027-09-01T16:47', person: minor }).until('2027-09-02T17:00');
    const alarms = given.mailsAbout(id).filter((mail) => mail.endsWith('alarm'));
    expect(alarms.sort()).toEqual([`2027-09-02T16:47 ${owner} alarm`, '2027-09-02T16:47 supervisor-1 alarm']);
  });

  it('never sends its alarm round between two people who are each other’s deputy', () => {
    const deputies = { 'caseworker-1': 'caseworker-2', 'caseworker-2': 'caseworker-1' };
    const post: PostOffice = ({ to }) => ({ outcome: 'failed', deputy: deputies[to as keyof typeof deputies] });
    const { file } = aCase({ post }).until('2027-09-08T12:00');
    const alarms = file.outbox.letters.filter(({ kind }) => kind === 'alarm');
    expect(new Set(alarms.map(({ id }) => id.split('/deputy').length))).toEqual(new Set([1, 2]));
  });

  it('causes no alarm if it was done in that very minute', () => {
    const given = aCase().didEverything('2027-09-02T09:00').until('2027-09-03');
    expect(given.mails.filter((mail) => mail.class === 'alarm')).toEqual([]);
  });

  it('causes no alarm if it was due on a date, since the digest covers that', () => {
    const given = aCase().until('2027-09-10');
    expect(given.mailsAbout('comensha-registration').filter((mail) => mail.endsWith('alarm'))).toEqual([]);
  });

  it('causes no second alarm if it is reopened after its time', () => {
    const given = aCase()
      .completed('2027-09-02T12:00', 'interpreter')
      .told('caseworker', '2027-09-04T12:00', 'taskReopened', { task: 'interpreter' })
      .until('2027-09-12');
    const alarms = given.mailsAbout('interpreter').filter((mail) => mail.endsWith('alarm'));
    expect(alarms).toEqual(['2027-09-02T09:00 caseworker-1 alarm', '2027-09-02T09:00 supervisor-1 alarm']);
  });
});

describe('a risk that an assessment finds', () => {
  const both = ['2027-09-23T15:20 caseworker-1 alarm', '2027-09-23T15:20 supervisor-1 alarm'];
  const alarmsOn = (given: CaseOnTheClock) =>
    given
      .until('2027-09-23T23:00')
      .mailsAbout('risk-assessed')
      .filter((mail) => mail.endsWith('alarm'));

  it('alarms caseworker and supervisor at once while a journey is booked', () => {
    expect(alarmsOn(dangerous(booked()))).toEqual(both);
  });

  it.each<[string, () => CaseOnTheClock]>([
    ['as long as no journey is booked', declared],
    ['once the return is stopped', () => booked().told('iom', '2027-09-22', 'returnStopped', { reason: 'ownWish' })],
    ['while the person prepares', goingHome],
  ])('causes no alarm %s', (_, given) => {
    expect(alarmsOn(dangerous(given()))).toEqual([]);
  });

  it('causes no alarm if the assessment allows the journey', () => {
    const given = booked().told('careCoordinator', '2027-09-23T15:20', 'riskAssessed', { outcome: 'acceptableWithMeasures' });
    expect(alarmsOn(given)).toEqual([]);
  });
});

describe('a journey', () => {
  const alarmed = (given: CaseOnTheClock) => travels(given).until('2027-09-25T12:00').mailsAbout('travelled');
  const both = ['2027-09-25T07:40 caseworker-1 alarm', '2027-09-25T07:40 supervisor-1 alarm'];

  it('that went as prepared causes no alarm', () => {
    expect(alarmed(booked())).toEqual([]);
  });

  it.each<[string, () => CaseOnTheClock]>([
    ['from another stage', () => aCase().startedReflection('2027-09-01T11:00')],
    ['from an unknown destination', () => aCase().told('police', '2027-09-10', 'departedUnknown', {})],
    ['without a declaration', goingHome],
    ['without a booking', declared],
    ['against a risk', () => dangerous(booked())],
  ])('%s is recorded, and alarms caseworker and supervisor at once', (_, given) => {
    const before = given();
    expect(alarmed(before)).toEqual(both);
    expect(before.situation.stage).toBe('aftercare');
  });
});

describe('the alarms of a case', () => {
  it('are separate mails for different instants, and one mail for the same instant', () => {
    const given = aCase({ person: minor })
      .didEverything('2027-09-01T12:00')
      .told('caseworker', '2027-09-03T12:00', 'contactMissed', {})
      .told('police', '2027-09-03T12:05', 'departedUnknown', {})
      .until('2027-09-03T14:00');
    const mails = given.mails.filter(({ to, class: of }) => to === 'care-coordinator-1' && of === 'alarm');
    expect(mails.map(({ at, items }) => `${at} ${items.join(', ')}`)).toEqual([
      '2027-09-03T12:00 contact-missed alarm',
      '2027-09-03T12:05 departed-unknown alarm',
      '2027-09-03T13:05 missing-minor-alarm alarm',
    ]);
  });

  it('end with the case: a task that passes afterwards causes none', () => {
    const given = aCase({ person: minor }).told('police', '2027-09-01T10:00', 'departedUnknown', {}).didEverything('2027-09-01T10:10');
    given.told('supervisor', '2027-09-01T10:20', 'closed', { result: 'contactLost' }).until('2027-09-05');
    expect(given.mails.filter(({ at }) => at > '2027-09-01T10:20')).toEqual([]);
  });
});

describe('the alarms that one reader gets about one case', () => {
  /** The tries of alarms to one person, as `2027-09-03T12:00 1 of 2027-09-03T12:00`. */
  function tries(to: string, post: PostOffice = () => ({ outcome: 'delivered' })) {
    const seen: string[] = [];
    const given = aCase({
      person: minor,
      post: (letter, at) => {
        if (letter.to === to && letter.numbered) seen.push(`${at} ${letter.numbered.number} of ${localTime(letter.numbered.at)}`);
        return post(letter, at);
      },
    });
    return { seen, given: given.didEverything('2027-09-01T10:00') };
  }
  const missed = (given: CaseOnTheClock, when: string) => given.told('caseworker', when, 'contactMissed', {}).until(when);

  it('are numbered each day: a first one, a second one, and so on', () => {
    const { seen, given } = tries('caseworker-1');
    missed(missed(missed(given, '2027-09-03T12:00'), '2027-09-03T23:50'), '2027-09-04T00:10');
    expect(seen).toEqual([
      '2027-09-03T12:00 1 of 2027-09-03T12:00',
      '2027-09-03T23:50 2 of 2027-09-03T23:50',
      '2027-09-04T00:10 1 of 2027-09-04T00:10',
    ]);
  });

  it('keep their number at each try, whatever happens in between', () => {
    const { seen, given } = tries('caseworker-1', (_, at) => ({ outcome: at < '2027-09-03T12:20' ? 'failed' : 'delivered' }));
    missed(missed(given, '2027-09-03T12:00'), '2027-09-03T12:05').until('2027-09-03T12:30');
    expect(seen).toEqual([
      '2027-09-03T12:00 1 of 2027-09-03T12:00',
      '2027-09-03T12:05 2 of 2027-09-03T12:05',
      '2027-09-03T12:15 1 of 2027-09-03T12:00',
      '2027-09-03T12:20 2 of 2027-09-03T12:05',
      '2027-09-03T12:30 1 of 2027-09-03T12:00',
    ]);
  });

  it('keep their number after the case continues in a new run', () => {
    const { seen, given } = tries('caseworker-1');
    missed(given, '2027-09-03T12:00');
    const { start, entries } = given.file;
    given.file = refold(start, entries, { outbox: forNextRun(given.file, given.now) });
    missed(given, '2027-09-03T12:05');
    expect(seen).toEqual(['2027-09-03T12:00 1 of 2027-09-03T12:00', '2027-09-03T12:05 2 of 2027-09-03T12:05']);
  });

  it.each<[string, PostOffice, string]>([
    [
      'are forwarded to',
      ({ to }) => (to === 'caseworker-1' ? { outcome: 'refused', next: 'caseworker-2' } : { outcome: 'delivered' }),
      '12:05',
    ],
    [
      'after an hour also go to',
      ({ to }) => (to === 'caseworker-1' ? { outcome: 'failed', deputy: 'caseworker-2' } : { outcome: 'delivered' }),
      '13:05',
    ],
  ])('that %s a deputy have numbers of their own for that deputy', (_, post, time) => {
    const { seen, given } = tries('caseworker-2', post);
    missed(missed(given, '2027-09-03T12:05'), '2027-09-03T12:10').until('2027-09-03T14:00');
    const second = time.replace('05', '10');
    expect(seen).toEqual([`2027-09-03T${time} 1 of 2027-09-03T${time}`, `2027-09-03T${second} 2 of 2027-09-03T${second}`]);
  });
});

describe('a case on the list is escalated from an alarm until nobody needs to act any more', () => {
  const escalated = (given: CaseOnTheClock, when: string) => caseAttributes(given.file, instantOfWhen(when)).escalated;
  const calm = (person = {}) => aCase({ person }).startedReflection('2027-09-01T11:00').didEverything('2027-09-01T11:05');
  const asked = () => {
    const given = calm().told('caseworker', '2027-09-01T12:00', 'returnRequested', {});
    return given.told('caseworker', '2027-09-01T12:05', 'consentGiven', { purpose: 'returnDataExchange' });
  };

  it.each<[string, CaseOnTheClock, (given: CaseOnTheClock) => unknown, (given: CaseOnTheClock) => unknown]>([
    [
      'a minor who missed a contact, until there is contact again',
      calm(minor),
      (given) => given.told('caseworker', '2027-09-01T15:00', 'contactMissed', {}),
      (given) => given.told('caseworker', '2027-09-01T16:00', 'returnedToContact', {}),
    ],
    [
      'a minor who missed a contact, until the police have established what happened',
      calm(minor),
      (given) => given.told('caseworker', '2027-09-01T15:00', 'contactMissed', {}),
      (given) => given.told('police', '2027-09-01T16:00', 'taskCompleted', { task: 'establish-contact' }),
    ],
    [
      'a minor who is missing, until there is contact again, whatever was done about it',
      calm(minor),
      (given) =>
        given
          .told('police', '2027-09-01T15:00', 'departedUnknown', {})
          .told('careCoordinator', '2027-09-01T15:00', 'taskCompleted', { task: 'missing-minor-alarm' }),
      (given) => given.told('police', '2027-09-01T16:00', 'returnedToContact', {}),
    ],
    [
      'a consent withdrawn while a return is prepared on it, until it is given anew',
      asked(),
      (given) => given.told('caseworker', '2027-09-01T15:00', 'consentWithdrawn', { purpose: 'returnDataExchange' }),
      (given) => given.told('caseworker', '2027-09-01T16:00', 'consentGiven', { purpose: 'returnDataExchange' }),
    ],
    [
      'a journey that nothing had prepared, until the arrival is confirmed',
      calm(),
      (given) => given.told('caseworker', '2027-09-01T15:00', 'travelled', {}),
      (given) => given.told('caseworker', '2027-09-01T16:00', 'arrivalConfirmed', { followUpWanted: false }),
    ],
    [
      'a risk found while a journey is booked, until it is assessed anew',
      aCase().readyToLeave('2027-09-01T11:00').declared('2027-09-01T12:00').booked('2027-09-01T13:00', '2027-09-20'),
      (given) => given.told('careCoordinator', '2027-09-01T15:00', 'riskAssessed', { outcome: 'notAcceptable' }),
      (given) => given.told('careCoordinator', '2027-09-02T08:00', 'riskAssessed', { outcome: 'acceptable' }),
    ],
  ])('%s', (_, given, alarming, settling) => {
    expect(escalated(given, '2027-09-01T14:59')).toBe(false);
    alarming(given);
    expect(escalated(given, '2027-09-01T15:00')).toBe(true);
    settling(given);
    expect(escalated(given, '2027-09-02T08:00')).toBe(false);
  });

  it('an arrival that was not confirmed in time, from that midnight on', () => {
    const given = travels(booked()).didEverything('2027-09-25T08:00');
    expect(escalated(given, '2027-09-26T23:59')).toBe(false);
    expect(escalated(given, '2027-09-27T00:00')).toBe(true);
    given.told('caseworker', '2027-09-27T00:05', 'arrivalConfirmed', { followUpWanted: false });
    expect(escalated(given, '2027-09-27T00:05')).toBe(false);
  });

  it('but not an adult who missed a contact, since that causes no alarm', () => {
    expect(escalated(calm().told('caseworker', '2027-09-01T15:00', 'contactMissed', {}), '2027-09-01T15:00')).toBe(false);
  });
});
