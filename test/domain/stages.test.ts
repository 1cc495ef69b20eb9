import type { Fields } from '../support/aCase';
import { callerOf, instantOfWhen, type CaseOnTheClock, type Teller } from '../support/aCase';
import { dateOf, daysAfter } from '../../src/domain/basics/calendar';
import { record, situationAt } from '../../src/domain/case/caseFile';
import type { Fact, FactType } from '../../src/domain/facts/catalogue';
import { factTypes } from '../../src/domain/facts/catalogue';
import { Refusal } from '../../src/domain/basics/refusal';
import { openStages, type Stage } from '../../src/domain/state/situation';
import { closed, inStage } from '../support/inStage';

/** A possible form of each fact on 20 September, with its teller. */
const telling: { readonly [T in FactType]: readonly [Teller, Fields<T>] } = {
  interviewHeld: ['police', {}],
  eligibilityDecided: ['police', { eligible: true, ground: 'noLawfulResidence' }],
  ageAssessed: ['police', { ageGroup: 'adult' }],
  reflectionStarted: ['police', {}],
  reflectionDeclined: ['police', { confirmed: true }],
  consentGiven: ['caseworker', { purpose: 'medical' }],
  consentWithdrawn: ['caseworker', { purpose: 'medical' }],
  taskCompleted: ['caseworker', { task: 'interpreter' }],
  taskWaived: ['caseworker', { task: 'interpreter', reason: 'notNeeded' }],
  taskReopened: ['caseworker', { task: 'interpreter' }],
  taskAdded: ['caseworker', { kind: 'social', due: '2027-09-30', owner: 'caseworker' }],
  teamChanged: ['supervisor', { role: 'caseworker', staffId: 'caseworker-2' }],
  cooperated: ['police', { form: 'reportSigned' }],
  declined: ['police', { confirmed: true }],
  cooperationEnded: ['police', {}],
  victimStatementIssued: ['police', {}],
  threatStatementIssued: ['police', {}],
  medicalStatementReceived: ['lawyer', { register: 'BIG' }],
  routeProposed: ['caseworker', { route: 'return', grounds: ['ownWish'] }],
  routeRejected: ['supervisor', { route: 'return', reason: 'risk' }],
  routeDecided: ['supervisor', { route: 'return', grounds: ['ownWish'] }],
  applicationSent: ['lawyer', { kind: 'longerStay' }],
  applicationWithdrawn: ['lawyer', {}],
  decisionTermExtended: ['ind', { reason: 'other' }],
  permitGranted: ['ind', { from: '2027-09-20', until: '2028-09-19' }],
  permitRenewed: ['ind', { from: '2027-09-20', until: '2028-09-19' }],
  permitRefused: ['ind', {}],
  permitEnded: ['ind', { reason: 'expired' }],
  objectionFiled: ['lawyer', {}],
  objectionDecided: ['ind', { outcome: 'upheld' }],
  appealFiled: ['lawyer', { interimMeasureAsked: true }],
  interimMeasureDecided: ['lawyer', { granted: true }],
  appealDecided: ['lawyer', { outcome: 'upheld' }],
  complaintFiled: ['lawyer', {}],
  caseDismissed: ['prosecution', { formalNotice: true }],
  judgmentGiven: ['prosecution', { final: true }],
  deadlineLifted: ['supervisor', { deadline: 'objection', reason: 'other' }],
  returnDecisionIssued: ['ind', {}],
  lawfulStayEnded: ['ind', {}],
  entryBanIssued: ['ind', {}],
  presenceAssessed: ['prosecution', { necessary: true }],
  transferTermSet: ['ind', { until: '2027-12-01' }],
  transferPlanned: ['dtv', { transferOn: '2027-10-01' }],
  reportingDutySet: ['police', { every: 'P1M' }],
  returnRequested: ['caseworker', {}],
  legalAdviceTaken: ['lawyer', {}],
  returnPermitted: ['ind', {}],
  removalSuspended: ['dtv', {}],
  criminalCaseArranged: ['prosecution', { how: 'testimonyGiven' }],
  compensationArranged: ['lawyer', { how: 'secured' }],
  medicalFitnessConfirmed: ['caseworker', {}],
  travelDocumentReceived: ['caseworker', {}],
  receivingOrganisationConfirmed: ['caseworker', {}],
  guardianNamed: ['careCoordinator', { body: 'nidos' }],
  guardianAgreed: ['careCoordinator', {}],
  receptionConfirmed: ['careCoordinator', {}],
  departureDeclared: ['caseworker', {}],
  residenceDocumentHandedIn: ['police', {}],
  travelBooked: ['iom', { travelOn: '2027-09-30' }],
  riskAssessed: ['caseworker', { outcome: 'acceptable' }],
  travelled: ['caseworker', {}],
  arrivalConfirmed: ['caseworker', { followUpWanted: false }],
  followUpHeld: ['caseworker', {}],
  followUpStopped: ['caseworker', { reason: 'ownWish' }],
  returnStopped: ['caseworker', { reason: 'ownWish' }],
  contactMissed: ['caseworker', {}],
  departedUnknown: ['police', {}],
  returnedToContact: ['police', {}],
  otherApplicationFiled: ['ind', {}],
  otherApplicationRefused: ['ind', {}],
  intakeCorrected: ['supervisor', { reason: 'mistake', residence: 'noLawfulResidence' }],
  closed: ['supervisor', { result: 'assisted' }],
  reopened: ['supervisor', { reason: 'mistake' }],
  corrected: ['supervisor', { replaces: 'fact-99', reason: 'mistake' }],
};

