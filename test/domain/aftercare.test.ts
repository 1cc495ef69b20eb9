import { deadlineState } from '../../src/domain/plan/deadlines';
import { aCase, type CaseOnTheClock } from '../support/aCase';

/** The person travels on 30 November 2027, as prepared. The arrival is confirmed the day after. */
const travelled = () =>
  aCase()
    .startedReflection('2027-09-01T11:00')
    .declined('2027-09-02')
    .took('2027-09-03', 'return')
    .opensGates('2027-11-10')
    .declared('2027-11-12')
    .booked('2027-11-13', '2027-11-30')
    .told('caseworker', '2027-11-30T13:00', 'travelled', {});
const arrived = (followUpWanted = true) => travelled().told('receiving', '2027-12-01T10:00', 'arrivalConfirmed', { followUpWanted });
const followUpDone = (given: CaseOnTheClock, when: string) => given.told('caseworker', when, 'followUpHeld', {});

describe('the arrival after a journey home', () => {
  it('has to be confirmed within a day', () => {
    expect(terms(travelled())).toEqual(['arrival-confirmation 2027-12-01 running']);
    expect(terms(arrived(false))).toEqual(['arrival-confirmation 2027-12-01 met']);
  });

  it('confirmed in the last minute causes no alarm; one minute later caseworker and supervisor have got one', () => {
    const alarms = (when: string) =>
      travelled()
        .told('caseworker', when, 'arrivalConfirmed', { followUpWanted: false })
        .until('2027-12-05')
        .mailsAbout('arrival-confirmation');
    expect(alarms('2027-12-01T23:59')).toEqual([]);
    expect(alarms('2027-12-02T00:01')).toEqual(['2027-12-02T00:00 caseworker-1 alarm', '2027-12-02T00:00 supervisor-1 alarm']);
  });

  it('is confirmed only once, whoever records it', () => {
    expect(arrived().refusal('caseworker', '2027-12-02', 'arrivalConfirmed', { followUpWanted: false })?.code).toBe('already-recorded');
  });

  it('can be confirmed only for a person who has travelled', () => {
    expect(aCase().refusal('caseworker', '2027-09-02', 'arrivalConfirmed', { followUpWanted: true })?.code).toBe('fact-not-possible');
  });

  it('has to be confirmed after every journey, also after one without preparation', () => {
    const given = aCase().startedReflection('2027-09-01T11:00').told('police', '2027-09-10', 'travelled', {});
    expect(terms(given)).toContain('arrival-confirmation 2027-09-11 running');
  });
});

