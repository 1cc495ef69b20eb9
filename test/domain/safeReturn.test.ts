import type { PlainDate } from '../../src/domain/basics/calendar';
import type { Fact, FactType } from '../../src/domain/facts/catalogue';
import type { Gate } from '../../src/domain/policy/edition';
import { aCase, type CaseOnTheClock, type Fields, type Opening, type Teller } from '../support/aCase';

/** The person said no on the second, chose on the third to go home, and prepares for it. */
const goingHome = (opening: Opening = {}) =>
  aCase(opening)
    .startedReflection('2027-09-01T11:00')
    .declined('2027-09-02')
    .completed('2027-09-02T12:00', 'tell-dtv')
    .took('2027-09-03', 'return');
const withoutTheScheme = (residence: 'euCitizen' | 'dutch' | 'otherLawfulResidence') =>
  aCase({ person: { residence } }).told('police', '2027-09-02', 'reflectionDeclined', { confirmed: true }).took('2027-09-03', 'return');
const ready = () => goingHome().opensGates('2027-09-10');

type Step<T extends FactType = FactType> = { [Each in T]: readonly [Teller, Each, Fields<Each>] }[T];
/** The gates in their order (docs/policy.md, section 6), each with the fact that opens it and its teller. */
const gates: readonly (readonly [Gate, Step])[] = [
  ['returnRequested', ['caseworker', 'returnRequested', {}]],
  ['consentGiven', ['caseworker', 'consentGiven', { purpose: 'returnDataExchange' }]],
  ['returnPermitted', ['ind', 'returnPermitted', {}]],
  ['removalSuspended', ['dtv', 'removalSuspended', {}]],
  ['legalAdviceTaken', ['lawyer', 'legalAdviceTaken', {}]],
  ['riskAssessed', ['careCoordinator', 'riskAssessed', { outcome: 'acceptableWithMeasures' }]],
  ['criminalCaseArranged', ['prosecution', 'criminalCaseArranged', { how: 'testimonyFromAbroad' }]],
  ['compensationArranged', ['lawyer', 'compensationArranged', { how: 'notPossible' }]],
  ['medicalFitnessConfirmed', ['caseworker', 'medicalFitnessConfirmed', {}]],
  ['travelDocumentReceived', ['returnCounsellor', 'travelDocumentReceived', {}]],
  ['receivingOrganisationConfirmed', ['caseworker', 'receivingOrganisationConfirmed', { refusedByPerson: true }]],
];
const gatesOfAMinor: typeof gates = [
  ['guardianAgreed', ['careCoordinator', 'guardianAgreed', {}]],
  ['receptionConfirmed', ['careCoordinator', 'receptionConfirmed', {}]],
];
const names = (of: typeof gates) => of.map(([gate]) => gate);