/** The stage after each fact, row by row (docs/policy.md, section 2). A fact that is not in the row leaves the stage unchanged. */
const leads: Readonly<Record<Stage, Partial<Record<FactType, Stage>>>> = {
  intake: { reflectionStarted: 'reflection', reflectionDeclined: 'decision', cooperated: 'permitApplication', ...fromOpen() },
  reflection: { cooperated: 'permitApplication', declined: 'decision', ...fromOpen() },
  decision: { cooperated: 'permitApplication', ...fromOpen() },
  permitApplication: { permitGranted: 'permit', permitRefused: 'decision', applicationWithdrawn: 'decision', ...fromOpen() },
  permit: { permitEnded: 'decision', applicationSent: 'permitApplication', ...fromOpen() },
  safeReturn: { returnStopped: 'decision', cooperated: 'permitApplication', ...fromOpen() },
  aftercare: { closed: 'closed' },
  assistance: { eligibilityDecided: 'intake', cooperated: 'permitApplication', ...fromOpen() },
  otherProcedure: { cooperated: 'permitApplication', ...fromOpen(), otherApplicationFiled: 'otherProcedure' },
  contactLost: { returnedToContact: 'decision', cooperated: 'permitApplication', ...fromOpen(), departedUnknown: 'contactLost' },
  closed: { reopened: 'intake' },
};

