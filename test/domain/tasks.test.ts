import { timeOf, dateOf } from '../../src/domain/basics/calendar';
import type { Task } from '../../src/domain/state/workPlan';
import { aCase, type CaseOnTheClock, type Opening } from '../support/aCase';

const minor = { ageGroup: 'minor', unaccompanied: true } as const;
const intake = (opening: Opening = {}) => aCase({ registered: '2027-09-01T14:00', ...opening });
const inReflection = (opening: Opening = {}) => aCase(opening).startedReflection('2027-09-01T11:00');
const inDecision = () => inReflection().declined('2027-09-05');
const applicant = () => inReflection().cooperated('2027-09-05');
const witness = () => inReflection().told('police', '2027-09-05', 'cooperated', { form: 'witness' });
const holder = () => applicant().granted('2027-09-06', '2028-09-05');
const goingHome = () => inDecision().took('2027-09-06', 'return');
const inAssistance = () => aCase().told('police', '2027-09-05', 'eligibilityDecided', { eligible: false, ground: 'noLawfulResidence' });
const dismissed = () => inReflection().told('prosecution', '2027-09-05', 'caseDismissed', { formalNotice: true });
const judged = () => inReflection().told('prosecution', '2027-09-05', 'judgmentGiven', { final: false });
const expired = () => inReflection().until('2027-12-02');
const lost = () => inReflection().told('police', '2027-09-05', 'departedUnknown', {});