describe('the departure declaration, the point of no return,', () => {
  it.each(gates)('waits for %s alone if every other gate is open, and for nothing once that is open', (gate, fact) => {
    const given = goingHome();
    for (const [other, opening] of gates) if (other !== gate) open(given, '2027-09-10', opening);
    expect(missing(given, '2027-09-11')).toEqual([gate]);
    open(given, '2027-09-11', fact);
    expect(missing(given, '2027-09-11')).toBeNull();
  });

  it.each(gates)('cannot be dated before %s was opened', (gate, fact) => {
    const given = goingHome();
    for (const [other, opening] of gates) if (other !== gate) open(given, '2027-09-10', opening);
    open(given, '2027-09-11', fact);
    expect(given.refusal('caseworker', '2027-09-11', 'departureDeclared', { on: '2027-09-10' })?.missing).toEqual([gate]);
  });

  it('is not possible on a consent that is recorded late and was withdrawn since', () => {
    const given = ready().told('caseworker', '2027-09-12', 'consentWithdrawn', { purpose: 'returnDataExchange' });
    const noticesBefore = given.situation.notices.length;
    given.told('caseworker', '2027-09-13', 'consentGiven', { purpose: 'returnDataExchange', on: '2027-09-11' });
    expect(missing(given, '2027-09-13')).toEqual(['consentGiven']);
    expect(given.situation.notices).toHaveLength(noticesBefore);
    given.told('caseworker', '2027-09-13', 'consentGiven', { purpose: 'returnDataExchange' });
    expect(missing(given, '2027-09-13')).toBeNull();
  });

  it('is refused with the name of each shut gate', () => {
    expect(missing(goingHome(), '2027-09-11')).toEqual(names(gates));
  });

  it.each(gatesOfAMinor)('also waits for %s if the person is a minor', (gate, fact) => {
    const given = goingHome({ person: { ageGroup: 'minor', unaccompanied: false } });
    for (const [, opening] of [...gates, ...gatesOfAMinor.filter(([other]) => other !== gate)]) open(given, '2027-09-10', opening);
    expect(missing(given, '2027-09-11')).toEqual([gate]);
    expect(missing(open(given, '2027-09-11', fact), '2027-09-11')).toBeNull();
  });

  it('depends on the age as it is known now', () => {
    expect(missing(ready().told('police', '2027-09-11', 'ageAssessed', { ageGroup: 'minor' }), '2027-09-11')).toEqual(names(gatesOfAMinor));
    const adult = goingHome({ person: { ageGroup: 'minor', unaccompanied: false } }).opensGates('2027-09-10');
    expect(missing(adult.told('police', '2027-09-11', 'ageAssessed', { ageGroup: 'adult' }), '2027-09-11')).toBeNull();
  });

  it.each(['euCitizen', 'dutch'] as const)('of %s needs no permission of IND or DT&V', (residence) => {
    expect(missing(withoutTheScheme(residence), '2027-09-11')).toEqual(
      names(gates).filter((gate) => gate !== 'returnPermitted' && gate !== 'removalSuspended'),
    );
  });

  it('of a person with another lawful residence needs that permission, by the ground that was decided', () => {
    expect(missing(withoutTheScheme('otherLawfulResidence'), '2027-09-11')).toEqual(names(gates));
    const found = aCase()
      .told('ind', '2027-09-02', 'eligibilityDecided', { eligible: false, ground: 'euCitizen' })
      .took('2027-09-03', 'return');
    expect(missing(found, '2027-09-11')).not.toContain('returnPermitted');
  });

  it('rests on the consent to this exchange in effect', () => {
    const consent = (given: CaseOnTheClock, type: 'consentGiven' | 'consentWithdrawn', purpose: string) =>
      given.told('caseworker', '2027-09-11', type, { purpose });
    expect(missing(consent(ready(), 'consentWithdrawn', 'returnDataExchange'), '2027-09-11')).toEqual(['consentGiven']);
    expect(missing(consent(ready(), 'consentWithdrawn', 'medical'), '2027-09-11')).toBeNull();
    const again = consent(consent(ready(), 'consentWithdrawn', 'returnDataExchange'), 'consentGiven', 'returnDataExchange');
    expect(missing(again, '2027-09-11')).toBeNull();
    expect(missing(consent(goingHome(), 'consentGiven', 'medical'), '2027-09-11')).toContain('consentGiven');
  });

  it('is possible once', () => {
    expect(ready().declared('2027-09-12').refusal('caseworker', '2027-09-13', 'departureDeclared', {})?.code).toBe('already-recorded');
  });

  it('is possible only in safe return, however open the gates', () => {
    const given = aCase().startedReflection('2027-09-01T11:00').opensGates('2027-09-10');
    expect(given.refusal('caseworker', '2027-09-11', 'departureDeclared', {})).toEqual({ code: 'fact-not-possible', missing: [] });
  });

  it('counts gates that were opened before the return started', () => {
    const given = aCase().startedReflection('2027-09-01T11:00').opensGates('2027-09-01T12:00').declined('2027-09-02');
    expect(missing(given.took('2027-09-03', 'return'), '2027-09-11')).toBeNull();
  });
});