describe('the stages of a case', () => {
  const rows = Object.entries(leads).flatMap(([stage, row]) => factTypes.map((type) => [stage as Stage, type, row[type]] as const));

  it.each(rows.filter(([, , to]) => to !== undefined))('from %s %s leads to %s', (stage, type, to) => {
    expect(tell(inStage[stage](), type)).toBe(to);
  });

  it.each(Object.keys(inStage) as Stage[])('from %s no other fact changes the stage', (stage) => {
    const given = inStage[stage]();
    const others = rows.filter(([from, , to]) => from === stage && to === undefined).map(([, type]) => type);
    const moved = others.filter((type) => ![stage, 'refused'].includes(tell(given, type)));
    expect(moved).toEqual([]);
  });

  it.each([
    ['decision', 'humanitarianPermit', 'permitApplication'],
    ['decision', 'return', 'safeReturn'],
    ['decision', 'otherProcedure', 'otherProcedure'],
    ['decision', 'assistance', 'assistance'],
    ['reflection', 'return', 'safeReturn'],
    ['reflection', 'humanitarianPermit', 'permitApplication'],
    ['permitApplication', 'return', 'safeReturn'],
    ['permit', 'return', 'safeReturn'],
    ['assistance', 'return', 'safeReturn'],
    ['assistance', 'humanitarianPermit', 'permitApplication'],
    ['assistance', 'otherProcedure', 'otherProcedure'],
    ['otherProcedure', 'return', 'safeReturn'],
    ['otherProcedure', 'humanitarianPermit', 'permitApplication'],
    ['otherProcedure', 'assistance', 'assistance'],
  ] as const)('from %s the decided route %s leads to %s', (stage, route, to) => {
    expect(inStage[stage]().took('2027-09-20', route).situation.stage).toBe(to);
  });

  it.each([
    ['reflection', ['otherProcedure', 'assistance']],
    ['permitApplication', ['humanitarianPermit', 'otherProcedure', 'assistance']],
    ['permit', ['humanitarianPermit', 'otherProcedure', 'assistance']],
    ['intake', ['humanitarianPermit', 'return', 'otherProcedure', 'assistance']],
    ['safeReturn', ['humanitarianPermit', 'return', 'otherProcedure', 'assistance']],
    ['contactLost', ['humanitarianPermit', 'return', 'otherProcedure', 'assistance']],
  ] as const)('in %s no other route can be proposed (%s)', (stage, routes) => {
    for (const route of routes) {
      expect(inStage[stage]().refusal('caseworker', '2027-09-20', 'routeProposed', { route, grounds: ['other'] })?.code).toBe(
        'fact-not-possible',
      );
    }
  });

  it('change by silence only from reflection to decision, at the end of the last day', () => {
    const given = inStage.reflection();
    expect(given.stageAt('2027-12-01T23:59')).toBe('reflection');
    expect(given.stageAt('2027-12-02T00:00')).toBe('decision');
    const others = openStages.filter((stage) => stage !== 'reflection');
    expect(others.filter((stage) => inStage[stage]().stageAt('2029-01-01') !== stage)).toEqual([]);
  });
});

describe('a permit', () => {
  it('that still runs is the stage after a refused or withdrawn application', () => {
    for (const type of ['permitRefused', 'applicationWithdrawn'] as const) {
      const given = inStage.permit().told('lawyer', '2027-09-10', 'applicationSent', { kind: 'longerStay' });
      expect(given.situation.stage).toBe('permitApplication');
      expect(tell(given, type)).toBe('permit');
    }
  });

  it('stays the stage when another permit is granted or this one is renewed', () => {
    expect(tell(inStage.permit(), 'permitRenewed')).toBe('permit');
    expect(tell(inStage.permit(), 'permitGranted')).toBe('permit');
  });

  it('of the humanitarian kind is never renewed, and cooperation leads to an application beside it', () => {
    const given = inStage.decision().took('2027-09-06', 'humanitarianPermit').granted('2027-09-08', '2028-09-07');
    expect(given.refusal('ind', '2027-09-20', 'permitRenewed', { from: '2027-09-20', until: '2028-09-19' })?.code).toBe('not-renewable');
    given.cooperated('2027-09-20');
    expect(given.situation).toMatchObject({
      stage: 'permitApplication',
      application: { kind: 'cooperation' },
      permit: { kind: 'humanitarian' },
    });
  });

  it('for cooperation stays with new cooperation, unless no cooperation was in effect', () => {
    expect(inStage.permit().cooperated('2027-09-20').situation.stage).toBe('permit');
    expect(inStage.permit().told('police', '2027-09-18', 'cooperationEnded', {}).cooperated('2027-09-20').situation.stage).toBe(
      'permitApplication',
    );
  });

  it('of an application for a witness is of that kind; cooperation changes the kind of a pending one', () => {
    const witness = inStage.reflection().told('police', '2027-09-05', 'cooperated', { form: 'witness' });
    expect(witness.situation.application?.kind).toBe('witness');
    expect(witness.cooperated('2027-09-06').situation.application?.kind).toBe('cooperation');
    const humanitarian = inStage.decision().took('2027-09-06', 'humanitarianPermit').cooperated('2027-09-07');
    expect(humanitarian.situation).toMatchObject({ stage: 'permitApplication', application: { kind: 'cooperation' } });
  });

  it('lasts a year at most', () => {
    const granted = (until: `${number}-${number}-${number}`) =>
      inStage.permitApplication().refusal('ind', '2027-09-20', 'permitGranted', { from: '2027-09-20', until });
    expect(granted('2028-09-20')).toBeNull();
    expect(granted('2028-09-21')?.code).toBe('fact-not-possible');
    expect(granted('2027-09-19')?.code).toBe('fact-not-possible');
  });

  it('needs a pending application to be granted or refused, and a running permit to be renewed or ended', () => {
    const given = inStage.decision();
    for (const type of [
      'permitGranted',
      'permitRefused',
      'permitRenewed',
      'permitEnded',
      'applicationWithdrawn',
      'decisionTermExtended',
    ] as const) {
      expect(tell(given, type)).toBe('refused');
    }
  });

  it('can be recorded in every open stage, and changes the stage only from application and permit', () => {
    expect(inStage.permitApplication().took('2027-09-10', 'return').granted('2027-09-20', '2028-09-19').situation).toMatchObject({
      stage: 'safeReturn',
      permit: { kind: 'cooperation' },
    });
    expect(
      inStage.permit().took('2027-09-10', 'return').told('ind', '2027-09-20', 'permitEnded', { reason: 'withdrawn' }).situation,
    ).toMatchObject({ stage: 'safeReturn', permit: null });
  });
});

