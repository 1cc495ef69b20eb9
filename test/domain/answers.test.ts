import { aCase, type CaseOnTheClock, type Opening } from '../support/aCase';
import { residences } from '../../src/domain/facts/catalogue';

const minor = { ageGroup: 'minor', unaccompanied: true } as const;
const inReflection = (opening: Opening = {}) => aCase(opening).startedReflection('2027-09-01T11:00');
const inDecision = () => inReflection().declined('2027-09-05');

describe('eligibility for the reflection period', () => {
  const open = ['noLawfulResidence', 'asylumSeeker', 'dublin', 'refusedEntry'];

  it.each(residences)('exists on the ground %s', (residence) => {
    const refusal = aCase({ person: { residence } }).refusal('police', '2027-09-01T11:00', 'reflectionStarted', {});
    expect(refusal).toEqual(open.includes(residence) ? null : { code: 'fact-not-possible', missing: ['eligibilityDecided'] });
  });

  it('follows the recorded decision, and only without one the intake', () => {
    const opened = aCase({ person: { residence: 'euCitizen' } }).told('ind', '2027-09-02', 'eligibilityDecided', {
      eligible: true,
      ground: 'noLawfulResidence',
    });
    expect(opened.refusal('police', '2027-09-03', 'reflectionStarted', {})).toBeNull();
    const shut = aCase().told('ind', '2027-09-02', 'eligibilityDecided', { eligible: true, ground: 'witnessOnly' });
    expect(shut.refusal('police', '2027-09-03', 'reflectionStarted', {})?.missing).toEqual(['eligibilityDecided']);
  });

  it('is checked before the stage: in the stage assistance the refusal names what is missing', () => {
    const helped = aCase({ person: { residence: 'euCitizen' } }).cooperated('2027-09-03');
    expect(helped.situation.stage).toBe('assistance');
    expect(helped.refusal('police', '2027-09-04', 'reflectionStarted', {})).toEqual({
      code: 'fact-not-possible',
      missing: ['eligibilityDecided'],
    });
  });

  it('in detention needs a decision of both police and prosecution', () => {
    const detained = () => aCase({ person: { residence: 'detained' } });
    const say = (given: CaseOnTheClock, by: 'police' | 'prosecution' | 'kmar' | 'ind', eligible: boolean) =>
      given.told(by, '2027-09-02', 'eligibilityDecided', { eligible, ground: 'detained' });
    const may = (given: CaseOnTheClock) => given.refusal('police', '2027-09-03', 'reflectionStarted', {}) === null;
    expect(may(say(detained(), 'police', true))).toBe(false);
    expect(may(say(detained(), 'prosecution', true))).toBe(false);
    expect(may(say(say(detained(), 'police', true), 'ind', true))).toBe(false);
    expect(may(say(say(detained(), 'police', true), 'prosecution', false))).toBe(false);
    expect(may(say(say(detained(), 'police', true), 'prosecution', true))).toBe(true);
    expect(may(say(say(detained(), 'prosecution', true), 'kmar', true))).toBe(true);
  });

  it('in detention does not follow from the first of the two decisions, whatever was decided before', () => {
    const given = aCase()
      .told('police', '2027-09-02', 'eligibilityDecided', { eligible: true, ground: 'noLawfulResidence' })
      .told('police', '2027-09-02', 'reflectionDeclined', { confirmed: true })
      .took('2027-09-03', 'assistance')
      .told('police', '2027-09-04', 'eligibilityDecided', { eligible: true, ground: 'detained' });
    expect(given.situation.stage).toBe('assistance');
    expect(given.told('prosecution', '2027-09-05', 'eligibilityDecided', { eligible: true, ground: 'detained' }).situation.stage).toBe(
      'intake',
    );
  });

  it('changes no dates once the period runs, though other grounds may be recorded', () => {
    const given = inReflection();
    expect(given.refusal('ind', '2027-09-05', 'eligibilityDecided', { eligible: true, ground: 'dublin' })?.code).toBe('fact-not-possible');
    expect(given.refusal('ind', '2027-09-05', 'eligibilityDecided', { eligible: true, ground: 'asylumSeeker' })).toBeNull();
    const dublin = inReflection({ person: { residence: 'dublin' } });
    expect(dublin.situation.period?.endsOn).toBe('2027-10-01');
    expect(dublin.refusal('ind', '2027-09-05', 'eligibilityDecided', { eligible: true, ground: 'asylumSeeker' })?.code).toBe(
      'fact-not-possible',
    );
  });

  it('can be decided in intake, assistance and reflection, and changes the stage only from the first two', () => {
    const decide = (given: CaseOnTheClock, eligible: boolean) =>
      given.told('ind', '2027-09-20', 'eligibilityDecided', { eligible, ground: 'noLawfulResidence' }).situation.stage;
    expect(decide(aCase(), false)).toBe('assistance');
    expect(decide(aCase(), true)).toBe('intake');
    expect(decide(inReflection(), false)).toBe('reflection');
    expect(inDecision().refusal('ind', '2027-09-20', 'eligibilityDecided', { eligible: true, ground: 'noLawfulResidence' })?.code).toBe(
      'fact-not-possible',
    );
  });
});

