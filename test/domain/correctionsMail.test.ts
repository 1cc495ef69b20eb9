import type { PlainDate } from '../../src/domain/basics/calendar';
import type { RightFact } from '../../src/domain/facts/catalogue';
import { aCase, type CaseOnTheClock } from '../support/aCase';

/** The indication is of 20 August 2027, the intake of 1 September. The start of the period is fact-1, so the first wrong fact is fact-2. */
const inReflection = () => aCase({ observedOn: '2027-08-20' }).startedReflection('2027-09-01T11:00');
const applicant = () => inReflection().cooperated('2027-09-05');
const later = '2027-09-20';

describe('the mail after a correction', () => {
  it('treats a task that is planned again as new: its first mail, then the steps from today', () => {
    const given = inReflection().didEverything('2027-09-02');
    given.corrects('supervisor', later, completionOf(given, 'rvb-application')).until('2027-09-23T12:00');
    // The task was due on the fifteenth. The seventh day after it is the twenty-second.
    expect(given.mailsAbout('rvb-application', 'care-coordinator-1').filter((mail) => mail > later)).toEqual([
      '2027-09-21T09:00 care-coordinator-1 planned',
      '2027-09-22T09:00 care-coordinator-1 overdue',
    ]);
  });

  it('treats an item with another date as new, and does not repeat steps of the old date', () => {
    // The start was recorded for the third, and in truth was on the tenth.
    const given = aCase().startedReflection('2027-09-10T11:00', '2027-09-03').until('2027-09-20T09:30');
    given.corrects('supervisor', '2027-09-20T10:00', 'fact-1', { type: 'reflectionStarted', on: '2027-09-10' }).until('2027-12-20');
    const since = (about: string, to: string) =>
      given
        .mailsAbout(about, to)
        .filter((mail) => mail > '2027-09-20T09:30')
        .map((mail) => mail.replace(/T09:00 \S+/, ''));
    // The task is due on the thirteenth. Seven days later is the day of the correction.
    expect(since('safety-plan', 'care-coordinator-1').slice(0, 2)).toEqual(['2027-09-21 planned', '2027-09-27 overdue']);
    expect(since('safety-plan', 'supervisor-1')).toEqual([]);
    expect(since('reflection-period', 'caseworker-1').slice(0, 2)).toEqual(['2027-10-29 warning', '2027-11-12 warning']);
  });

  it('warns on the next morning of a date that is now nearer, even if the days of its warnings are over', () => {
    const refused = applicant().told('ind', '2027-11-20', 'permitRefused', {});
    const { id } = refused.file.entries.at(-1) ?? { id: '' };
    refused.corrects('supervisor', '2027-12-01T10:00', id, { type: 'permitRefused', on: '2027-11-04' }).until('2027-12-02T10:00');
    // The last day to object is the second of December.
    expect(refused.mailsAbout('objection', 'caseworker-1')).toEqual(['2027-12-02T09:00 caseworker-1 warning']);
  });

  it('continues a ladder that was stopped by mistake on the next morning, and the reminders about IOM too', () => {
    const stopped = inReflection().took('2027-11-01', 'return').until('2027-12-15T12:00');
    const decided = stopped.file.entries.find(({ type }) => type === 'routeDecided')?.id ?? '';
    stopped.corrects('supervisor', '2027-12-15T13:00', decided).until('2027-12-16T10:00');
    expect(stopped.mailsAbout('reflection-period', 'caseworker-1').at(-1)).toBe('2027-12-16T09:00 caseworker-1 expired');
    expect(stopped.mails.filter(({ at }) => at === '2027-12-15T13:00')).toEqual([]);

    const answered = inReflection()
      .told('caseworker', '2027-09-02', 'returnRequested', {})
      .told('caseworker', '2027-09-02', 'consentGiven', { purpose: 'returnDataExchange' })
      .told('iom', '2027-09-08', 'riskAssessed', { outcome: 'acceptable' })
      .until('2027-09-17T12:00');
    const { id } = answered.file.entries.at(-1) ?? { id: '' };
    answered.corrects('caseworker', '2027-09-17T13:00', id).until('2027-09-24T12:00');
    expect(answered.mailsAbout('return-referral')).toEqual(['2027-09-23T09:00 caseworker-1 overdue']);
  });

  it('notifies a person who has a role again about its items in the next digest', () => {
    const given = inReflection().told('supervisor', '2027-09-05', 'teamChanged', { role: 'caseworker', staffId: 'caseworker-2' });
    given.until('2027-09-12T12:00').corrects('supervisor', '2027-09-12T13:00', 'fact-2').until('2027-09-13T12:00');
    const since = given.mails.filter(({ at, to }) => to === 'caseworker-1' && at > '2027-09-05T12:00');
    expect(since.map(({ at }) => at)).toEqual(['2027-09-13T09:00']);
    expect(since[0]?.items).toContain('options-talk planned');
  });

  it('continues the ladder of a passed deadline by its date, if a correction brings it back', () => {
    // The period ended on the first of December. An answer of no had been recorded by mistake.
    const given = inReflection().until('2027-12-04T09:30').declined('2027-12-04T10:00', '2027-11-30');
    const wrong = given.file.entries.at(-1)?.id ?? '';
    given.corrects('police', '2027-12-06T10:00', wrong).until('2027-12-20T12:00');
    const expired = given.mailsAbout('reflection-period', 'supervisor-1').filter((mail) => mail.endsWith('expired'));
    expect(expired.map((mail) => mail.slice(5, 10))).toEqual(['12-02', '12-03', '12-04', '12-07', '12-09', '12-13', '12-20']);
  });

  it('does not announce an item again that was open before', () => {
    const given = inReflection().declined('2027-09-05').until('2027-09-06T12:00').corrects('supervisor', '2027-09-06T13:00', 'fact-2');
    expect(given.until('2027-09-07T12:00').mailsAbout('care-plan')).toEqual(['2027-09-02T09:00 care-coordinator-1 planned']);
  });

  it('leaves out items that no longer exist', () => {
    const given = inReflection().declined('2027-09-05').corrects('supervisor', '2027-09-05T12:00', 'fact-2');
    expect(given.until('2027-09-25').mailsAbout('decide-route')).toEqual([]);
  });

  it('contains no alarm about hours that had already passed, and announces the task of hours at once as new', () => {
    const given = aCase().didEverything('2027-09-01T12:00');
    given.corrects('supervisor', later, completionOf(given, 'interpreter')).until('2027-09-22T12:00');
    expect(given.mailsAbout('interpreter').filter((mail) => mail > later)).toEqual(['2027-09-20T10:00 caseworker-1 planned']);
  });

  const travelled = (on: PlainDate): RightFact => ({ type: 'travelled', on });

  it('contains no alarm about an arrival that was already overdue, and starts the mails about its passing', () => {
    const given = inReflection().told('caseworker', '2027-09-08', 'travelled', {});
    given.corrects('supervisor', '2027-09-09T08:00', 'fact-2', travelled('2027-09-05')).until('2027-09-10T12:00');
    expect(given.mailsAbout('arrival-confirmation', 'supervisor-1')).toEqual([
      '2027-09-09T09:00 supervisor-1 expired',
      '2027-09-10T09:00 supervisor-1 expired',
    ]);
  });

  it('contains the alarm about an arrival that is still to be confirmed at its own hour', () => {
    const given = inReflection().told('caseworker', '2027-09-09', 'travelled', {});
    given.corrects('supervisor', '2027-09-09T12:00', 'fact-2', travelled('2027-09-08')).until('2027-09-10T08:00');
    expect(given.mailsAbout('arrival-confirmation', 'supervisor-1')).toEqual(['2027-09-10T00:00 supervisor-1 alarm']);
  });

  it('does not repeat an alarm, and contains at once an alarm that should have been raised', () => {
    const missed = aCase()
      .told('police', '2027-09-02', 'ageAssessed', { ageGroup: 'adult' })
      .told('caseworker', '2027-09-03', 'contactMissed', {});
    missed.corrects('police', '2027-09-05T22:00', 'fact-1', { type: 'ageAssessed', ageGroup: 'minor' });
    missed.corrects('police', '2027-09-06T22:00', 'fact-1', { type: 'ageAssessed', ageGroup: 'minor', unaccompanied: true });
    expect(missed.until('2027-09-07T12:00').mailsAbout('contact-missed', 'supervisor-1')).toEqual(['2027-09-05T22:00 supervisor-1 alarm']);
  });
});

function completionOf({ file }: CaseOnTheClock, task: string): string {
  return file.entries.find((entry) => 'task' in entry && entry.task === task)?.id ?? '';
}