describe('a risk assessment', () => {
  const assessed = (given: CaseOnTheClock, on: PlainDate, outcome: Fact<'riskAssessed'>['outcome']) =>
    given.told('careCoordinator', '2027-09-20', 'riskAssessed', { on, outcome });

  it.each<[Fact<'riskAssessed'>['outcome'], boolean]>([
    ['acceptable', true],
    ['acceptableWithMeasures', true],
    ['notAcceptable', false],
  ])('with the outcome %s allows the journey: %s', (outcome, lets) => {
    expect(missing(assessed(ready(), '2027-09-20', outcome), '2027-09-20')).toEqual(lets ? null : ['riskAssessed']);
  });

  it('is valid for thirty days, the thirtieth included', () => {
    // The risk was assessed on 10 September.
    expect(missing(ready(), '2027-10-10T23:59')).toBeNull();
    expect(missing(ready(), '2027-10-11T00:00')).toEqual(['riskAssessed']);
    expect(missing(ready().told('careCoordinator', '2027-10-11', 'riskAssessed', { outcome: 'acceptable' }), '2027-10-11')).toBeNull();
  });

  it('is as old as its date, not as the day of its recording', () => {
    const given = goingHome({ observedOn: '2027-08-01' }).opensGates('2027-09-10');
    const retold = given.corrects('careCoordinator', '2027-09-10T12:00', riskFact(given), {
      type: 'riskAssessed',
      outcome: 'acceptable',
      on: '2027-08-11',
    });
    expect(missing(retold, '2027-09-10')).toBeNull();
    expect(missing(retold, '2027-09-11')).toEqual(['riskAssessed']);
  });

  it.each<[string, readonly (readonly [PlainDate, Fact<'riskAssessed'>['outcome']])[], boolean]>([
    [
      'the latest by date, however late another is recorded',
      [
        ['2027-09-15', 'acceptable'],
        ['2027-09-14', 'notAcceptable'],
      ],
      true,
    ],
    [
      'the latest by date, for better or worse',
      [
        ['2027-09-14', 'acceptable'],
        ['2027-09-15', 'notAcceptable'],
      ],
      false,
    ],
    [
      'the latest by date, a better one too',
      [
        ['2027-09-14', 'notAcceptable'],
        ['2027-09-15', 'acceptable'],
      ],
      true,
    ],
    [
      'of one day the stricter, recorded last',
      [
        ['2027-09-15', 'acceptable'],
        ['2027-09-15', 'notAcceptable'],
      ],
      false,
    ],
    [
      'of one day the stricter, recorded first',
      [
        ['2027-09-15', 'notAcceptable'],
        ['2027-09-15', 'acceptableWithMeasures'],
      ],
      false,
    ],
    [
      'of one day the stricter, where both allow',
      [
        ['2027-09-15', 'acceptableWithMeasures'],
        ['2027-09-15', 'acceptable'],
      ],
      true,
    ],
  ])('counts as %s', (_, assessments, lets) => {
    const given = assessments.reduce((each, [on, outcome]) => assessed(each, on, outcome), ready());
    expect(missing(given, '2027-09-20')).toEqual(lets ? null : ['riskAssessed']);
  });

  it('from before the choice to go home counts as much', () => {
    const given = aCase().told('caseworker', '2027-09-01T12:00', 'riskAssessed', { outcome: 'notAcceptable' });
    given.startedReflection('2027-09-01T13:00').declined('2027-09-02').took('2027-09-03', 'return').opensGates('2027-09-10');
    expect(missing(given, '2027-09-11')).toBeNull();
    expect(
      missing(
        aCase()
          .startedReflection('2027-09-01T13:00')
          .opensGates('2027-09-01T14:00')
          .told('caseworker', '2027-09-01T15:00', 'riskAssessed', { outcome: 'notAcceptable' })
          .declined('2027-09-02')
          .took('2027-09-03', 'return'),
        '2027-09-11',
      ),
    ).toEqual(['riskAssessed']);
  });

  it('has a term in safe return, from its own date, anew with each that allows travel', () => {
    const terms = (given: CaseOnTheClock) =>
      given.situation.deadlines
        .filter(({ rule }) => rule === 'risk-assessment')
        .map(({ id, date, end }) => `${id} ${date} ${end?.state ?? 'running'}`);
    expect(terms(ready())).toEqual(['risk-assessment 2027-10-10 running']);
    expect(terms(assessed(ready(), '2027-09-15', 'acceptableWithMeasures'))).toEqual([
      'risk-assessment 2027-10-10 met',
      'risk-assessment-2 2027-10-15 running',
    ]);
    expect(terms(assessed(ready(), '2027-09-15', 'notAcceptable'))).toEqual(['risk-assessment 2027-10-10 met']);
    expect(terms(ready().told('caseworker', '2027-09-20', 'travelled', {}))).toEqual(['risk-assessment 2027-10-10 lifted']);
    expect(terms(ready().told('caseworker', '2027-09-20', 'returnStopped', { reason: 'risk' }))).toEqual([
      'risk-assessment 2027-10-10 lifted',
    ]);
  });
});