describe('the cooperation of the person', () => {
  const closedGrounds = ['euCitizen', 'dutch', 'otherLawfulResidence'] as const;

  it.each(closedGrounds)('changes nothing in the stay of %s, and leads from intake to assistance', (residence) => {
    const given = aCase({ person: { residence } }).cooperated('2027-09-03').until('2027-09-04');
    expect(given.situation).toMatchObject({ stage: 'assistance', application: null, cooperation: { form: 'reportSigned' } });
    expect(given.taskIds()).not.toContain('m55-cooperation-notice');
    expect(given.taskIds()).toContain('copy-to-person');
    expect(given.notices).toEqual([]);
  });

  it.each(closedGrounds)('leaves %s in the current stage', (residence) => {
    const declined = () => aCase({ person: { residence } }).told('police', '2027-09-02', 'reflectionDeclined', { confirmed: true });
    expect(declined().cooperated('2027-09-03').situation.stage).toBe('decision');
    expect(declined().took('2027-09-03', 'return').cooperated('2027-09-04').situation.stage).toBe('safeReturn');
    expect(declined().told('police', '2027-09-03', 'departedUnknown', {}).cooperated('2027-09-04').situation.stage).toBe('contactLost');
    expect(declined().took('2027-09-03', 'otherProcedure').cooperated('2027-09-04').situation.stage).toBe('otherProcedure');
  });

  it('does not end reflection or its period if the person is no longer eligible', () => {
    const given = inReflection()
      .told('ind', '2027-09-05', 'eligibilityDecided', { eligible: true, ground: 'euCitizen' })
      .cooperated('2027-09-10');
    expect(given.situation).toMatchObject({ stage: 'reflection', application: null, period: { end: null } });
  });

  it('as a witness makes the person an applicant as a witness', () => {
    const given = aCase({ person: { residence: 'witnessOnly' } }).told('prosecution', '2027-09-03', 'cooperated', { form: 'witness' });
    expect(given.situation).toMatchObject({ stage: 'permitApplication', application: { kind: 'witness' } });
  });

  it('is possible until the journey home, and does not end earlier facts', () => {
    const given = inDecision().took('2027-09-06', 'return').cooperated('2027-09-10');
    expect(given.situation).toMatchObject({ stage: 'permitApplication', period: { end: 'declined' } });
    expect(given.file.entries.map(({ type }) => type)).toEqual([
      'reflectionStarted',
      'declined',
      'routeProposed',
      'routeDecided',
      'cooperated',
    ]);
    expect(
      inReflection()
        .told('caseworker', '2027-09-10', 'travelled', {})
        .refusal('police', '2027-09-11', 'cooperated', { form: 'reportSigned' })?.code,
    ).toBe('fact-not-possible');
  });

  it('is recorded by police or prosecution only', () => {
    const given = inReflection();
    const may = (['police', 'kmar', 'prosecution', 'caseworker', 'careCoordinator', 'lawyer', 'ind', 'supervisor', 'iom'] as const).filter(
      (role) => given.refusal(role, '2027-09-03', 'cooperated', { form: 'reportSigned' }) === null,
    );
    expect(may).toEqual(['police', 'kmar', 'prosecution']);
  });

  it('can end only while it is in effect, and its end does not change the stage', () => {
    expect(inReflection().refusal('police', '2027-09-03', 'cooperationEnded', {})).toEqual({
      code: 'fact-not-possible',
      missing: ['cooperated'],
    });
    const given = inReflection().cooperated('2027-09-03').told('prosecution', '2027-09-05', 'cooperationEnded', {});
    expect(given.situation).toMatchObject({ stage: 'permitApplication', cooperation: null });
    expect(given.openTasks()).toContain('tell-ind');
  });
});

