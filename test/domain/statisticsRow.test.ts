import fc from 'fast-check';
import { refold } from '../../src/domain/case/caseFile';
import { statisticsRow } from '../../src/domain/views/statisticsRow';
import { aCase, instantOfWhen, localTime, type CaseOnTheClock, type Opening, type When } from '../support/aCase';
import { attempt, someAttempts, someOpening } from '../support/someFacts';

describe('the row of a person', () => {
  it('begins with the registration with CoMensha, by the day on which it was done, and not before', () => {
    const person = aCase({ ...quiet, registered: '2027-08-30T09:00' });
    expect(rowOf(person, '2027-08-30')).toBeNull();
    person.told('police', '2027-09-02', 'taskCompleted', { task: 'comensha-registration', on: '2027-08-31' });
    expect(rowOf(person, '2027-09-02')).toMatchObject({ registeredMonth: '2027-08-01' });
  });

  it('is of nobody whose registration was waived: that person was not registered', () => {
    const person = aCase(quiet).told('supervisor', '2027-09-02', 'taskWaived', { task: 'comensha-registration', reason: 'notPossible' });
    expect(rowOf(person, '2027-09-02')).toBeNull();
  });

  it('is taken back with the registration: by a correction, by a withdrawn consent, and for whoever is found to be no possible victim', () => {
    const struckOut = registered().corrects('police', '2027-09-03', 'fact-1');
    expect(rowOf(struckOut, '2027-09-03')).toBeNull();

    const met = aCase({ ...quiet, metBy: 'shelter' }).told('caseworker', '2027-09-01', 'consentGiven', { purpose: 'registration' });
    met.told('caseworker', '2027-09-02', 'taskCompleted', { task: 'comensha-registration' });
    expect(rowOf(met, '2027-09-02')).toMatchObject({ indicatedBy: 'shelter' });
    met.told('caseworker', '2027-09-03', 'consentWithdrawn', { purpose: 'registration' });
    expect(rowOf(met, '2027-09-03')).toBeNull();

    const found = registered().told('supervisor', '2027-09-05', 'closed', { result: 'notAVictim' });
    expect(rowOf(found, '2027-09-05')).toBeNull();
    found.told('supervisor', '2027-09-06', 'reopened', { reason: 'newInformation' });
    expect(rowOf(found, '2027-09-06')).not.toBeNull();
  });

  it('has the person as known now: the intake as it was put right, and the age as it was assessed', () => {
    const person = registered({ person: { nationality: 'HU', sex: 'male', sector: 'labour' } });
    expect(rowOf(person, '2027-09-02')).toMatchObject({ nationality: 'HU', sex: 'male', sector: 'labour', ageGroup: 'adult' });
    person.told('supervisor', '2027-09-03', 'intakeCorrected', { reason: 'mistake', nationality: 'RO' });
    person.told('police', '2027-09-04', 'ageAssessed', { ageGroup: 'minor', unaccompanied: false });
    expect(rowOf(person, '2027-09-04')).toMatchObject({ nationality: 'RO', ageGroup: 'minor' });
    expect(rowOf(registered(), '2027-09-02')).toMatchObject({ nationality: 'ZZ', sex: 'unknown', sector: 'unknown' });
  });

  it('has the month of the first offer, the days from the indication to it, and the answer since', () => {
    const offered = (tell: (person: CaseOnTheClock) => CaseOnTheClock) =>
      rowOf(tell(registered({ observedOn: '2027-08-29' })), '2027-10-20');
    expect(offered((person) => person)).toMatchObject({ offerMonth: null, offerOutcome: null, daysToOffer: null });
    expect(offered((person) => person.startedReflection('2027-09-02'))).toMatchObject({
      ...{ offerMonth: '2027-09-01', offerOutcome: 'accepted', daysToOffer: 4 },
    });
    const declines = (person: CaseOnTheClock) => person.told('police', '2027-09-05', 'reflectionDeclined', { confirmed: true });
    expect(offered(declines)).toMatchObject({ offerOutcome: 'declined', daysToOffer: 7 });
    expect(offered((person) => declines(person).startedReflection('2027-10-12'))).toMatchObject({
      ...{ offerMonth: '2027-09-01', offerOutcome: 'accepted', daysToOffer: 7 },
    });
    const asked = (person: CaseOnTheClock) => person.told('police', '2027-09-02', 'taskCompleted', { task: 'offer-reflection-period' });
    expect(offered(asked)).toMatchObject({ offerOutcome: 'other', daysToOffer: 4 });
  });

  it('has the end of the period, also the silent one', () => {
    const started = () => registered().startedReflection('2027-09-02');
    expect(rowOf(started(), '2027-12-02T23:59')).toMatchObject({ periodEnd: null });
    expect(rowOf(started(), '2027-12-03T00:00')).toMatchObject({ periodEnd: 'expired' });
    expect(rowOf(started().declined('2027-10-01'), '2027-12-03')).toMatchObject({ periodEnd: 'declined' });
  });

  it('has the days of each stage that has ended, and of a stage twice entered their sum', () => {
    const person = registered().startedReflection('2027-09-04').declined('2027-10-04');
    expect(rowOf(person, '2027-11-01')).toMatchObject({ daysInIntake: 3, daysInReflection: 30, daysInDecision: null });
    person.took('2027-10-14', 'assistance');
    expect(rowOf(person, '2027-11-01')).toMatchObject({ daysInDecision: 10, daysInAssistance: null });
    for (const [left, back] of [
      ['2027-10-20', '2027-10-25'],
      ['2027-10-30', '2027-11-02'],
    ] as const)
      person.told('police', left, 'departedUnknown', {}).told('caseworker', back, 'returnedToContact', {});
    expect(rowOf(person, '2027-11-02')).toMatchObject({ daysInContactLost: 5 + 3, daysInAssistance: 6 + 5 });
  });

  it('has the statutory tasks of intake and reflection period that were done or are past their date, and of these the ones in time', () => {
    const person = registered();
    expect(rowOf(person, '2027-09-01T23:00')).toMatchObject({ tasksEnded: 1, tasksInTime: 1 });
    // The offer, which is due within a day.
    expect(rowOf(person, '2027-09-02T09:00')).toMatchObject({ tasksEnded: 2, tasksInTime: 1 });
    person.startedReflection('2027-09-08').completed('2027-09-09', 'm55-reflection-notice');
    expect(rowOf(person, '2027-09-09')).toMatchObject({ tasksEnded: 3, tasksInTime: 2 });
    // Told late, and done in time.
    person.told('caseworker', '2027-09-20', 'taskCompleted', { task: 'rvb-form', on: '2027-09-10' });
    expect(rowOf(person, '2027-09-20')).toMatchObject({ tasksEnded: 4, tasksInTime: 3 });
    // What is owed by an answer alone is not among them.
    person.cooperated('2027-09-21').completed('2027-09-21', 'copy-to-person');
    expect(rowOf(person, '2027-09-21')).toMatchObject({ tasksEnded: 4, tasksInTime: 3 });
  });

  it('has no task that was waived before its date, and has one that was waived after it among those that are late', () => {
    const waived = (when: When) =>
      rowOf(
        registered()
          .startedReflection('2027-09-01T15:00')
          .told('supervisor', when, 'taskWaived', { task: 'm55-reflection-notice', reason: 'notNeeded' }),
        when,
      );
    expect(waived('2027-09-02')).toMatchObject({ tasksEnded: 2, tasksInTime: 2 });
    expect(waived('2027-09-03')).toMatchObject({ tasksEnded: 3, tasksInTime: 2 });
  });

  it('has the journey home with its month, and the contacts whose day has come', () => {
    const person = registered().readyToLeave('2027-09-10').declared('2027-09-20').booked('2027-09-21', '2027-09-30');
    expect(rowOf(person, '2027-09-29')).toMatchObject({ returned: false, resultMonth: null });
    person.told('iom', '2027-10-01', 'travelled', { on: '2027-09-30' });
    expect(rowOf(person, '2027-10-01')).toMatchObject({ returned: true, resultMonth: '2027-09-01', followUpsDue: 0 });
    person.told('iom', '2027-10-01', 'arrivalConfirmed', { followUpWanted: true });
    const [first] = person.situation.deadlines.filter(({ rule }) => rule.startsWith('follow-up')).map(({ date }) => date);
    expect(rowOf(person, `${first}T23:59`)).toMatchObject({ followUpsDue: 0, followUpsMade: 0 });
    person.told('iom', first ?? '', 'followUpHeld', {});
    expect(rowOf(person, first ?? '')).toMatchObject({ followUpsDue: 1, followUpsMade: 1 });
    expect(rowOf(person, '2030-01-01')?.followUpsDue).toBeGreaterThan(1);
    expect(rowOf(person, '2030-01-01')).toMatchObject({ followUpsMade: 1, daysInReflection: 0 });
  });

  it('names nobody: neither case, nor office, nor staff, nor any date', () => {
    const person = registered().startedReflection('2027-09-04').declined('2027-10-04');
    const row = JSON.stringify(rowOf(person, '2027-11-01'));
    const { reference, office, registeredBy, team } = person.file.start;
    for (const name of [reference, office, registeredBy, ...Object.values(team)]) expect(row).not.toContain(name);
    expect([...row.matchAll(/\d{4}-\d\d-(\d\d)/g)].map(([, day]) => day)).toEqual(['01', '01']);
  });
});