describe('the tasks of a safe return', () => {
  const tasks = (given: CaseOnTheClock) =>
    given.situation.tasks
      .filter(({ kind, end }) => kind === 'return' && end === null)
      .map(({ id, owner, dueOn }) => `${id} ${owner} ${dueOn}`);

  it('are one for each shut gate, due in four weeks, and the risk in two', () => {
    expect(tasks(goingHome())).toEqual([
      'return-requested caseworker 2027-10-01',
      'consent-given caseworker 2027-10-01',
      'return-permitted caseworker 2027-10-01',
      'removal-suspended caseworker 2027-10-01',
      'legal-advice-taken caseworker 2027-10-01',
      'risk-assessed careCoordinator 2027-09-17',
      'criminal-case-arranged caseworker 2027-10-01',
      'compensation-arranged caseworker 2027-10-01',
      'medical-fitness-confirmed careCoordinator 2027-10-01',
      'travel-document-received caseworker 2027-10-01',
      'receiving-organisation-confirmed caseworker 2027-10-01',
    ]);
  });

  it('are two more for a minor, two fewer for a Union citizen', () => {
    const ids = (given: CaseOnTheClock) => tasks(given).map((task) => task.split(' ')[0]);
    expect(ids(goingHome({ person: { ageGroup: 'minor', unaccompanied: false } })).slice(-2)).toEqual([
      'guardian-agreed',
      'reception-confirmed',
    ]);
    expect(ids(withoutTheScheme('euCitizen'))).toHaveLength(9);
  });

  it('are not planned for an open gate', () => {
    const given = aCase().startedReflection('2027-09-01T11:00').opensGates('2027-09-01T12:00').declined('2027-09-02');
    expect(tasks(given.took('2027-09-03', 'return'))).toEqual([]);
  });

  it('include a new assessment if the current one is too old or forbids the journey', () => {
    const assessed = (outcome: Fact<'riskAssessed'>['outcome'], when: string) =>
      aCase()
        .startedReflection('2027-09-01T11:00')
        .opensGates('2027-09-01T12:00')
        .told('careCoordinator', '2027-09-02', 'riskAssessed', { outcome })
        .took(when, 'return');
    expect(tasks(assessed('acceptable', '2027-10-02'))).toEqual([]);
    expect(tasks(assessed('acceptable', '2027-10-03'))).toEqual(['risk-assessed careCoordinator 2027-10-17']);
    expect(tasks(assessed('notAcceptable', '2027-09-10'))).toEqual(['risk-assessed careCoordinator 2027-09-24']);
  });

  it.each(gates)('end by facts: %s is done by the fact itself', (gate, fact) => {
    const id = gate.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(open(goingHome(), '2027-09-10', fact).stateOf(id)).toBe('done');
  });

  it('of consent are not done by another consent', () => {
    expect(goingHome().told('caseworker', '2027-09-10', 'consentGiven', { purpose: 'medical' }).task('consent-given').end).toBeNull();
  });

  it('that are completed without the fact leave the gate shut', () => {
    const given = goingHome()
      .opensGates('2027-09-10')
      .told('caseworker', '2027-09-11', 'consentWithdrawn', { purpose: 'returnDataExchange' });
    given.told('caseworker', '2027-09-11', 'taskReopened', { task: 'consent-given' }).completed('2027-09-11', 'consent-given');
    expect(missing(given, '2027-09-12')).toEqual(['consentGiven']);
  });

  it('lapse at the end of the stage, and come back as new with a second choice to go home', () => {
    const given = goingHome().told('caseworker', '2027-09-10', 'returnStopped', { reason: 'documents' });
    expect(tasks(given)).toEqual([]);
    expect(tasks(given.took('2027-09-20', 'return'))[0]).toBe('return-requested-2 caseworker 2027-10-18');
  });
});

/** The missing conditions of the declaration on a day; nothing if it is possible. */
function missing(given: CaseOnTheClock, when: string): readonly string[] | null {
  return given.refusal('caseworker', when, 'departureDeclared', {})?.missing ?? null;
}

function open(given: CaseOnTheClock, when: string, [by, type, fields]: Step): CaseOnTheClock {
  return given.told(by, when, type, fields);
}

function riskFact({ file }: CaseOnTheClock): string {
  return file.entries.find(({ type }) => type === 'riskAssessed')?.id ?? '';
}
