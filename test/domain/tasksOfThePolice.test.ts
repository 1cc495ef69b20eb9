import { aCase, type CaseOnTheClock } from '../support/aCase';

/* Tasks that follow an answer or a silence, and the talk about compensation (docs/policy.md, section 4). */

const inReflection = () => aCase().startedReflection('2027-09-01T11:00');
const applicant = () => inReflection().cooperated('2027-09-05');
const row = (given: CaseOnTheClock, id: string) => {
  const { kind, owner, dueOn, statutory } = given.task(id);
  return { kind, owner, dueOn, statutory };
};
const numberOf = (given: CaseOnTheClock, task: string) => given.taskIds().filter((id) => id === task || id.startsWith(`${task}-`)).length;

describe('the copy for the person', () => {
  it('is owed by law at once, and mailed to the police at once', () => {
    const given = inReflection().cooperated('2027-09-05T15:00').until('2027-09-05T18:00');
    expect(row(given, 'copy-to-person')).toEqual({ kind: 'legal', owner: 'police', dueOn: '2027-09-05', statutory: true });
    expect(given.mailsAbout('copy-to-person')).toEqual(['2027-09-05T15:00 police-1 planned']);
    expect(given.refusal('caseworker', '2027-09-06', 'taskWaived', { task: 'copy-to-person', reason: 'notNeeded' })?.code).toBe(
      'role-not-allowed',
    );
  });

  it('is also for a citizen of the Union, of what they signed, and anew for each cooperation', () => {
    const given = aCase({ person: { residence: 'euCitizen' } }).cooperated('2027-09-05');
    expect(row(given, 'copy-to-person').dueOn).toBe('2027-09-05');
    given.completed('2027-09-06', 'copy-to-person').cooperated('2027-09-07');
    expect(numberOf(given, 'copy-to-person')).toBe(2);
  });
});

describe('the assessment of the protection that a person needs', () => {
  it('is for the police within two weeks of each cooperation, and lapses with the journey', () => {
    expect(row(applicant(), 'individual-assessment')).toEqual({ kind: 'safety', owner: 'police', dueOn: '2027-09-19', statutory: false });
    expect(applicant().told('caseworker', '2027-09-10', 'travelled', {}).stateOf('individual-assessment')).toBe('lapsed');
    const again = applicant().completed('2027-09-06', 'individual-assessment').cooperated('2027-09-07');
    expect(numberOf(again, 'individual-assessment')).toBe(2);
  });
});

describe('cooperation once more, in the same form', () => {
  it('plans the copy and the assessment alone', () => {
    const given = applicant().didEverything('2027-09-06');
    const before = given.taskIds();
    given.cooperated('2027-09-07').until('2027-09-07T12:00');
    expect(given.taskIds().filter((id) => !before.includes(id))).toEqual(['individual-assessment-2', 'copy-to-person-2']);
    expect(given.notices.filter(({ partner }) => partner === 'ind').map(({ notice }) => notice)).toEqual(['m55-cooperation']);
  });
});