describe('a return that is stopped', () => {
  const stop = (given: CaseOnTheClock) =>
    given.took('2027-09-10', 'return').told('caseworker', '2027-09-20', 'returnStopped', { reason: 'ownWish' }).situation.stage;

  it.each(['permit', 'permitApplication', 'reflection', 'decision', 'assistance', 'otherProcedure'] as const)(
    'leads back to %s',
    (stage) => {
      expect(stop(inStage[stage]())).toBe(stage);
    },
  );

  it('leads to decision if the stage before no longer applies', () => {
    const refused = inStage.permitApplication().took('2027-09-10', 'return').told('ind', '2027-09-12', 'permitRefused', {});
    expect(refused.told('caseworker', '2027-09-20', 'returnStopped', { reason: 'ownWish' }).situation.stage).toBe('decision');
    const over = inStage.reflection().took('2027-09-10', 'return');
    expect(over.told('caseworker', '2027-12-02', 'returnStopped', { reason: 'ownWish' }).situation.stage).toBe('decision');
  });

  it('never leads back to lost contact or to the closed case', () => {
    const found = inStage
      .safeReturn()
      .told('police', '2027-09-10', 'departedUnknown', {})
      .told('police', '2027-09-12', 'returnedToContact', {});
    expect(found.situation.stage).toBe('safeReturn');
    expect(found.told('caseworker', '2027-09-20', 'returnStopped', { reason: 'ownWish' }).situation.stage).toBe('decision');
    const reopened = closed(inStage.assistance().took('2027-09-10', 'return')).told('supervisor', '2027-09-20T12:00', 'reopened', {
      reason: 'mistake',
    });
    expect(reopened.situation.stage).toBe('safeReturn');
    expect(reopened.told('caseworker', '2027-09-21', 'returnStopped', { reason: 'ownWish' }).situation.stage).toBe('assistance');
  });

  it('keeps the period running, and the choice to go home does not end the period', () => {
    const given = inStage.reflection().took('2027-09-10', 'return');
    expect(given.situation.period).toMatchObject({ end: null, endsOn: '2027-12-01' });
    expect(given.until('2027-12-02').situation).toMatchObject({ stage: 'safeReturn', period: { end: 'expired' } });
  });
});