describe('the answer no to cooperation', () => {
  it('of an unaccompanied minor has effect only with a guardian', () => {
    const given = inReflection({ person: minor });
    expect(given.refusal('police', '2027-09-05', 'declined', { confirmed: true })).toEqual({
      code: 'fact-not-possible',
      missing: ['guardian'],
    });
    expect(given.completed('2027-09-05', 'guardian').refusal('police', '2027-09-06', 'declined', { confirmed: true })).toBeNull();
  });

  it('before the period also has effect only with a guardian; a waived task is no guardian', () => {
    const given = aCase({ person: minor });
    expect(given.refusal('police', '2027-09-02', 'reflectionDeclined', { confirmed: true })?.missing).toEqual(['guardian']);
    given.told('supervisor', '2027-09-02', 'taskWaived', { task: 'guardian', reason: 'notPossible' });
    expect(given.refusal('police', '2027-09-02', 'reflectionDeclined', { confirmed: true })?.missing).toEqual(['guardian']);
    expect(
      given
        .told('police', '2027-09-03', 'ageAssessed', { ageGroup: 'adult' })
        .refusal('police', '2027-09-03', 'reflectionDeclined', { confirmed: true }),
    ).toBeNull();
  });

  it('of a minor with family, or of an adult, has effect', () => {
    expect(
      inReflection({ person: { ageGroup: 'minor', unaccompanied: false } }).refusal('police', '2027-09-05', 'declined', {
        confirmed: true,
      }),
    ).toBeNull();
    expect(inReflection().refusal('caseworker', '2027-09-05', 'declined', { confirmed: true })).toBeNull();
  });

  it('costs the person nothing: cooperation is still possible from the stage decision', () => {
    expect(inDecision().cooperated('2027-10-01').situation.stage).toBe('permitApplication');
  });

  it('is possible only in reflection', () => {
    for (const given of [aCase(), inDecision(), inReflection().cooperated('2027-09-03')]) {
      expect(given.refusal('police', '2027-09-06', 'declined', { confirmed: true })?.code).toBe('fact-not-possible');
    }
  });
});

describe('a route for the person', () => {
  const decide = { route: 'return', grounds: ['ownWish'] } as const;
  const both = { id: 'allround-2', roles: ['caseworker', 'supervisor'], office: 'amsterdam' } as const;

  it('is decided by a supervisor who did not propose it', () => {
    const given = inDecision().told(both, '2027-09-06', 'routeProposed', decide);
    expect(given.refusal(both, '2027-09-07', 'routeDecided', decide)?.code).toBe('same-person');
    expect(given.refusal('supervisor', '2027-09-07', 'routeDecided', decide)).toBeNull();
    expect(given.refusal('caseworker', '2027-09-07', 'routeDecided', decide)?.code).toBe('role-not-allowed');
  });

  it('needs an open proposal of the same route', () => {
    expect(inDecision().refusal('supervisor', '2027-09-07', 'routeDecided', decide)?.code).toBe('no-proposal');
    const other = inDecision().proposed('2027-09-06', 'assistance');
    expect(other.refusal('supervisor', '2027-09-07', 'routeDecided', decide)?.code).toBe('no-proposal');
    expect(other.refusal('supervisor', '2027-09-07', 'routeRejected', { route: 'return', reason: 'risk' })?.code).toBe('no-proposal');
  });

  it('can nowhere be decided or rejected without a proposal, not even in a stage without routes', () => {
    for (const given of [aCase(), inDecision().told('police', '2027-09-05T12:00', 'departedUnknown', {})]) {
      expect(given.refusal('supervisor', '2027-09-07', 'routeDecided', decide)?.code).toBe('no-proposal');
      expect(given.refusal('supervisor', '2027-09-07', 'routeRejected', { route: 'return', reason: 'risk' })?.code).toBe('no-proposal');
    }
  });

  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['rejected', (given) => given.told('supervisor', '2027-09-07', 'routeRejected', { route: 'return', reason: 'risk' })],
    ['replaced', (given) => given.proposed('2027-09-07', 'assistance')],
    [
      'overtaken by another stage',
      (given) => given.told('police', '2027-09-07', 'departedUnknown', {}).told('police', '2027-09-07', 'returnedToContact', {}),
    ],
    [
      'decided',
      (given) =>
        given
          .told('supervisor', '2027-09-07', 'routeDecided', decide)
          .told('caseworker', '2027-09-07', 'returnStopped', { reason: 'ownWish' }),
    ],
  ])('is no longer open once %s', (_, fact) => {
    const given = fact(inDecision().proposed('2027-09-06', 'return'));
    expect(given.situation.stage).toBe('decision');
    expect(given.refusal('supervisor', '2027-09-08', 'routeDecided', decide)?.code).toBe('no-proposal');
  });

  it('to return does not end the period, while one to a humanitarian permit does', () => {
    expect(inReflection().took('2027-09-06', 'return').situation.period?.end).toBeNull();
    const given = inReflection().took('2027-09-06', 'humanitarianPermit');
    expect(given.situation).toMatchObject({
      stage: 'permitApplication',
      application: { kind: 'humanitarian' },
      period: { end: 'otherApplication', endedOn: '2027-09-06' },
    });
  });
});
