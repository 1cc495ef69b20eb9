import { aCase, type CaseOnTheClock } from '../support/aCase';
import { helpTasks } from '../support/helpTasks';

const minor = { ageGroup: 'minor', unaccompanied: true } as const;
const inReflection = () => aCase().startedReflection('2027-09-01T11:00');
const inDecision = () => inReflection().declined('2027-09-05');
const applicant = () => inReflection().cooperated('2027-09-05');
const care = [...helpTasks, 'risk-and-plan-review-1'];

describe('the help for a person', () => {
  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['into reflection', (given) => given.startedReflection('2027-09-03')],
    ['with a no', (given) => given.told('police', '2027-09-03', 'reflectionDeclined', { confirmed: true })],
    ['by cooperating', (given) => given.cooperated('2027-09-03')],
    ['as not eligible', (given) => given.told('ind', '2027-09-03', 'eligibilityDecided', { eligible: false, ground: 'euCitizen' })],
    ['into another procedure', (given) => given.told('lawyer', '2027-09-03', 'otherApplicationFiled', {})],
  ])('is planned when the person leaves intake %s', (_, leave) => {
    expect(leave(aCase()).openTasks()).toEqual(expect.arrayContaining(care));
  });

  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['is lost', (given) => given.told('police', '2027-09-03', 'departedUnknown', {})],
    ['has travelled', (given) => given.told('caseworker', '2027-09-03', 'travelled', {})],
    ['is still in intake', (given) => given],
  ])('is not planned while the person %s', (_, leave) => {
    expect(
      leave(aCase())
        .taskIds()
        .filter((id) => care.includes(id)),
    ).toEqual([]);
  });

  it('is planned when the person returns from lost contact and then leaves intake', () => {
    const back = aCase().told('police', '2027-09-03', 'departedUnknown', {}).told('caseworker', '2027-09-05', 'returnedToContact', {});
    expect(back.openTasks().filter((id) => care.includes(id))).toEqual([]);
    expect(back.startedReflection('2027-09-06').openTasks()).toEqual(expect.arrayContaining(care));
  });

  it('is planned once, whatever stages follow', () => {
    const given = inDecision()
      .took('2027-09-06', 'assistance')
      .told('lawyer', '2027-09-07', 'otherApplicationFiled', {})
      .took('2027-09-08', 'return');
    expect(given.taskIds().filter((id) => id.startsWith('safety-plan'))).toEqual(['safety-plan']);
  });

  it('never ends by an answer: tasks of care stay open after a no, a yes and silence', () => {
    for (const given of [inDecision(), applicant(), inReflection().until('2027-12-02')]) {
      expect(given.openTasks()).toEqual(expect.arrayContaining(helpTasks));
    }
  });

  it('includes income support without a reflection period, and the allowance with one', () => {
    const without = aCase().told('police', '2027-09-03', 'reflectionDeclined', { confirmed: true });
    expect(without.taskIds()).toContain('income-support');
    expect(without.taskIds()).not.toContain('rvb-application');
    expect(inReflection().taskIds()).not.toContain('income-support');
    expect(inReflection().taskIds()).toContain('rvb-application');
  });
});

describe('a task that comes back every month', () => {
  it('is planned at midnight of the day on which the one before is due, done or not', () => {
    const given = inReflection();
    const ids = (when: string) =>
      given
        .at(when)
        .tasks.filter(({ rule }) => rule === 'risk-and-plan-review')
        .map(({ id, dueOn }) => `${id} ${dueOn}`);
    expect(ids('2027-09-30T23:59')).toEqual(['risk-and-plan-review-1 2027-10-01']);
    expect(ids('2027-10-01T00:00')).toEqual(['risk-and-plan-review-1 2027-10-01', 'risk-and-plan-review-2 2027-11-01']);
    expect(given.completed('2027-09-10', 'risk-and-plan-review-1').at('2027-10-01T00:00').tasks.at(-1)?.id).toBe('risk-and-plan-review-2');
  });

  it('keeps to the end of the month on which it started', () => {
    const given = aCase({ registered: '2027-08-31T09:00' }).startedReflection('2027-08-31T11:00');
    const dates = given
      .at('2028-02-01')
      .tasks.filter(({ rule }) => rule === 'risk-and-plan-review')
      .map(({ dueOn }) => dueOn);
    expect(dates).toEqual(['2027-09-30', '2027-10-31', '2027-11-30', '2027-12-31', '2028-01-31', '2028-02-29']);
  });

  it('starts again after lost contact with the next number, but not after a journey home', () => {
    const lost = inReflection().told('police', '2027-09-10', 'departedUnknown', {});
    expect(lost.openTasks().filter((id) => id.startsWith('risk-and'))).toEqual([]);
    const travelled = aCase()
      .startedReflection('2027-09-01T11:00')
      .told('police', '2027-09-10', 'departedUnknown', {})
      .told('police', '2027-09-12', 'travelled', {});
    expect(travelled.openTasks().filter((id) => id.startsWith('risk-and'))).toEqual([]);
    const back = lost.told('police', '2027-09-20', 'returnedToContact', {});
    expect(back.task('risk-and-plan-review-2').dueOn).toBe('2027-10-20');
  });

  it('stops when its stage ends', () => {
    const given = inReflection().told('police', '2027-09-10', 'departedUnknown', {}).told('police', '2027-09-20', 'returnedToContact', {});
    expect(
      given
        .at('2028-03-01')
        .tasks.filter(({ rule }) => rule === 'case-review')
        .map(({ id }) => id),
    ).toEqual(['case-review-1']);
  });
});

