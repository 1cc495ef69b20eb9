import { deadlineState } from '../../src/domain/plan/deadlines';
import { aCase, type CaseOnTheClock } from '../support/aCase';

/** The cooperation is of 3 September 2027. The permit runs from the tenth to 9 September 2028. */
const applicant = () => aCase().startedReflection('2027-09-01T11:00').cooperated('2027-09-03');
const holder = () => applicant().granted('2027-09-10', '2028-09-09');
const dismissed = (formalNotice: boolean, given = holder()) =>
  given.told('prosecution', '2027-10-05T12:00', 'caseDismissed', { formalNotice });

describe('the dismissal of the criminal case', () => {
  it.each([true, false])('makes the caseworker tell the lawyer that day and check a longer stay (formal notice: %s)', (formal) => {
    const given = dismissed(formal);
    expect(given.task('tell-lawyer')).toMatchObject({ owner: 'caseworker', kind: 'legal', dueOn: '2027-10-05', statutory: false });
    expect(given.task('longer-stay-check')).toMatchObject({ owner: 'caseworker', kind: 'legal', dueOn: '2027-10-19', statutory: false });
  });

  it('is mailed at once, not in the morning', () => {
    expect(dismissed(false).until('2027-10-06T08:00').mailsAbout('tell-lawyer')).toEqual(['2027-10-05T12:00 caseworker-1 planned']);
  });

  it('starts a term of three months for a complaint only after a formal notice', () => {
    expect(terms(dismissed(true), 'art12-complaint')).toEqual(['art12-complaint 2028-01-05 running']);
    expect(terms(dismissed(false), 'art12-complaint')).toEqual([]);
  });

  it.each([
    ['2027-11-30', '2028-02-29'],
    ['2027-10-31', '2028-01-31'],
    ['2028-02-29', '2028-05-29'],
  ] as const)('on %s gives time for a complaint until %s, in calendar months', (on, until) => {
    expect(terms(holder().told('prosecution', on, 'caseDismissed', { formalNotice: true }), 'art12-complaint')).toEqual([
      `art12-complaint ${until} running`,
    ]);
  });

  it('changes no stage and ends neither cooperation nor permit, since IND decides on those', () => {
    expect(dismissed(true).situation).toMatchObject({
      stage: 'permit',
      cooperation: { form: 'reportSigned' },
      permit: { kind: 'cooperation' },
    });
  });

  it('can be recorded in every open stage, also without cooperation', () => {
    expect(dismissed(true, aCase()).situation.stage).toBe('intake');
    expect(dismissed(true, applicant().told('caseworker', '2027-09-20', 'travelled', {})).situation.stage).toBe('aftercare');
  });

  it('that comes again starts a second term beside the first, and plans no task that is open', () => {
    const given = dismissed(true).told('prosecution', '2027-10-08', 'caseDismissed', { formalNotice: true });
    expect(terms(given, 'art12-complaint')).toEqual(['art12-complaint 2028-01-05 running', 'art12-complaint-2 2028-01-08 running']);
    expect(given.taskIds().filter((id) => id.startsWith('tell-lawyer'))).toEqual(['tell-lawyer']);
  });
});

describe('a complaint against the dismissal', () => {
  const files = (given: CaseOnTheClock, when: string) => given.told('lawyer', when, 'complaintFiled', {});

  it('needs a dismissal with a formal notice', () => {
    for (const given of [holder(), dismissed(false)]) {
      expect(given.refusal('lawyer', '2027-10-06', 'complaintFiled', {})?.code).toBe('fact-not-possible');
    }
    expect(dismissed(true).refusal('caseworker', '2027-10-06', 'complaintFiled', {})).toBeNull();
  });

  it('meets its term, and ends the mails about it', () => {
    const given = files(dismissed(true), '2027-12-25').until('2028-01-20');
    expect(terms(given, 'art12-complaint')).toEqual(['art12-complaint 2028-01-05 met']);
    expect(given.mailsAbout('art12-complaint')).toEqual(['2027-12-22T09:00 caseworker-1 warning']);
  });

  it('is recorded after its term too, and ends the mails about its passing', () => {
    const given = dismissed(true).until('2028-01-07T12:00');
    expect(terms(given, 'art12-complaint')).toEqual(['art12-complaint 2028-01-05 passed']);
    const filed = files(given, '2028-01-07T13:00').until('2028-01-20');
    expect(filed.mailsAbout('art12-complaint', 'supervisor-1').at(-1)).toBe('2028-01-07T09:00 supervisor-1 expired');
  });

  it('is filed once, since no term is left to meet', () => {
    expect(files(dismissed(true), '2027-10-10').refusal('lawyer', '2027-10-11', 'complaintFiled', {})?.code).toBe('fact-not-possible');
  });

  it('is no longer expected once a supervisor lifts the term', () => {
    const given = dismissed(true).told('supervisor', '2027-10-20', 'deadlineLifted', { deadline: 'art12-complaint', reason: 'ownWish' });
    expect(given.until('2028-01-20').mailsAbout('art12-complaint')).toEqual([]);
    expect(given.refusal('lawyer', '2028-01-21', 'complaintFiled', {})?.code).toBe('fact-not-possible');
  });
});