describe('the follow-ups after a return', () => {
  it('are planned one, three, six and twelve months after the arrival, if the person wants contact', () => {
    expect(terms(arrived()).slice(1)).toEqual([
      'follow-up-1 2028-01-01 running',
      'follow-up-2 2028-03-01 running',
      'follow-up-3 2028-06-01 running',
      'follow-up-4 2028-12-01 running',
    ]);
  });

  it('are not planned, and cause no mail, if the person does not want contact', () => {
    const given = arrived(false).until('2028-12-10');
    expect(terms(given)).toHaveLength(1);
    expect(given.mails.flatMap(({ items }) => items).filter((item) => item.startsWith('follow-up'))).toEqual([]);
    expect(given.refusal('caseworker', '2028-12-11', 'followUpHeld', {})?.code).toBe('fact-not-possible');
  });

  it('are counted in calendar months from the day of the arrival', () => {
    const given = travelled().told('caseworker', '2027-12-01', 'arrivalConfirmed', { followUpWanted: true, on: '2027-11-30' });
    expect(
      terms(given)
        .slice(1)
        .map((term) => term.split(' ')[1]),
    ).toEqual(['2027-12-30', '2028-02-29', '2028-05-30', '2028-11-30']);
  });

  it('are met in order: a contact meets the earliest follow-up that is running or passed', () => {
    expect(terms(followUpDone(arrived(), '2027-12-20'))).toContain('follow-up-1 2028-01-01 met');
    const late = followUpDone(arrived(), '2028-01-20');
    expect(terms(late).slice(1, 3)).toEqual(['follow-up-1 2028-01-01 met', 'follow-up-2 2028-03-01 running']);
    expect(terms(followUpDone(late, '2028-01-21')).slice(1, 4)).toEqual([
      'follow-up-1 2028-01-01 met',
      'follow-up-2 2028-03-01 met',
      'follow-up-3 2028-06-01 running',
    ]);
  });

  it('take place four times at most', () => {
    const given = ['2027-12-20', '2028-02-20', '2028-05-20', '2028-11-20'].reduce(followUpDone, arrived());
    expect(given.refusal('caseworker', '2028-11-21', 'followUpHeld', {})?.code).toBe('fact-not-possible');
  });

  it('are announced the day before and on the day, and a missed one is reported once to the caseworker', () => {
    const given = arrived()
      .told('supervisor', '2027-12-02', 'teamChanged', { role: 'returnCounsellor', staffId: 'return-counsellor-1' })
      .until('2028-01-20');
    expect(given.mailsAbout('follow-up-1')).toEqual([
      '2027-12-31T09:00 caseworker-1 warning',
      '2027-12-31T09:00 return-counsellor-1 warning',
      '2028-01-01T09:00 caseworker-1 warning',
      '2028-01-01T09:00 return-counsellor-1 warning',
      '2028-01-02T09:00 caseworker-1 expired',
    ]);
  });

  it('end whenever the person wishes, and all future ones are lifted', () => {
    const given = followUpDone(arrived(), '2027-12-20').told('receiving', '2028-01-20', 'followUpStopped', { reason: 'ownWish' });
    expect(
      terms(given)
        .slice(1)
        .map((term) => term.split(' ')[2]),
    ).toEqual(['met', 'lifted', 'lifted', 'lifted']);
    expect(given.refusal('caseworker', '2028-02-01', 'followUpHeld', {})?.code).toBe('fact-not-possible');
    expect(given.until('2028-12-20').mailsAbout('follow-up-2')).toEqual([]);
  });
});

describe('after the journey home', () => {
  it('the Dutch tasks lapse, while tasks of safety and the review of the case stay', () => {
    const given = travelled();
    expect(given.situation.tasks.filter(({ end }) => end === null).map(({ kind, rule }) => (kind === 'safety' ? kind : rule))).toEqual(
      given.openTasks().map((id) => (id.startsWith('case-review') ? 'case-review' : 'safety')),
    );
    expect(given.task('case-review-1')).toMatchObject({ owner: 'caseworker', dueOn: '2027-12-30' });
    expect(given.stateOf('care-plan')).toBe('lapsed');
  });

  it('the case is reviewed every month until somebody closes it', () => {
    const given = arrived(false).until('2028-03-01');
    expect(given.situation.stage).toBe('aftercare');
    expect(given.openTasks().filter((id) => id.startsWith('case-review'))).toEqual([
      'case-review-1',
      'case-review-2',
      'case-review-3',
      'case-review-4',
    ]);
    given.didEverything('2028-03-02').told('supervisor', '2028-03-03', 'closed', { result: 'returned' });
    expect(given.situation).toMatchObject({ stage: 'closed', result: 'returned' });
    expect(given.openTasks()).toEqual([]);
  });

  it.each(['travelled', 'departedUnknown', 'returnRequested', 'cooperated', 'returnStopped'] as const)('nobody can record %s', (type) => {
    const fields = { cooperated: { form: 'reportSigned' }, returnStopped: { reason: 'ownWish' } } as Partial<Record<string, object>>;
    const by = type === 'returnRequested' || type === 'returnStopped' || type === 'travelled' ? 'caseworker' : 'police';
    expect(travelled().refusal(by, '2027-12-01', type, (fields[type] ?? {}) as never)?.code).toBe('fact-not-possible');
  });

  it('IND may still decide on the application, and the stage does not change', () => {
    const given = aCase().cooperated('2027-09-02').told('caseworker', '2027-09-10', 'travelled', {}).granted('2027-09-20', '2028-09-19');
    expect(given.situation).toMatchObject({ stage: 'aftercare', permit: { kind: 'cooperation' } });
  });
});

/** Every deadline with its date and its state. */
function terms({ situation, now }: CaseOnTheClock): string[] {
  return situation.deadlines
    .filter(({ rule }) => rule === 'arrival-confirmation' || rule.startsWith('follow-up'))
    .map((deadline) => `${deadline.id} ${deadline.date} ${deadlineState(deadline, now)}`);
}