describe('the planning of tasks', () => {
  it('does not plan a task of a kind that is open, and numbers the next one after it', () => {
    const given = inReflection()
      .told('caseworker', '2027-09-03', 'contactMissed', {})
      .told('caseworker', '2027-09-04', 'contactMissed', {});
    expect(given.taskIds().filter((id) => id.startsWith('establish'))).toEqual(['establish-contact']);
    given.told('police', '2027-09-05', 'returnedToContact', {}).told('caseworker', '2027-09-06', 'contactMissed', {});
    expect(given.taskIds().filter((id) => id.startsWith('establish'))).toEqual(['establish-contact', 'establish-contact-2']);
  });

  it('numbers the talks from the first one after the start', () => {
    // Thirty days from 1 September end on 1 October. Only 28, 14 and 7 days before the end lie after the start.
    const dublin = aCase({ person: { residence: 'dublin' } }).startedReflection('2027-09-01T11:00');
    expect(dublin.situation.tasks.filter(({ rule }) => rule === 'decision-talk').map(({ id, dueOn }) => `${id} ${dueOn}`)).toEqual([
      'decision-talk-1 2027-09-03',
      'decision-talk-2 2027-09-17',
      'decision-talk-3 2027-09-24',
    ]);
  });

  it('does not plan a task whose result is already in effect', () => {
    const before = aCase()
      .told('lawyer', '2027-09-02', 'legalAdviceTaken', {})
      .told('police', '2027-09-02', 'threatStatementIssued', {})
      .told('police', '2027-09-02', 'victimStatementIssued', {});
    const given = before.startedReflection('2027-09-03').declined('2027-09-05');
    for (const id of ['lawyer-consulted', 'threat-and-medical-check', 'victim-statement']) expect(given.taskIds()).not.toContain(id);
  });

  it('includes an offer of the period to everybody except Union citizens and the Dutch', () => {
    const offered = (residence: 'euCitizen' | 'dutch' | 'otherLawfulResidence' | 'witnessOnly' | 'asylumSeeker') =>
      aCase({ person: { residence } }).taskIds().includes('offer-reflection-period');
    expect((['asylumSeeker', 'witnessOnly', 'otherLawfulResidence', 'euCitizen', 'dutch'] as const).filter(offered)).toEqual([
      'asylumSeeker',
      'witnessOnly',
      'otherLawfulResidence',
    ]);
  });

  it('includes a new offer for a person who turns out to be eligible and has had no period', () => {
    const given = aCase().told('ind', '2027-09-02', 'eligibilityDecided', { eligible: false, ground: 'refusedEntry' });
    expect(given.stateOf('offer-reflection-period')).toBe('lapsed');
    given.told('ind', '2027-09-10', 'eligibilityDecided', { eligible: true, ground: 'refusedEntry' });
    expect(given.openTasks()).toContain('offer-reflection-period-2');
    const had = inDecision()
      .took('2027-09-06', 'assistance')
      .told('ind', '2027-09-10', 'eligibilityDecided', { eligible: true, ground: 'noLawfulResidence' });
    expect(had.situation.stage).toBe('intake');
    expect(had.openTasks().filter((id) => id.startsWith('offer'))).toEqual([]);
  });

  it('includes an offer for a person in intake who turns out not to be a Union citizen', () => {
    const given = aCase({ person: { residence: 'euCitizen' } });
    expect(given.openTasks()).not.toContain('offer-reflection-period');
    given.told('police', '2027-09-02', 'eligibilityDecided', { eligible: true, ground: 'noLawfulResidence' });
    expect(given.openTasks()).toContain('offer-reflection-period');
    given.told('police', '2027-09-02', 'eligibilityDecided', { eligible: true, ground: 'dublin' });
    expect(given.taskIds().filter((id) => id.startsWith('offer-reflection-period'))).toHaveLength(1);
  });

  it('includes a guardian for an unaccompanied minor, and no second time once that is done', () => {
    expect(aCase({ person: { ageGroup: 'minor', unaccompanied: false } }).taskIds()).not.toContain('guardian');
    const given = aCase({ person: minor }).completed('2027-09-01T12:00', 'guardian').told('police', '2027-09-02', 'ageAssessed', minor);
    expect(given.taskIds().filter((id) => id.startsWith('guardian'))).toEqual(['guardian']);
    const waived = aCase({ person: minor }).told('supervisor', '2027-09-01T12:00', 'taskWaived', {
      task: 'guardian',
      reason: 'notPossible',
    });
    expect(waived.told('police', '2027-09-02', 'ageAssessed', minor).openTasks()).toContain('guardian-2');
  });

  it('includes the request for a victim statement at the first decision only, and not for a Union citizen', () => {
    const again = inDecision()
      .told('supervisor', '2027-09-06', 'taskCompleted', { task: 'victim-statement' })
      .took('2027-09-07', 'return')
      .told('caseworker', '2027-09-08', 'returnStopped', { reason: 'ownWish' });
    expect(again.taskIds().filter((id) => id.startsWith('victim'))).toEqual(['victim-statement']);
    expect(again.taskIds().filter((id) => id.startsWith('decide'))).toEqual(['decide-route', 'decide-route-2']);
    const union = aCase({ person: { residence: 'euCitizen' } }).told('police', '2027-09-02', 'reflectionDeclined', { confirmed: true });
    expect(union.situation.stage).toBe('decision');
    expect(union.taskIds().filter((id) => id.startsWith('victim'))).toEqual([]);
  });

  it('keeps the open task of approval when another route is proposed', () => {
    const given = inDecision().proposed('2027-09-06', 'return').proposed('2027-09-08', 'assistance');
    expect(given.task('approve-route')).toMatchObject({ dueOn: '2027-09-07', end: null });
    expect(given.refusal('supervisor', '2027-09-09', 'routeDecided', { route: 'return', grounds: ['other'] })?.code).toBe('no-proposal');
  });

  it('includes welfare, insurance and housing with the first permit only', () => {
    const given = applicant()
      .granted('2027-09-06', '2028-09-05')
      .told('supervisor', '2027-09-07', 'taskCompleted', { task: 'health-insurance' });
    given.told('lawyer', '2027-09-08', 'applicationSent', { kind: 'longerStay' }).granted('2027-09-09', '2028-09-08');
    expect(given.taskIds().filter((id) => id.startsWith('health'))).toEqual(['health-insurance']);
  });

  it('includes a report of departure to IND only if IND has something pending', () => {
    expect(inReflection().told('police', '2027-09-05', 'departedUnknown', {}).openTasks()).toContain('report-departure');
    expect(aCase().told('police', '2027-09-05', 'departedUnknown', {}).taskIds()).not.toContain('report-departure');
  });

  it('includes the M55 and a copy if cooperation makes the person an applicant, later only the copy', () => {
    const given = applicant()
      .completed('2027-09-06', 'm55-cooperation-notice')
      .completed('2027-09-06', 'copy-to-person')
      .cooperated('2027-09-07');
    expect(given.taskIds().filter((id) => /m55-coop|copy/.test(id))).toEqual([
      'm55-cooperation-notice',
      'copy-to-person',
      'copy-to-person-2',
    ]);
    const witness = inReflection()
      .told('police', '2027-09-05', 'cooperated', { form: 'witness' })
      .completed('2027-09-06', 'm55-cooperation-notice')
      .cooperated('2027-09-07');
    expect(witness.openTasks()).toContain('m55-cooperation-notice-2');
  });

  it('keeps added tasks of safety open after a journey home, and no other added task', () => {
    const given = inReflection()
      .told('caseworker', '2027-09-03', 'taskAdded', { kind: 'safety', due: '2027-10-20', owner: 'careCoordinator' })
      .told('caseworker', '2027-09-03', 'taskAdded', { kind: 'social', due: '2027-10-21', owner: 'caseworker' })
      .told('caseworker', '2027-09-05', 'travelled', {});
    expect([given.stateOf('added-1'), given.stateOf('added-2')]).toEqual(['open', 'lapsed']);
  });

  it('includes a second M55, and so a second day for IND, with a new application', () => {
    const given = applicant()
      .completed('2027-09-06', 'm55-cooperation-notice')
      .told('ind', '2027-09-06T12:00', 'permitRefused', {})
      .cooperated('2027-09-07')
      .completed('2027-09-08', 'm55-cooperation-notice-2');
    expect(
      given.situation.deadlines
        .filter(({ rule }) => rule.startsWith('ind'))
        .map(({ id, date, end }) => `${id} ${date} ${String(end?.state)}`),
    ).toEqual([
      'ind-decision-target 2027-09-07 met',
      'ind-decision 2027-12-05 met',
      'ind-decision-target-2 2027-09-09 undefined',
      'ind-decision-2 2027-12-07 undefined',
    ]);
  });

  it('numbers the tasks that people add separately', () => {
    const given = inReflection()
      .told('caseworker', '2027-09-03', 'taskAdded', { kind: 'medical', due: '2027-09-20', owner: 'careCoordinator', title: 'dentist' })
      .told('supervisor', '2027-09-03', 'taskAdded', { kind: 'legal', due: '2027-09-21', owner: 'police' });
    expect(given.task('added-1')).toMatchObject({ kind: 'medical', dueOn: '2027-09-20', owner: 'careCoordinator', statutory: false });
    expect(given.task('added-2')).toMatchObject({ kind: 'legal', owner: 'police' });
  });
});