describe('a judgment in the criminal case', () => {
  it.each([true, false])('asks for a check of a longer stay within two weeks (final: %s), and for nothing else', (final) => {
    const given = holder().until('2027-10-05');
    const before = given.taskIds();
    given.told('prosecution', '2027-10-05', 'judgmentGiven', { final });
    expect(given.taskIds().filter((id) => !before.includes(id))).toEqual(['longer-stay-check']);
    expect(given.task('longer-stay-check').dueOn).toBe('2027-10-19');
    expect(given.situation.stage).toBe('permit');
  });

  it('after a dismissal leaves the open task, and plans another if that one was done', () => {
    const looked = dismissed(false).told('prosecution', '2027-10-06', 'judgmentGiven', { final: true });
    expect(looked.taskIds().filter((id) => id.startsWith('longer-stay-check'))).toEqual(['longer-stay-check']);
    const again = dismissed(false)
      .completed('2027-10-06', 'longer-stay-check')
      .told('prosecution', '2027-10-07', 'judgmentGiven', { final: true });
    expect(again.task('longer-stay-check-2').dueOn).toBe('2027-10-21');
  });
});

describe('a longer stay', () => {
  const applies = (given = holder()) => given.told('lawyer', '2028-06-01', 'applicationSent', { kind: 'longerStay' });

  it('can be requested during the permit, which continues', () => {
    expect(applies().situation).toMatchObject({
      stage: 'permitApplication',
      application: { kind: 'longerStay' },
      permit: { kind: 'cooperation', until: '2028-09-09' },
    });
  });

  it('is not checked any more once it is requested; another application leaves that task open', () => {
    expect(applies(dismissed(false)).stateOf('longer-stay-check')).toBe('done');
    expect(
      dismissed(false).told('lawyer', '2027-10-06', 'applicationSent', { kind: 'humanitarian' }).task('longer-stay-check').end,
    ).toBeNull();
  });

  it('that is granted becomes the permit of the person', () => {
    const given = applies().granted('2028-07-01', '2029-06-30');
    expect(given.situation).toMatchObject({ stage: 'permit', application: null, permit: { kind: 'longerStay', until: '2029-06-30' } });
    expect(terms(given, 'permit-end')).toEqual(['permit-end 2028-09-09 met', 'permit-end-2 2029-06-30 running']);
  });

  it.each(['permitRefused', 'applicationWithdrawn'] as const)('whose application is %s leaves the current permit running', (type) => {
    expect(applies().told('ind', '2028-07-01', type, {}).situation).toMatchObject({ stage: 'permit', permit: { kind: 'cooperation' } });
  });

  it('that is refused after the end of the permit leads to the stage decision', () => {
    const given = applies().told('ind', '2028-09-10', 'permitEnded', { reason: 'expired' });
    expect(given.situation).toMatchObject({ stage: 'permitApplication', permit: null });
    expect(given.told('ind', '2028-09-20', 'permitRefused', {}).situation.stage).toBe('decision');
    // That the permit ended by time is no decision: only the refusal can be objected to.
    expect(terms(given, 'objection')).toEqual(['objection 2028-10-18 running']);
  });

  it('has its own kind of application, and other kinds leave the stage permit unchanged', () => {
    for (const kind of ['cooperation', 'witness', 'humanitarian'] as const)
      expect(holder().told('lawyer', '2028-06-01', 'applicationSent', { kind }).situation.stage).toBe('permit');
  });

  it('that becomes an application by cooperation while pending changes its kind, and IND gets a notice', () => {
    const given = applies().cooperated('2028-06-10').until('2028-06-11');
    expect(given.situation).toMatchObject({ stage: 'permitApplication', application: { kind: 'cooperation' } });
    expect(given.notices.at(-1)).toEqual({ at: '2028-06-10T10:00', partner: 'ind', notice: 'm55-cooperation' });
  });
});

describe('the end of cooperation', () => {
  const ended = (given = holder()) => given.told('prosecution', '2027-10-05', 'cooperationEnded', {});

  it('is reported by the police to IND the next day, by law, and does not change the stage', () => {
    const given = ended();
    expect(given.task('tell-ind')).toMatchObject({ owner: 'police', statutory: true, dueOn: '2027-10-06' });
    expect(given.situation).toMatchObject({ stage: 'permit', cooperation: null, permit: { kind: 'cooperation' } });
  });

  it('needs a cooperation in effect', () => {
    expect(ended().refusal('police', '2027-10-06', 'cooperationEnded', {})).toEqual({ code: 'fact-not-possible', missing: ['cooperated'] });
  });

  it('does not count after new cooperation: an application starts beside the permit, and IND gets no report', () => {
    const given = ended().cooperated('2027-10-10');
    expect(given.situation).toMatchObject({
      stage: 'permitApplication',
      application: { kind: 'cooperation' },
      permit: { kind: 'cooperation' },
    });
    expect(given.stateOf('tell-ind')).toBe('lapsed');
  });

  it('lets staff record again that the part in the criminal case is arranged, or that there is none', () => {
    const none = { how: 'nonePending' } as const;
    expect(holder().refusal('prosecution', '2027-10-04', 'criminalCaseArranged', none)?.code).toBe('fact-not-possible');
    expect(holder().refusal('lawyer', '2027-10-04', 'criminalCaseArranged', { how: 'testimonyGiven' })?.code).toBe('role-not-allowed');
    expect(ended().refusal('lawyer', '2027-10-06', 'criminalCaseArranged', none)).toBeNull();
  });
});

/** The deadlines of one kind with their dates and states. */
function terms(given: CaseOnTheClock, rule: string): string[] {
  return given.situation.deadlines
    .filter((deadline) => deadline.rule === rule)
    .map((deadline) => `${deadline.id} ${deadline.date} ${deadlineState(deadline, given.now)}`);
}
