import { mayRecord } from '../../src/domain/case/decide';
import type { Fact, FactType } from '../../src/domain/facts/catalogue';
import { facts } from '../../src/domain/rules';
import { openStages, stages, type Stage } from '../../src/domain/state/situation';
import { aCase, callerOf, type CaseOnTheClock, type Fields, type Teller } from '../support/aCase';
import { inStage } from '../support/inStage';

const staff = ['caseworker', 'careCoordinator', 'returnCounsellor'] as const;
/** The military police have the powers of the police. */
const police = ['police', 'kmar'] as const;

const partners = ['iom', 'dtv', 'receiving', 'nidos', 'youthCare'] as const;

/** The tellers of each fact, column by column (docs/policy.md, section 3), and its fields. Tasks and corrections depend on their object. */
const table: { readonly [T in Exclude<FactType, 'taskCompleted' | 'taskWaived' | 'corrected'>]: readonly [readonly Teller[], Fields<T>] } =
  {
    interviewHeld: [[...police, 'inspectorate'], {}],
    eligibilityDecided: [[...police, 'ind', 'prosecution'], { eligible: true, ground: 'noLawfulResidence' }],
    ageAssessed: [[...police, 'careCoordinator'], { ageGroup: 'minor', unaccompanied: true }],
    reflectionStarted: [[...police, 'ind'], { evidence: 'm55' }],
    reflectionDeclined: [police, { confirmed: true }],
    consentGiven: [staff, { purpose: 'registration' }],
    consentWithdrawn: [staff, { purpose: 'crossBorder:ravot' }],
    taskReopened: [[...staff, 'supervisor'], { task: 'interpreter' }],
    taskAdded: [[...staff, 'supervisor'], { kind: 'social', due: '2027-09-30', owner: 'lawyer', title: 'school' }],
    teamChanged: [['supervisor'], { role: 'caseworker', staffId: 'caseworker-2' }],
    cooperated: [[...police, 'prosecution'], { form: 'otherCooperation' }],
    declined: [[...police, 'caseworker'], { confirmed: true }],
    cooperationEnded: [[...police, 'prosecution'], {}],
    victimStatementIssued: [police, {}],
    threatStatementIssued: [police, {}],
    medicalStatementReceived: [[...staff, 'lawyer'], { register: 'BIG' }],
    routeProposed: [['caseworker', 'careCoordinator', 'lawyer'], { route: 'return', grounds: ['ownWish', 'other'] }],
    routeRejected: [['supervisor'], { route: 'return', reason: 'thirdPartyAdvice' }],
    routeDecided: [['supervisor'], { route: 'return', grounds: ['ownWish'] }],
    applicationSent: [[...police, 'lawyer', 'caseworker'], { kind: 'longerStay' }],
    applicationWithdrawn: [['lawyer', 'caseworker', 'ind'], {}],
    decisionTermExtended: [['ind'], { reason: 'newInformation' }],
    permitGranted: [['ind'], { from: '2027-09-03', until: '2028-09-02' }],
    permitRenewed: [['ind'], { from: '2027-09-03', until: '2028-09-02' }],
    permitRefused: [['ind'], {}],
    permitEnded: [['ind'], { reason: 'withdrawn' }],
    objectionFiled: [['lawyer', 'caseworker'], { suspends: true }],
    objectionDecided: [['ind', 'lawyer'], { outcome: 'dismissed' }],
    appealFiled: [['lawyer', 'caseworker'], { interimMeasureAsked: true }],
    interimMeasureDecided: [['lawyer', 'ind'], { granted: true }],
    appealDecided: [['lawyer', 'ind'], { outcome: 'upheld' }],
    complaintFiled: [['lawyer', 'caseworker'], {}],
    deadlineLifted: [['supervisor'], { deadline: 'objection', reason: 'ownWish' }],
    caseDismissed: [['prosecution'], { formalNotice: true }],
    judgmentGiven: [['prosecution'], { final: false }],
    returnDecisionIssued: [['ind', ...police, 'dtv'], {}],
    lawfulStayEnded: [['ind'], {}],
    entryBanIssued: [['ind'], {}],
    presenceAssessed: [['prosecution'], { necessary: true }],
    transferTermSet: [['ind', 'lawyer'], { until: '2027-12-01' }],
    transferPlanned: [['ind', 'dtv'], { transferOn: '2027-11-01' }],
    reportingDutySet: [[...police, 'ind'], { every: 'P1W' }],
    returnRequested: [staff, {}],
    returnPermitted: [['ind'], {}],
    removalSuspended: [['dtv'], {}],
    legalAdviceTaken: [[...staff, 'lawyer'], {}],
    riskAssessed: [['caseworker', 'careCoordinator', 'iom'], { outcome: 'acceptable' }],
    criminalCaseArranged: [['prosecution', ...police, 'lawyer', ...staff], { how: 'nonePending' }],
    compensationArranged: [[...staff, 'lawyer'], { how: 'secured' }],
    medicalFitnessConfirmed: [[...staff, 'iom'], {}],
    travelDocumentReceived: [[...staff, 'iom'], {}],
    receivingOrganisationConfirmed: [[...staff, 'iom'], { refusedByPerson: true }],
    guardianNamed: [['careCoordinator', 'nidos', 'youthCare'], { body: 'nidos' }],
    guardianAgreed: [['careCoordinator', ...partners], {}],
    receptionConfirmed: [['careCoordinator', ...partners], {}],
    departureDeclared: [['iom', 'caseworker'], {}],
    residenceDocumentHandedIn: [[...police, ...staff], { notIssued: true }],
    travelBooked: [['iom'], { travelOn: '2027-09-30' }],
    travelled: [[...staff, 'iom', ...police], {}],
    arrivalConfirmed: [[...staff, 'iom', 'receiving'], { followUpWanted: true }],
    followUpHeld: [[...staff, 'iom', 'receiving'], {}],
    followUpStopped: [[...staff, 'iom', 'receiving'], { reason: 'ownWish' }],
    returnStopped: [[...staff, 'iom', 'dtv'], { reason: 'risk' }],
    contactMissed: [staff, {}],
    departedUnknown: [police, {}],
    returnedToContact: [[...police, ...staff], {}],
    otherApplicationFiled: [['ind', 'lawyer'], {}],
    otherApplicationRefused: [['ind', 'lawyer'], {}],
    intakeCorrected: [['supervisor'], { reason: 'mistake', residence: 'asylumSeeker' }],
    closed: [['supervisor'], { result: 'assisted' }],
    reopened: [['supervisor'], { reason: 'mistake' }],
  };