describe('the end of a task', () => {
  it('is recorded by its owner, a caseworker or a supervisor, and by nobody else', () => {
    const given = inReflection();
    const may = (['police', 'kmar', 'caseworker', 'supervisor', 'careCoordinator', 'lawyer', 'ind'] as const).filter(
      (role) => given.refusal(role, '2027-09-02', 'taskCompleted', { task: 'rvb-form' }) === null,
    );
    expect(may).toEqual(['police', 'kmar', 'caseworker', 'supervisor']);
  });

  it('by waiving needs a caseworker or supervisor, and for a statutory task a supervisor', () => {
    const given = inReflection();
    const may = (task: string) =>
      (['police', 'caseworker', 'careCoordinator', 'supervisor'] as const).filter(
        (role) => given.refusal(role, '2027-09-02', 'taskWaived', { task, reason: 'notNeeded' }) === null,
      );
    expect(may('safety-plan')).toEqual(['caseworker', 'supervisor']);
    expect(may('rvb-application')).toEqual(['supervisor']);
  });

  it('comes once: an ended task cannot end again, an open one not be reopened, a missing one neither', () => {
    const given = inReflection().completed('2027-09-02', 'safety-plan');
    expect(given.refusal('caseworker', '2027-09-03', 'taskCompleted', { task: 'safety-plan' })?.code).toBe('already-recorded');
    expect(given.refusal('caseworker', '2027-09-03', 'taskWaived', { task: 'safety-plan', reason: 'notNeeded' })?.code).toBe(
      'already-recorded',
    );
    expect(given.refusal('caseworker', '2027-09-03', 'taskReopened', { task: 'rvb-form' })?.code).toBe('already-recorded');
    expect(given.refusal('caseworker', '2027-09-03', 'taskCompleted', { task: 'nonsense' })?.code).toBe('unknown-task');
    expect(given.refusal('caseworker', '2027-09-03', 'taskReopened', { task: 'nonsense' })?.code).toBe('unknown-task');
  });

  it('is overdue from the day after its date, or from its instant', () => {
    const given = inReflection();
    expect([given.stateOf('safety-plan', '2027-09-04T23:59'), given.stateOf('safety-plan', '2027-09-05T00:00')]).toEqual([
      'open',
      'overdue',
    ]);
    expect([given.stateOf('interpreter', '2027-09-02T08:59'), given.stateOf('interpreter', '2027-09-02T09:00')]).toEqual([
      'open',
      'overdue',
    ]);
  });

  it('is required before a case is closed if the task is statutory, and the refusal names those tasks', () => {
    const given = inDecision();
    expect(given.refusal('supervisor', '2027-09-06', 'closed', { result: 'assisted' })).toEqual({
      code: 'fact-not-possible',
      missing: ['comensha-registration', 'rvb-form', 'rvb-application', 'tell-ind', 'victim-statement'],
    });
    for (const task of ['comensha-registration', 'rvb-form', 'rvb-application', 'tell-ind', 'victim-statement'])
      given.completed('2027-09-06', task);
    given.told('supervisor', '2027-09-07', 'closed', { result: 'assisted' });
    expect(given.openTasks()).toEqual([]);
    expect(given.stateOf('decide-route')).toBe('done');
    expect(given.stateOf('safety-plan')).toBe('lapsed');
    expect(given.situation.result).toBe('assisted');
  });
});