describe('the row of any person', () => {
  it('follows from the kept facts alone, and counts nothing twice', () => {
    const counted = fc.sample(fc.tuple(someOpening, someAttempts(12)), { numRuns: 200, seed: 35 }).flatMap(([opening, attempts]) => {
      const person = aCase({ ...opening, ...quiet });
      const begins = localTime(person.now);
      if (opening.metBy === 'shelter') person.told('caseworker', begins, 'consentGiven', { purpose: 'registration' });
      person.completed(begins, 'comensha-registration');
      for (const each of attempts) attempt(person, each);
      const { file, now } = person;
      const row = statisticsRow(file, now);
      expect(statisticsRow(refold(file.start, file.entries), now)).toEqual(row);
      return row ?? [];
    });
    expect(counted.length).toBeGreaterThan(100);
    for (const row of counted) {
      const numbers = Object.values(row).filter((value) => typeof value === 'number');
      expect(numbers.every((number) => Number.isInteger(number) && number >= 0)).toBe(true);
      expect(row.tasksInTime).toBeLessThanOrEqual(row.tasksEnded);
      expect(row.followUpsMade).toBeLessThanOrEqual(row.followUpsDue);
      expect(row.offerMonth === null).toBe(row.daysToOffer === null);
    }
  });
});

/** Facts alone matter here. */
const quiet: Opening = { post: 'closed' };

function registered(opening: Opening = {}): CaseOnTheClock {
  return aCase({ ...quiet, ...opening }).told('police', '2027-09-01T12:00', 'taskCompleted', { task: 'comensha-registration' });
}

function rowOf({ file }: CaseOnTheClock, when: When) {
  return statisticsRow(file, instantOfWhen(when));
}