const everybody: readonly Teller[] = [
  'inspectorate',
  ...(['caseworker', 'careCoordinator', 'returnCounsellor', 'police', 'kmar', 'prosecution', 'ind', 'lawyer', 'supervisor'] as const),
  ...partners,
];
const isPartner = (by: Teller) => callerOf(by).partner !== undefined;
const onlookers: readonly Teller[] = [
  { id: 'rapporteur-1', roles: ['rapporteur'] },
  { id: 'auditor-1', roles: ['auditor'] },
];

describe('the authority to record a fact', () => {
  it.each(Object.keys(table) as (keyof typeof table)[])('%s', (type) => {
    const [tellers, fields] = table[type];
    const { situation } = aCase();
    const may = everybody.filter((by) => mayRecord(situation, { type, on: '2027-09-03', ...fields } as Fact, callerOf(by)));
    expect([...may].sort()).toEqual([...tellers].sort());
  });

  it('does not include roles with read access only', () => {
    for (const type of Object.keys(table) as (keyof typeof table)[])
      expect(onlookers.map((by) => codeOf(aCase(), by, type, table[type][1]))).toEqual(onlookers.map(() => 'role-not-allowed'));
  });

  it('is checked before the rules: a teller without it learns only that', () => {
    const given = aCase();
    expect(given.refusal('caseworker', '2027-09-03', 'routeDecided', { route: 'assistance', grounds: ['other'] })?.code).toBe(
      'role-not-allowed',
    );
    expect(given.refusal('caseworker', '2027-09-03', 'closed', { result: 'died' })?.code).toBe('role-not-allowed');
    expect(given.refusal('prosecution', '2027-09-03', 'taskCompleted', { task: 'no-such-task' })?.code).toBe('role-not-allowed');
    expect(given.refusal('caseworker', '2027-09-03', 'taskCompleted', { task: 'no-such-task' })?.code).toBe('unknown-task');
    expect(given.refusal('caseworker', '2027-09-03', 'taskWaived', { task: 'comensha-registration', reason: 'notNeeded' })?.code).toBe(
      'role-not-allowed',
    );
  });

  it('to correct is with everybody who records facts, the labour inspectorate too; onlookers correct nothing', () => {
    const unknown = { replaces: 'fact-9', reason: 'mistake' } as const;
    const code = (by: Teller) => aCase().refusal(by, '2027-09-05', 'corrected', unknown)?.code;
    for (const by of everybody) expect([by, code(by)]).toEqual([by, isPartner(by) ? 'not-found' : 'fact-not-possible']);
    for (const by of onlookers) expect(code(by)).toBe('role-not-allowed');
  });

  it('about the part in the criminal case is with police or prosecution while a cooperation is in effect', () => {
    const may = (given: CaseOnTheClock) =>
      everybody.filter((by) => given.refusal(by, '2027-09-05', 'criminalCaseArranged', { how: 'testimonyFromAbroad' }) === null);
    expect(may(aCase().cooperated('2027-09-02'))).toEqual(['police', 'kmar', 'prosecution']);
    expect(may(aCase().cooperated('2027-09-02').told('police', '2027-09-03', 'cooperationEnded', {})).length).toBe(7);
  });
});