describe('a case that is reopened', () => {
  const closedAndReopened = (given: CaseOnTheClock) => {
    for (const { id, rule } of given.situation.tasks.filter(({ statutory, end }) => statutory && end === null))
      if (rule !== 'decide-route') given.told('supervisor', '2027-09-20T09:30', 'taskCompleted', { task: id });
    return given
      .told('supervisor', '2027-09-20T10:00', 'closed', { result: 'assisted' })
      .told('supervisor', '2027-09-25T10:00', 'reopened', { reason: 'newInformation' });
  };

  it.each<[string, string[], () => CaseOnTheClock]>([
    ['decision', ['ask-reporting-duty-2', 'decide-route-2'], inDecision],
    ['assistance', ['case-review-2'], () => inDecision().took('2027-09-06', 'assistance')],
    ['otherProcedure', ['case-review-2'], () => inDecision().took('2027-09-06', 'otherProcedure')],
    ['permit', [], () => applicant().granted('2027-09-06', '2028-09-05')],
    ['permitApplication', [], applicant],
    ['reflection', [], inReflection],
  ])('in %s plans the tasks of entering that stage, and nothing else: %j', (stage, planned, given) => {
    const again = closedAndReopened(given());
    expect(again.situation.stage).toBe(stage);
    expect(again.openTasks()).toEqual(planned);
    const due = { 'ask-reporting-duty-2': '2027-09-28', 'decide-route-2': '2027-10-09', 'case-review-2': '2027-10-25' };
    expect(planned.map((id) => again.task(id).dueOn)).toEqual(planned.map((id) => due[id as keyof typeof due]));
  });

  it('in safe return plans a task for each gate that is shut', () => {
    const again = closedAndReopened(inDecision().took('2027-09-06', 'return').told('lawyer', '2027-09-07', 'legalAdviceTaken', {}));
    expect(again.situation.stage).toBe('safeReturn');
    expect(again.openTasks()).toEqual(expect.arrayContaining(['return-requested-2', 'risk-assessed-2']));
    expect(again.openTasks().filter((id) => id.startsWith('legal'))).toEqual([]);
  });

  it('has reminders about those tasks, and about the deadlines that run again', () => {
    const again = closedAndReopened(inDecision().told('ind', '2027-09-06', 'returnDecisionIssued', {})).until('2027-12-10');
    const items = new Set(
      again.mails.filter(({ at }) => at > '2027-09-20T10:00').flatMap((mail) => mail.items.map((item) => item.split(' ')[0])),
    );
    expect([...items]).toEqual(['decide-route-2', 'ask-reporting-duty-2', 'departure-term']);
    // The warning of 20 September went out before the case was closed.
    expect(again.mailsAbout('departure-term', 'caseworker-1').slice(0, 5)).toEqual([
      ...['09-20', '09-27', '10-01', '10-03'].map((day) => `2027-${day}T09:00 caseworker-1 warning`),
      '2027-10-05T09:00 caseworker-1 expired',
    ]);
  });
});