describe('DT&V is told by the police', () => {
  it('when the person declines, the next day, as when nobody answers', () => {
    const asked = { kind: 'residence', owner: 'police', statutory: false };
    expect(row(inReflection().declined('2027-09-05'), 'tell-dtv')).toEqual({ ...asked, dueOn: '2027-09-06' });
    expect(row(inReflection().until('2027-12-03'), 'tell-dtv')).toEqual({ ...asked, dueOn: '2027-12-03' });
  });

  it('and IND too, which is owed by law only by a no', () => {
    expect(row(inReflection().declined('2027-09-05'), 'tell-ind')).toEqual({
      kind: 'residence',
      owner: 'police',
      dueOn: '2027-09-06',
      statutory: true,
    });
    expect(inReflection().until('2027-12-03').taskIds()).not.toContain('tell-ind');
  });

  it('once, where the person declined within the period and that is told after it', () => {
    const given = inReflection().until('2027-12-03').declined('2027-12-03T11:00', '2027-11-29');
    expect(numberOf(given, 'tell-dtv')).toBe(1);
    expect(given.stateOf('tell-dtv', '2027-12-03T12:00')).toBe('open');
  });

  it('not while the person cooperates', () => {
    const home = inReflection().took('2027-09-03', 'return').cooperated('2027-09-10');
    expect(home.taskIds()).not.toContain('tell-dtv');
    expect(inReflection().declined('2027-09-05').cooperated('2027-09-06').stateOf('tell-dtv')).toBe('lapsed');
  });

  it('not any more once a route other than a return is decided', () => {
    const state = (route: 'assistance' | 'return') =>
      inReflection().declined('2027-09-05').took('2027-09-06', route).stateOf('tell-dtv', '2027-09-06T12:00');
    expect([state('assistance'), state('return')]).toEqual(['lapsed', 'open']);
  });
});

describe('the documents of a person', () => {
  it('within the period are asked for at once and handed over within two weeks', () => {
    const given = inReflection();
    expect(row(given, 'residence-document-asked')).toEqual({ kind: 'residence', owner: 'police', dueOn: '2027-09-02', statutory: false });
    expect(row(given, 'residence-document-handed')).toEqual({ kind: 'residence', owner: 'police', dueOn: '2027-09-15', statutory: false });
    given.declined('2027-09-02');
    expect(given.stateOf('residence-document-asked')).toBe('lapsed');
    expect(given.stateOf('residence-document-handed')).toBe('lapsed');
  });

  it('of an applicant are handed over within three days, until IND has decided', () => {
    expect(row(applicant(), 'applicant-document')).toEqual({ kind: 'residence', owner: 'police', dueOn: '2027-09-08', statutory: false });
    for (const ends of ['permitRefused', 'applicationWithdrawn'] as const)
      expect(applicant().told('ind', '2027-09-06', ends, {}).stateOf('applicant-document')).toBe('lapsed');
    expect(applicant().granted('2027-09-06', '2028-09-05').stateOf('applicant-document')).toBe('lapsed');
  });
});

describe('the talk about compensation', () => {
  it('is for the caseworker within four weeks of the first day of help, until it is arranged', () => {
    expect(row(inReflection(), 'compensation-talk')).toEqual({ kind: 'legal', owner: 'caseworker', dueOn: '2027-09-29', statutory: false });
    const arranged = (given: CaseOnTheClock) => given.told('lawyer', '2027-09-01T12:00', 'compensationArranged', { how: 'secured' });
    expect(arranged(inReflection()).stateOf('compensation-talk')).toBe('done');
    expect(arranged(aCase()).startedReflection('2027-09-02').taskIds()).not.toContain('compensation-talk');
    expect(inReflection().told('caseworker', '2027-09-10', 'travelled', {}).stateOf('compensation-talk')).toBe('lapsed');
  });

  it('is behind a gate of the return: nobody leaves before it is arranged, in whatever way', () => {
    const home = () => inReflection().declined('2027-09-02').took('2027-09-03', 'return');
    expect(row(home(), 'compensation-arranged')).toEqual({ kind: 'return', owner: 'caseworker', dueOn: '2027-10-01', statutory: false });
    expect(home().refusal('caseworker', '2027-09-04', 'departureDeclared', {})?.missing).toContain('compensationArranged');
    for (const how of ['secured', 'notWanted', 'notPossible'] as const) {
      const given = home().told('caseworker', '2027-09-04', 'compensationArranged', { how });
      expect(given.stateOf('compensation-arranged')).toBe('done');
      expect(given.refusal('caseworker', '2027-09-05', 'departureDeclared', {})?.missing).not.toContain('compensationArranged');
    }
    expect(home().refusal('police', '2027-09-04', 'compensationArranged', { how: 'secured' })?.code).toBe('role-not-allowed');
  });
});