describe('a person who is in contact again', () => {
  const back = (given: CaseOnTheClock) =>
    given.told('police', '2027-09-10', 'departedUnknown', {}).told('caseworker', '2027-09-20', 'returnedToContact', {}).situation.stage;

  it.each(['permit', 'permitApplication', 'decision', 'assistance', 'otherProcedure', 'safeReturn', 'intake'] as const)(
    'goes back to %s',
    (stage) => {
      expect(back(inStage[stage]())).toBe(stage);
    },
  );

  it('goes to decision if the departure ended the period', () => {
    expect(back(inStage.reflection())).toBe('decision');
  });

  it('can be recorded only if contact was lost or the police search', () => {
    const given = inStage.reflection();
    expect(given.refusal('police', '2027-09-10', 'returnedToContact', {})?.code).toBe('fact-not-possible');
    given.told('caseworker', '2027-09-11', 'contactMissed', {}).told('police', '2027-09-12', 'returnedToContact', {});
    expect(given.situation.stage).toBe('reflection');
    expect(given.stateOf('establish-contact')).toBe('done');
  });
});

describe('a closed case', () => {
  it.each(openStages.filter((stage) => stage !== 'reflection'))('reopened is in %s again', (stage) => {
    expect(closed(inStage[stage]()).told('supervisor', '2027-09-21', 'reopened', { reason: 'mistake' }).situation).toMatchObject({
      stage,
      result: null,
    });
  });

  it('reopened after the period is over is in decision', () => {
    const given = closed(inStage.reflection());
    expect(given.at('2027-09-21').stage).toBe('closed');
    expect(given.told('supervisor', '2027-12-10', 'reopened', { reason: 'mistake' }).situation.stage).toBe('decision');
  });

  it('has no expiry of a period that ended while it was closed, and one of a later end', () => {
    const reopened = (when: string) => closed(inStage.reflection()).told('supervisor', when, 'reopened', { reason: 'newInformation' });
    expect(reopened('2027-12-10').at('2028-02-01').period).toMatchObject({ end: null });
    expect(reopened('2027-11-10').at('2028-02-01').period).toMatchObject({ end: 'expired' });
    // The instant of recording counts, not the date in the fact.
    const since = { reason: 'newInformation', on: '2027-11-15' } as const;
    expect(closed(inStage.reflection()).told('supervisor', '2027-12-10', 'reopened', since).at('2028-02-01').period).toMatchObject({
      end: null,
    });
  });

  it('accepts no fact except its reopening, and what puts the intake right', () => {
    const given = inStage.closed();
    expect(factTypes.filter((type) => tell(given, type) !== 'refused')).toEqual(['reopened', 'intakeCorrected']);
  });
});

function fromOpen(): Partial<Record<FactType, Stage>> {
  return { departedUnknown: 'contactLost', otherApplicationFiled: 'otherProcedure', travelled: 'aftercare', closed: 'closed' };
}

/** The stage after a fact of 20 September, on a copy of the case without open statutory tasks; `refused` if it is refused. */
function tell(given: CaseOnTheClock, type: FactType): Stage | 'refused' {
  const [teller, fields] = telling[type];
  const receivedAt = instantOfWhen('2027-09-20T12:00');
  const fact = { ...fields, type, on: dateOf(receivedAt) } as unknown as Fact;
  const settled = type === 'closed' && given.situation.stage !== 'closed' ? withoutDuties(given) : given.file;
  const answer = record(settled, { fact, by: callerOf(teller), receivedAt });
  return answer instanceof Refusal ? 'refused' : situationAt(answer, receivedAt).stage;
}

function withoutDuties({ file }: CaseOnTheClock): CaseOnTheClock['file'] {
  const at = instantOfWhen(`${daysAfter('2027-09-20', -1)}T12:00`);
  const tasks = file.situation.tasks.map((task) =>
    task.statutory && task.end === null ? { ...task, end: { state: 'done' as const, at } } : task,
  );
  return { ...file, situation: { ...file.situation, tasks } };
}