describe('a task of a case', () => {
  it.each<[string, string, string, string, () => CaseOnTheClock]>([
    // The columns: id, kind (! for a statutory task), due, owner (docs/policy.md, section 4)
    ['informative-interview', 'legal', '2027-09-03', 'police', intake],
    ['safety-assessment', 'safety', '2027-09-02 14:00', 'caseworker', intake],
    ['urgent-medical-check', 'medical', '2027-09-02 14:00', 'careCoordinator', intake],
    ['interpreter', 'social', '2027-09-02 14:00', 'caseworker', intake],
    ['own-language-information', 'social', '2027-09-02 14:00', 'caseworker', intake],
    ['safe-bed', 'social', '2027-09-02 14:00', 'careCoordinator', intake],
    ['phone-and-location-safety', 'safety', '2027-09-02 14:00', 'caseworker', intake],
    ['minor-check', 'social', '2027-09-02 14:00', 'careCoordinator', intake],
    ['guardian', 'social!', '2027-09-02 14:00', 'careCoordinator', () => intake({ person: minor })],
    ['guardian', 'social!', '2027-09-04 10:00', 'careCoordinator', () => intake().told('police', '2027-09-03', 'ageAssessed', minor)],
    ['offer-reflection-period', 'residence!', '2027-09-02 14:00', 'police', intake],
    ['comensha-registration', 'social!', '2027-09-02', 'police', intake],
    ['safety-plan', 'safety', '2027-09-04', 'careCoordinator', inReflection],
    ['contact-person', 'social', '2027-09-04', 'careCoordinator', inReflection],
    ['lawyer-offered', 'legal', '2027-09-04', 'caseworker', inReflection],
    ['medical-examination-tb', 'medical', '2027-09-15', 'careCoordinator', inReflection],
    ['care-plan', 'social', '2027-09-15', 'careCoordinator', inReflection],
    ['correspondence-address', 'social', '2027-09-15', 'careCoordinator', inReflection],
    ['legal-information', 'legal', '2027-09-15', 'caseworker', inReflection],
    ['options-talk', 'social', '2027-09-15', 'caseworker', inReflection],
    ['risk-and-plan-review-1', 'safety', '2027-10-01', 'careCoordinator', inReflection],
    ['m55-reflection-notice', 'residence!', '2027-09-02', 'police', inReflection],
    ['rvb-form', 'financial!', '2027-09-04', 'police', inReflection],
    ['residence-document-asked', 'residence', '2027-09-02', 'police', inReflection],
    ['residence-document-handed', 'residence', '2027-09-15', 'police', inReflection],
    ['rvb-application', 'financial!', '2027-09-15', 'careCoordinator', inReflection],
    ['first-allowance-paid', 'financial', '2027-10-13', 'careCoordinator', inReflection],
    ['income-support', 'financial', '2027-09-19', 'careCoordinator', inAssistance],
    ['reporting-duty-1', 'residence!', '2027-10-01', 'police', inReflection],
    ['reporting-duty-2', 'residence!', '2027-11-01', 'police', inReflection],
    ['reporting-duty-3', 'residence!', '2027-12-01', 'police', inReflection],
    ['decision-talk-1', 'social', '2027-10-13', 'caseworker', inReflection],
    ['decision-talk-2', 'social', '2027-11-03', 'caseworker', inReflection],
    ['decision-talk-3', 'social', '2027-11-17', 'caseworker', inReflection],
    ['decision-talk-4', 'social', '2027-11-24', 'caseworker', inReflection],
    ['lawyer-consulted', 'legal', '2027-11-03', 'caseworker', inReflection],
    ['threat-and-medical-check', 'legal', '2027-11-10', 'caseworker', inReflection],
    ['move-on-plan', 'social', '2027-10-27', 'careCoordinator', inReflection],
    ['compensation-talk', 'legal', '2027-09-29', 'caseworker', inReflection],
    ['school-enrolment', 'social', '2027-09-15', 'careCoordinator', () => inReflection({ person: { ageGroup: 'minor' } })],
    ['youth-health-check', 'medical', '2027-09-15', 'careCoordinator', () => inReflection({ person: { dependants: 1 } })],
    ['m55-cooperation-notice', 'residence!', '2027-09-06', 'police', applicant],
    ['applicant-document', 'residence', '2027-09-08', 'police', applicant],
    ['ask-reporting-duty', 'residence', '2027-09-08', 'police', applicant],
    ['ask-reporting-duty', 'residence', '2027-09-08', 'police', inDecision],
    // A witness reports every month.
    ['reporting-duty-4', 'residence!', '2027-10-05', 'police', witness],
    ['individual-assessment', 'safety', '2027-09-19', 'police', applicant],
    // At once: on the day of the report itself.
    ['copy-to-person', 'legal!', '2027-09-05', 'police', applicant],
    ['tell-ind', 'residence!', '2027-09-06', 'police', inDecision],
    ['tell-ind', 'residence!', '2027-09-08', 'police', () => applicant().told('police', '2027-09-07', 'cooperationEnded', {})],
    ['tell-dtv', 'residence', '2027-09-06', 'police', inDecision],
    // The day after the last day is 2 December, and the task is due a day later.
    ['tell-dtv', 'residence', '2027-12-03', 'police', () => inReflection().until('2027-12-02')],
    ['decide-route', 'residence!', '2027-12-16', 'caseworker', () => inReflection().until('2027-12-02')],
    ['decide-route', 'residence!', '2027-09-19', 'caseworker', inDecision],
    ['victim-statement', 'legal!', '2027-09-19', 'police', inDecision],
    ['establish-contact', 'safety!', '2027-09-03', 'police', () => inReflection().told('caseworker', '2027-09-03', 'contactMissed', {})],
    ['approve-route', 'residence', '2027-09-07', 'supervisor', () => inDecision().proposed('2027-09-06', 'return')],
    ['permit-handed', 'residence', '2027-09-13', 'police', holder],
    ['municipal-welfare', 'financial', '2027-09-20', 'careCoordinator', holder],
    ['health-insurance', 'medical', '2027-09-20', 'caseworker', holder],
    ['move-on-housing', 'social', '2027-10-18', 'careCoordinator', holder],
    // The task is due ninety days before 5 September 2028.
    ['renewal-check', 'residence', '2028-06-07', 'caseworker', holder],
    [
      'humanitarian-follow-up-check',
      'residence',
      '2028-06-07',
      'caseworker',
      () => inDecision().took('2027-09-06', 'humanitarianPermit').granted('2027-09-06T12:00', '2028-09-05'),
    ],
    ['tell-lawyer', 'legal', '2027-09-05', 'caseworker', dismissed],
    ['longer-stay-check', 'legal', '2027-09-19', 'caseworker', dismissed],
    ['longer-stay-check', 'legal', '2027-09-19', 'caseworker', judged],
    ['report-departure', 'residence!', '2027-09-05', 'police', lost],
    [
      'missing-minor-alarm',
      'safety!',
      '2027-09-05 11:00',
      'careCoordinator',
      () => aCase({ person: minor }).told('police', '2027-09-05', 'departedUnknown', {}),
    ],
    ['case-review-1', 'social', '2027-10-05', 'caseworker', lost],
    ['case-review-1', 'social', '2027-10-05', 'caseworker', inAssistance],
    ['case-review-1', 'social', '2027-10-08', 'caseworker', () => goingHome().told('caseworker', '2027-09-08', 'travelled', {})],
    ['case-review-1', 'social', '2027-10-06', 'caseworker', () => inDecision().took('2027-09-06', 'otherProcedure')],
  ])('%s is of kind %s, due %s, for the %s', (id, kind, due, owner, given) => {
    expect(described(given().task(id))).toEqual([kind, due, owner]);
  });

  it.each<[string, string, (given: CaseOnTheClock) => CaseOnTheClock, () => CaseOnTheClock]>([
    ['informative-interview', 'the interview', (given) => given.told('police', '2027-09-10', 'interviewHeld', {}), intake],
    ['informative-interview', 'the start of the period', (given) => given.startedReflection('2027-09-10'), intake],
    ['informative-interview', 'the cooperation', (given) => given.cooperated('2027-09-10'), intake],
    [
      'safety-assessment',
      'a risk assessment',
      (given) => given.told('caseworker', '2027-09-10', 'riskAssessed', { outcome: 'acceptable' }),
      intake,
    ],
    [
      'minor-check',
      'an assessment of the age',
      (given) => given.told('police', '2027-09-10', 'ageAssessed', { ageGroup: 'adult' }),
      intake,
    ],
    ['offer-reflection-period', 'the start of the period', (given) => given.startedReflection('2027-09-10'), intake],
    [
      'offer-reflection-period',
      'the person not wanting it',
      (given) => given.told('police', '2027-09-10', 'reflectionDeclined', { confirmed: true }),
      intake,
    ],
    ['offer-reflection-period', 'the cooperation', (given) => given.cooperated('2027-09-10'), intake],
    [
      'compensation-talk',
      'compensation being arranged',
      (given) => given.told('lawyer', '2027-09-10', 'compensationArranged', { how: 'secured' }),
      inReflection,
    ],
    [
      'ask-reporting-duty',
      'the duty that was set',
      (given) => given.told('ind', '2027-09-10', 'reportingDutySet', { every: 'P1W' }),
      applicant,
    ],
    ['lawyer-consulted', 'legal advice', (given) => given.told('lawyer', '2027-09-10', 'legalAdviceTaken', {}), inReflection],
    [
      'threat-and-medical-check',
      'a statement of threat',
      (given) => given.told('police', '2027-09-10', 'threatStatementIssued', {}),
      inReflection,
    ],
    [
      'threat-and-medical-check',
      'a medical statement',
      (given) => given.told('lawyer', '2027-09-10', 'medicalStatementReceived', { register: 'NIP' }),
      inReflection,
    ],
    [
      'm55-cooperation-notice',
      'the application',
      (given) => given.told('police', '2027-09-10', 'applicationSent', { kind: 'witness' }),
      applicant,
    ],
    [
      'establish-contact',
      'a departure that is established',
      (given) => given.told('police', '2027-09-10', 'departedUnknown', {}),
      () => inReflection().told('caseworker', '2027-09-03', 'contactMissed', {}),
    ],
    ['victim-statement', 'the statement', (given) => given.told('police', '2027-09-10', 'victimStatementIssued', {}), inDecision],
    ['decide-route', 'leaving decision', (given) => given.took('2027-09-10', 'assistance'), inDecision],
    [
      'approve-route',
      'the decision',
      (given) => given.told('supervisor', '2027-09-10', 'routeDecided', { route: 'return', grounds: ['ownWish'] }),
      () => inDecision().proposed('2027-09-06', 'return'),
    ],
    [
      'renewal-check',
      'a renewal',
      (given) => given.told('ind', '2027-09-10', 'permitRenewed', { from: '2027-09-10', until: '2028-09-09' }),
      holder,
    ],
    ['renewal-check', 'an application', (given) => given.told('lawyer', '2027-09-10', 'applicationSent', { kind: 'longerStay' }), holder],
    ['confirm-answer', 'a no of the person', (given) => given.declined('2027-09-10'), () => signalledNo()],
    ['confirm-answer', 'the cooperation', (given) => given.cooperated('2027-09-10'), () => signalledNo()],
    [
      'establish-contact',
      'contact again',
      (given) => given.told('caseworker', '2027-09-10', 'returnedToContact', {}),
      () => inReflection().told('caseworker', '2027-09-03', 'contactMissed', {}),
    ],
    [
      'humanitarian-follow-up-check',
      'an application',
      (given) => given.told('lawyer', '2027-09-10', 'applicationSent', { kind: 'longerStay' }),
      () => inDecision().took('2027-09-06', 'humanitarianPermit').granted('2027-09-06T12:00', '2028-09-05'),
    ],
    [
      'longer-stay-check',
      'an application for a longer stay',
      (given) => given.told('lawyer', '2027-09-10', 'applicationSent', { kind: 'longerStay' }),
      () => holder().told('prosecution', '2027-09-07', 'judgmentGiven', { final: true }),
    ],
  ])('%s is done by %s', (id, _, fact, given) => {
    const before = given();
    expect(before.task(id).end).toBeNull();
    expect(fact(before).task(id).end?.state).toBe('done');
  });

  it.each<[string, string, (given: CaseOnTheClock) => CaseOnTheClock, () => CaseOnTheClock]>([
    [
      'guardian',
      'the person is not a minor after all',
      (given) => given.told('police', '2027-09-10', 'ageAssessed', { ageGroup: 'adult' }),
      () => intake({ person: minor }),
    ],
    [
      'offer-reflection-period',
      'the person leaves intake without it',
      (given) => given.told('police', '2027-09-10', 'departedUnknown', {}),
      intake,
    ],
    ['risk-and-plan-review-1', 'contact is lost', (given) => given.told('police', '2027-09-10', 'departedUnknown', {}), inReflection],
    ['m55-reflection-notice', 'the person leaves reflection', (given) => given.declined('2027-09-10'), inReflection],
    ['residence-document-asked', 'the person leaves reflection', (given) => given.cooperated('2027-09-10'), inReflection],
    ['residence-document-handed', 'the person leaves reflection', (given) => given.cooperated('2027-09-10'), inReflection],
    ['reporting-duty-1', 'the person leaves reflection', (given) => given.cooperated('2027-09-10'), inReflection],
    ['decision-talk-4', 'the person leaves reflection', (given) => given.cooperated('2027-09-10'), inReflection],
    ['rvb-form', 'the permit was handed over', (given) => given.completed('2027-09-10', 'permit-handed'), holder],
    ['rvb-application', 'the permit was handed over', (given) => given.completed('2027-09-10', 'permit-handed'), holder],
    ['first-allowance-paid', 'the permit was handed over', (given) => given.completed('2027-09-10', 'permit-handed'), holder],
    ['permit-handed', 'the permit is ended', (given) => given.told('ind', '2027-09-10', 'permitEnded', { reason: 'withdrawn' }), holder],
    ['applicant-document', 'a permit is granted', (given) => given.granted('2027-09-10', '2028-09-09'), applicant],
    ['applicant-document', 'IND refuses', (given) => given.told('ind', '2027-09-10', 'permitRefused', {}), applicant],
    ['ask-reporting-duty', 'the person leaves that stage', (given) => given.granted('2027-09-10', '2028-09-09'), applicant],
    ['individual-assessment', 'the person travels', (given) => given.told('police', '2027-09-10', 'travelled', {}), applicant],
    ['compensation-talk', 'the person travels', (given) => given.told('police', '2027-09-10', 'travelled', {}), inReflection],
    ['income-support', 'the person travels', (given) => given.told('police', '2027-09-10', 'travelled', {}), inAssistance],
    ['lawyer-consulted', 'the person cooperates', (given) => given.cooperated('2027-09-10'), inReflection],
    ['threat-and-medical-check', 'the person cooperates', (given) => given.cooperated('2027-09-10'), inReflection],
    ['move-on-plan', 'the person travels', (given) => given.told('police', '2027-09-10', 'travelled', {}), inReflection],
    ['m55-cooperation-notice', 'IND has answered already', (given) => given.granted('2027-09-10', '2028-09-09'), applicant],
    [
      'm55-cooperation-notice',
      'the application is withdrawn',
      (given) => given.told('lawyer', '2027-09-10', 'applicationWithdrawn', {}),
      applicant,
    ],
    ['tell-ind', 'the person cooperates', (given) => given.cooperated('2027-09-10'), inDecision],
    ['tell-dtv', 'the person cooperates', (given) => given.cooperated('2027-12-05'), () => inReflection().until('2027-12-02')],
    ['tell-dtv', 'another route is decided', (given) => given.took('2027-12-05', 'assistance'), () => inReflection().until('2027-12-02')],
    ['victim-statement', 'the person cooperates', (given) => given.cooperated('2027-09-10'), inDecision],
    [
      'approve-route',
      'the proposal is rejected',
      (given) => given.told('supervisor', '2027-09-10', 'routeRejected', { route: 'return', reason: 'risk' }),
      () => inDecision().proposed('2027-09-06', 'return'),
    ],
    ['approve-route', 'the stage changes', (given) => given.cooperated('2027-09-10'), () => inDecision().proposed('2027-09-06', 'return')],
    ['renewal-check', 'the permit is ended', (given) => given.told('ind', '2027-09-10', 'permitEnded', { reason: 'withdrawn' }), holder],
    ['m55-cooperation-notice', 'IND has refused already', (given) => given.told('ind', '2027-09-10', 'permitRefused', {}), applicant],
    ['rvb-form', 'the person travels', (given) => given.told('police', '2027-09-10', 'travelled', {}), inReflection],
    ['rvb-application', 'the person travels', (given) => given.told('police', '2027-09-10', 'travelled', {}), inReflection],
    ['first-allowance-paid', 'the person travels', (given) => given.told('police', '2027-09-10', 'travelled', {}), inReflection],
    ['municipal-welfare', 'the person travels', (given) => given.told('police', '2027-09-10', 'travelled', {}), holder],
    ['health-insurance', 'the person travels', (given) => given.told('police', '2027-09-10', 'travelled', {}), holder],
    ['move-on-housing', 'the person travels', (given) => given.told('police', '2027-09-10', 'travelled', {}), holder],
    ['risk-and-plan-review-1', 'the person is home', (given) => given.told('police', '2027-09-10', 'travelled', {}), inReflection],
    [
      'tell-dtv',
      'the humanitarian permit is asked for',
      (given) => given.took('2027-12-05', 'humanitarianPermit'),
      () => inReflection().until('2027-12-02'),
    ],
    [
      'tell-dtv',
      'another procedure is decided',
      (given) => given.took('2027-12-05', 'otherProcedure'),
      () => inReflection().until('2027-12-02'),
    ],
    [
      'tell-dtv',
      'news of the time before takes the expiry back',
      (given) => given.told('police', '2027-12-05', 'departedUnknown', { on: '2027-11-30' }),
      () => inReflection().until('2027-12-02'),
    ],
    [
      'humanitarian-follow-up-check',
      'the permit is ended',
      (given) => given.told('ind', '2027-09-10', 'permitEnded', { reason: 'withdrawn' }),
      () => inDecision().took('2027-09-06', 'humanitarianPermit').granted('2027-09-06T12:00', '2028-09-05'),
    ],
    [
      'missing-minor-alarm',
      'the person is in contact again',
      (given) => given.told('police', '2027-09-05T10:30', 'returnedToContact', {}),
      () => aCase({ person: minor }).told('police', '2027-09-05', 'departedUnknown', {}),
    ],
    ['case-review-1', 'the person leaves assistance', (given) => given.took('2027-09-10', 'otherProcedure'), inAssistance],
    [
      'case-review-1',
      'the person leaves the other procedure',
      (given) => given.took('2027-09-10', 'assistance'),
      () => inDecision().took('2027-09-06', 'otherProcedure'),
    ],
    ['report-departure', 'the person is in contact again', (given) => given.told('police', '2027-09-10', 'returnedToContact', {}), lost],
    ['case-review-1', 'the person leaves that stage', (given) => given.cooperated('2027-09-10'), lost],
  ])('%s lapses when %s', (id, _, fact, given) => {
    const before = given();
    expect(before.task(id).end).toBeNull();
    expect(fact(before).task(id).end?.state).toBe('lapsed');
  });

  it('to tell DT&V stays open when the person chooses to go home', () => {
    expect(inReflection().until('2027-12-02').took('2027-12-05', 'return').task('tell-dtv').end).toBeNull();
  });

  it.each<[string, string, (given: CaseOnTheClock) => CaseOnTheClock, () => CaseOnTheClock]>([
    [
      'm55-cooperation-notice',
      'an application of another kind',
      (given) => given.told('lawyer', '2027-09-10', 'applicationSent', { kind: 'humanitarian' }),
      applicant,
    ],
    [
      'longer-stay-check',
      'an application of another kind',
      (given) => given.told('lawyer', '2027-09-10', 'applicationSent', { kind: 'cooperation' }),
      () => holder().told('prosecution', '2027-09-07', 'judgmentGiven', { final: true }),
    ],
    ['tell-ind', 'a choice to go home', (given) => given.took('2027-09-10', 'return'), inDecision],
    [
      'establish-contact',
      'the cooperation',
      (given) => given.cooperated('2027-09-10'),
      () => inReflection().told('caseworker', '2027-09-03', 'contactMissed', {}),
    ],
    ['report-departure', 'the cooperation', (given) => given.cooperated('2027-09-10'), lost],
    [
      'guardian',
      'an assessment that the person is a minor indeed',
      (given) => given.told('police', '2027-09-10', 'ageAssessed', minor),
      () => intake({ person: minor }),
    ],
    ['rvb-application', 'the cooperation', (given) => given.cooperated('2027-09-10'), inReflection],
    // The allowance ends only when the permit is handed over.
    ['rvb-form', 'a permit', (given) => given.granted('2027-09-10', '2028-09-09'), applicant],
    ['rvb-application', 'a permit', (given) => given.granted('2027-09-10', '2028-09-09'), applicant],
    ['first-allowance-paid', 'a permit', (given) => given.granted('2027-09-10', '2028-09-09'), applicant],
    // The person declining after all leaves DT&V to be told.
    ['tell-dtv', 'late news that the person declined', (given) => given.declined('2027-12-05', '2027-11-30'), expired],
    ['move-on-plan', 'a permit', (given) => given.granted('2027-09-10', '2028-09-09'), applicant],
  ])('%s stays open after %s', (id, _, fact, given) => {
    expect(fact(given()).task(id).end).toBeNull();
  });

  it('of safety and the review of the case stay after a journey home, and no other does', () => {
    const given = inReflection().told('caseworker', '2027-09-03', 'contactMissed', {}).told('caseworker', '2027-09-10', 'travelled', {});
    expect(given.openTasks()).toEqual([
      'safety-assessment',
      'phone-and-location-safety',
      'safety-plan',
      'establish-contact',
      'case-review-1',
    ]);
  });
});

function signalledNo(): CaseOnTheClock {
  return inReflection().signalled('2027-09-05', { answer: 'declines', recordedBy: 'police-1' });
}

function described({ kind, statutory, dueOn, dueAt, owner }: Task): string[] {
  return [`${kind}${statutory ? '!' : ''}`, dueAt === null ? dueOn : `${dateOf(dueAt)} ${timeOf(dueAt)}`, owner];
}