describe('the stages in which a fact can be recorded', () => {
  const anywhere = [
    ...(['interviewHeld', 'ageAssessed', 'consentGiven', 'consentWithdrawn', 'taskAdded', 'teamChanged'] as const),
    ...(['victimStatementIssued', 'threatStatementIssued', 'medicalStatementReceived'] as const),
    ...(['caseDismissed', 'judgmentGiven', 'returnDecisionIssued', 'contactMissed'] as const),
    ...(['returnPermitted', 'legalAdviceTaken', 'riskAssessed', 'medicalFitnessConfirmed'] as const),
    ...(['travelDocumentReceived', 'receivingOrganisationConfirmed', 'guardianAgreed', 'receptionConfirmed'] as const),
  ];
  const beforeTheJourney = openStages.filter((stage) => stage !== 'aftercare');

  it.each(anywhere)('%s: in every open stage, not in a closed case', (type) => {
    expect(whereNotRefused(type)).toEqual(openStages);
  });

  it('removalSuspended: in every open stage too, where DT&V may know of the case', () => {
    expect(facts.removalSuspended.possibleIn).toEqual(openStages);
  });

  it.each<[keyof typeof table, readonly Stage[]]>([
    ['eligibilityDecided', ['intake', 'reflection', 'assistance']],
    ['reflectionDeclined', ['intake']],
    ['cooperated', beforeTheJourney],
    ['declined', ['reflection']],
    ['routeProposed', ['reflection', 'decision', 'permitApplication', 'permit', 'assistance', 'otherProcedure']],
    ['applicationSent', ['decision', 'permitApplication', 'permit', 'otherProcedure']],
    ['returnRequested', ['reflection', 'decision', 'permitApplication', 'permit', 'safeReturn', 'assistance', 'otherProcedure']],
    ['travelled', beforeTheJourney],
    ['arrivalConfirmed', ['aftercare']],
    ['followUpStopped', ['aftercare']],
    ['returnStopped', ['safeReturn']],
    ['returnedToContact', ['contactLost']],
    ['departedUnknown', beforeTheJourney],
    ['otherApplicationFiled', beforeTheJourney],
    ['reopened', ['closed']],
  ])('%s: in %s', (type, where) => {
    expect(whereNotRefused(type)).toEqual(where);
  });

  it('for the start of the period are intake and decision, once, depending on the facts in effect', () => {
    const code = (stage: Stage) => inStage[stage]().refusal('police', '2027-09-21', 'reflectionStarted', {})?.code ?? null;
    expect(code('intake')).toBeNull();
    expect(
      aCase()
        .told('police', '2027-09-02', 'reflectionDeclined', { confirmed: true })
        .refusal('police', '2027-09-21', 'reflectionStarted', {}),
    ).toBeNull();
    expect(['reflection', 'decision', 'permit', 'safeReturn'].map((stage) => code(stage as Stage))).toEqual(
      Array.from({ length: 4 }, () => 'no-second-period'),
    );
    expect(['assistance', 'closed'].map((stage) => code(stage as Stage))).toEqual(['fact-not-possible', 'fact-not-possible']);
  });
});

/** One case in each stage serves all questions, since a refusal changes nothing. */
const inEach = Object.fromEntries(stages.map((stage) => [stage, inStage[stage]()])) as Readonly<Record<Stage, CaseOnTheClock>>;

/** The stages in which the first teller of a fact does not get the refusal that it is not possible. */
function whereNotRefused(type: keyof typeof table): Stage[] {
  const [[by = 'supervisor'], fields] = table[type];
  return stages.filter((stage) => inEach[stage].refusal(by, '2027-09-21', type, fields as never) === null);
}

function codeOf(given: CaseOnTheClock, by: Teller, type: FactType, fields: object): string | null {
  return given.refusal(by, '2027-09-03', type, fields)?.code ?? null;
}