describe('a signal that the person says no', () => {
  const signalled = (given: CaseOnTheClock) => given.signalled('2027-09-20T10:00', { answer: 'declines', recordedBy: 'police-1' });

  it.each<[string, () => CaseOnTheClock]>([
    ['intake', () => aCase()],
    ['reflection', inReflection],
    ['decision', inDecision],
    ['permitApplication', applicant],
    ['safeReturn', () => inDecision().took('2027-09-06', 'return')],
    ['contactLost', () => inReflection().told('police', '2027-09-05', 'departedUnknown', {})],
    ['aftercare', () => inReflection().told('police', '2027-09-05', 'travelled', {})],
  ])('makes somebody ask the person in %s too, by the next day', (stage, given) => {
    const asked = signalled(given());
    expect(asked.situation.stage).toBe(stage);
    expect(asked.task('confirm-answer')).toMatchObject({ kind: 'social', owner: 'caseworker', dueOn: '2027-09-21', end: null });
  });

  it('plans one task of asking until somebody has asked, and then another', () => {
    const asked = signalled(signalled(inReflection()));
    expect(asked.openTasks().filter((id) => id.startsWith('confirm'))).toEqual(['confirm-answer']);
    expect(signalled(asked.completed('2027-09-20T10:00', 'confirm-answer')).openTasks()).toContain('confirm-answer-2');
  });
});
