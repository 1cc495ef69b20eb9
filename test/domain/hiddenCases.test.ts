import { allowedFacts } from '../../src/domain/case/decide';
import type { Caller } from '../../src/domain/basics/roles';
import type { Fact, FactType } from '../../src/domain/facts/catalogue';
import { preview } from '../../src/domain/views/preview';
import { helpTasks } from '../support/helpTasks';
import { due, metByOthers, minor, opened, saidNo, says } from '../support/hiddenCases';
import { aCase, callerOf, type CaseOnTheClock, type Teller } from '../support/aCase';

/*
 * A person whom others than the police met, and of whom the police may not know (docs/policy.md, section 3). The numbers are those of its
 * points. The registration with CoMensha, and the opening of the case: hiddenCasesOpened.test.ts.
 */

const may = (given: CaseOnTheClock, by: Teller): FactType[] => allowedFacts(given.situation, callerOf(by), given.file.start.edition);
const policeAndCaseworker: Caller = { id: 'both-1', roles: ['police', 'caseworker'], office: 'amsterdam' };
const policeMails = ({ mails }: CaseOnTheClock) =>
  mails.filter(({ to }) => to.startsWith('police')).map(({ at, items }) => ({ at, items }));

describe('a case that others than the police brought in (3a, 1)', () => {
  it.each<Teller>(['police', 'kmar', 'inspectorate', 'prosecution'])('does not exist for %s, whatever they tell', (teller) => {
    const given = metByOthers();
    expect(given.refusal(teller, '2027-09-02', 'interviewHeld', {})).toMatchObject({ code: 'not-found', missing: [] });
    expect(given.refusal(teller, '2027-09-02', 'taskCompleted', { task: 'nonsense' })?.code).toBe('not-found');
    expect(given.refusal(teller, '2027-09-02', 'consentGiven', { purpose: 'policeContact' })?.code).toBe('not-found');
    expect(given.refusal(teller, '2027-09-02', 'travelled', { on: '2020-01-01' })?.code).toBe('not-found');
  });

  it('does not exist for somebody with several of these roles', () => {
    const investigator: Caller = { id: 'investigator-1', roles: ['police', 'prosecution'], office: 'amsterdam' };
    expect(metByOthers().refusal(investigator, '2027-09-02', 'travelled', {})?.code).toBe('not-found');
  });

  it('is seen by everybody who does something else as well, and by the other national roles', () => {
    expect(metByOthers().refusal(policeAndCaseworker, '2027-09-02', 'consentGiven', { purpose: 'placement' })).toBeNull();
    expect(metByOthers().refusal('ind', '2027-09-02', 'otherApplicationFiled', {})).toBeNull();
    const referred = says(metByOthers(), '2027-09-02T08:00', 'consentGiven', 'returnDataExchange');
    referred.told('ind', '2027-09-02T08:00', 'otherApplicationFiled', {}).told('caseworker', '2027-09-02T08:00', 'returnRequested', {});
    expect(referred.refusal('iom', '2027-09-02', 'riskAssessed', { outcome: 'acceptable' })).toBeNull();
  });

  it.each(['police', 'kmar', 'labourInspectorate'] as const)('is not hidden if %s met the person', (metBy) => {
    expect(aCase({ metBy }).refusal('police', '2027-09-02', 'interviewHeld', {})).toBeNull();
  });

  it('keeps a signal about cooperation, which changes nothing and asks nobody anything', () => {
    const team = { police: 'police-1' };
    for (const answer of [{ answer: 'cooperates', form: 'reportSigned' }, { answer: 'declines' }]) {
      for (const recordedBy of ['prosecution-1', 'police-1']) {
        const given = metByOthers({ team }).signalled('2027-09-02', { ...answer, recordedBy });
        expect(given.file.entries.map(({ type }) => type)).toEqual(['signalNotPossible']);
        expect(given.situation).toMatchObject({ stage: 'intake', hidden: true, cooperation: null });
        expect(given.taskIds()).not.toContain('confirm-answer');
      }
    }
  });

  it('opens by the consent to contact with the police, and by no other consent', () => {
    for (const purpose of ['registration', 'placement', 'medical', 'returnDataExchange', 'crossBorder:hungary']) {
      expect(says(metByOthers(), '2027-09-02', 'consentGiven', purpose).situation.hidden).toBe(true);
    }
    const given = opened(metByOthers());
    expect(given.situation.hidden).toBe(false);
    expect(given.refusal('police', '2027-09-02T11:01', 'interviewHeld', {})).toBeNull();
    expect(given.refusal('prosecution', '2027-09-02T11:01', 'cooperated', { form: 'reportSigned' })).toBeNull();
  });

  it('opens when a minor left for an unknown destination, since the safety of a child goes first', () => {
    const given = metByOthers({ person: minor }).told('careCoordinator', '2027-09-02', 'departedUnknown', {});
    expect(given.situation).toMatchObject({ stage: 'contactLost', hidden: false, team: { police: { staffId: 'police-1' } } });
    expect(given.refusal('police', '2027-09-03', 'returnedToContact', {})).toBeNull();
  });

  it('stays hidden when an adult left', () => {
    const given = metByOthers().told('caseworker', '2027-09-02', 'departedUnknown', {});
    expect(given.situation).toMatchObject({ stage: 'contactLost', hidden: true });
    expect(given.refusal('police', '2027-09-03', 'returnedToContact', {})?.code).toBe('not-found');
  });

  it('lets caseworker and care coordinator establish the departure while it is hidden, and the police alone afterwards', () => {
    for (const teller of ['caseworker', 'careCoordinator'] as const) {
      expect(metByOthers().refusal(teller, '2027-09-02', 'departedUnknown', {})).toBeNull();
      expect(opened(metByOthers()).refusal(teller, '2027-09-03', 'departedUnknown', {})?.code).toBe('role-not-allowed');
    }
    expect(metByOthers().refusal('returnCounsellor', '2027-09-02', 'departedUnknown', {})?.code).toBe('role-not-allowed');
    expect(opened(metByOthers()).refusal('police', '2027-09-03', 'departedUnknown', {})).toBeNull();
  });

  it('is not hidden again by a withdrawal, which plans nothing: the police know', () => {
    const given = opened(metByOthers());
    const before = given.taskIds();
    says(given, '2027-09-03', 'consentWithdrawn', 'policeContact');
    expect(given.situation.hidden).toBe(false);
    expect(given.situation.consents).not.toContain('policeContact');
    expect(given.taskIds()).toEqual(before);
    expect(given.refusal('police', '2027-09-03T12:00', 'interviewHeld', {})).toBeNull();
  });

  it('is hidden again by a correction that strikes the consent out: then nobody of the police is on the team', () => {
    const given = opened(metByOthers()).corrects('caseworker', '2027-09-02T12:00', 'fact-1');
    expect(given.situation.hidden).toBe(true);
    expect(given.situation.team).not.toHaveProperty('police');
    expect(given.task('comensha-registration')).toMatchObject({ owner: 'caseworker', statutory: false, end: null });
    expect(given.openTasks()).toContain('ask-police-contact');
    expect(given.openTasks()).not.toContain('informative-interview');
    expect(given.refusal('police', '2027-09-02T13:00', 'interviewHeld', {})?.code).toBe('not-found');
    given.until('2027-09-20');
    expect(policeMails(given).filter(({ at }) => at > '2027-09-02T12:00')).toEqual([]);
  });

  it('is not hidden again if that would leave facts of the police without their ground: the refusal names the first of them', () => {
    const given = opened(metByOthers()).told('police', '2027-09-02T12:00', 'interviewHeld', {});
    expect(given.refusal('caseworker', '2027-09-02T13:00', 'corrected', { replaces: 'fact-1', reason: 'mistake' })).toEqual({
      code: 'later-fact-depends',
      missing: ['fact-2'],
    });
  });

  it('stays open if the correction only gives the consent another date', () => {
    const given = metByOthers({ observedOn: '2027-08-20' });
    opened(given).corrects('caseworker', '2027-09-02T12:00', 'fact-1', {
      type: 'consentGiven',
      on: '2027-09-01',
      purpose: 'policeContact',
    });
    expect(given.situation).toMatchObject({ hidden: false, team: { police: { staffId: 'police-1' } } });
    expect(given.task('comensha-registration').dueOn).toBe('2027-09-02');
  });

  it('opens by a correction that puts this consent in the place of another fact', () => {
    const given = says(metByOthers(), '2027-09-02', 'consentGiven', 'placement').corrects('caseworker', '2027-09-03', 'fact-1', {
      type: 'consentGiven',
      purpose: 'policeContact',
    });
    expect(given.situation).toMatchObject({ hidden: false, team: { police: { staffId: 'police-1', since: '2027-09-03T08:00:00Z' } } });
    expect(given.openTasks()).toEqual(expect.arrayContaining(['informative-interview', 'offer-reflection-period']));
    expect(given.task('comensha-registration').owner).toBe('police');
  });

  it('stays hidden by a consent that is told late and was withdrawn since', () => {
    const given = metByOthers({ observedOn: '2027-08-20' });
    says(given, '2027-09-03', 'consentWithdrawn', 'policeContact').told('caseworker', '2027-09-04', 'consentGiven', {
      purpose: 'policeContact',
      on: '2027-09-02',
    });
    expect(given.situation).toMatchObject({ hidden: true, stage: 'intake' });
    expect(given.stateOf('ask-police-contact')).toBe('overdue');
    expect(opened(given, '2027-09-05').situation.hidden).toBe(false);
  });
});

describe('the team of a hidden case (3a, 2)', () => {
  it('has no police officer, and takes none', () => {
    const given = metByOthers();
    expect(given.situation.team).not.toHaveProperty('police');
    expect(given.refusal('supervisor', '2027-09-02', 'teamChanged', { role: 'police', staffId: 'police-1' })).toEqual({
      code: 'fact-not-possible',
      missing: ['consentGiven'],
    });
    expect(given.refusal('supervisor', '2027-09-02', 'teamChanged', { role: 'lawyer', staffId: 'lawyer-1' })).toBeNull();
    expect(opened(given).refusal('supervisor', '2027-09-03', 'teamChanged', { role: 'police', staffId: 'police-2' })).toBeNull();
  });

  it('leaves to the caseworker what the police own elsewhere', () => {
    const given = metByOthers()
      .told('caseworker', '2027-09-02T08:00', 'contactMissed', {})
      .told('caseworker', '2027-09-02T08:05', 'taskAdded', { kind: 'legal', due: '2027-09-08', owner: 'police' });
    expect(given.situation.tasks.filter(({ owner }) => owner === 'police')).toEqual([]);
    expect(due(given, 'establish-contact')).toEqual({ owner: 'caseworker', dueOn: '2027-09-02', statutory: true });
    expect(given.task('added-1').owner).toBe('caseworker');
    expect(given.refusal('caseworker', '2027-09-02T09:00', 'taskCompleted', { task: 'establish-contact' })).toBeNull();
  });

  it('leaves the report of a departure to the caseworker, if a period was started', () => {
    const given = metByOthers().told('ind', '2027-09-02', 'reflectionStarted', {}).told('caseworker', '2027-09-05', 'departedUnknown', {});
    expect(due(given, 'report-departure')).toEqual({ owner: 'caseworker', dueOn: '2027-09-05', statutory: true });
  });
});

describe('the question whether the police may know (3a, 3)', () => {
  it('stands at intake instead of the informative interview and the offer, for the caseworker within a day', () => {
    const given = metByOthers();
    expect(given.taskIds()).not.toEqual(expect.arrayContaining(['informative-interview']));
    expect(given.taskIds()).not.toEqual(expect.arrayContaining(['offer-reflection-period']));
    expect(due(given, 'ask-police-contact')).toEqual({ owner: 'caseworker', dueOn: '2027-09-02', statutory: false });
    expect(given.task('ask-police-contact')).toMatchObject({ kind: 'social', dueAt: '2027-09-02T07:00:00Z' });
    expect(aCase().taskIds()).not.toContain('ask-police-contact');
  });

  it('is done by the consent', () => {
    expect(opened(metByOthers(), '2027-09-01T12:00').stateOf('ask-police-contact')).toBe('done');
  });

  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['done', (given) => given.completed('2027-09-02T08:00', 'ask-police-contact')],
    ['waived', (given) => given.told('caseworker', '2027-09-02T08:00', 'taskWaived', { task: 'ask-police-contact', reason: 'noConsent' })],
  ])('%s without a yes: help goes on without the police', (_, answers) => {
    const given = answers(metByOthers());
    expect(given.situation).toMatchObject({ stage: 'assistance', hidden: true });
    expect(given.openTasks()).toEqual(expect.arrayContaining([...helpTasks, 'income-support', 'case-review-1']));
    expect(given.stageAt('2028-09-01')).toBe('assistance');
  });

  it('leads nowhere from another stage, and not once the case is open', () => {
    const elsewhere = saidNo().told('caseworker', '2027-09-03', 'taskReopened', { task: 'ask-police-contact' });
    elsewhere.told('ind', '2027-09-04', 'otherApplicationFiled', {}).completed('2027-09-05', 'ask-police-contact');
    expect(elsewhere.situation.stage).toBe('otherProcedure');
    const open = opened(metByOthers()).told('caseworker', '2027-09-03', 'taskReopened', { task: 'ask-police-contact' });
    expect(open.completed('2027-09-04', 'ask-police-contact').situation.stage).toBe('intake');
  });

  it('is asked anew on each return to intake, and lapses when the person leaves it', () => {
    const eligible = saidNo().told('ind', '2027-09-10', 'eligibilityDecided', { eligible: true, ground: 'noLawfulResidence' });
    expect(eligible.situation.stage).toBe('intake');
    expect(due(eligible, 'ask-police-contact-2')).toEqual({ owner: 'caseworker', dueOn: '2027-09-11', statutory: false });

    const found = metByOthers().told('caseworker', '2027-09-02', 'departedUnknown', {});
    expect(found.stateOf('ask-police-contact')).toBe('lapsed');
    found.told('caseworker', '2027-09-05', 'returnedToContact', {});
    expect(found.situation.stage).toBe('intake');
    expect(found.openTasks()).toContain('ask-police-contact-2');
    expect(found.openTasks()).not.toContain('offer-reflection-period');
  });

  it('is asked anew when a closed case is reopened in intake', () => {
    const given = metByOthers().told('supervisor', '2027-09-02T08:00', 'closed', { result: 'assisted' });
    given.told('supervisor', '2027-09-06', 'reopened', { reason: 'newInformation' });
    expect(given.situation).toMatchObject({ stage: 'intake', hidden: true });
    expect(given.openTasks()).toEqual(['ask-police-contact-2']);
  });

  it('is not asked on a return to intake once the case is open', () => {
    const given = metByOthers({ person: minor }).told('caseworker', '2027-09-02', 'departedUnknown', {});
    given.told('police', '2027-09-05', 'returnedToContact', {});
    expect(given.situation.stage).toBe('intake');
    expect(given.openTasks()).toContain('offer-reflection-period');
    expect(given.openTasks()).not.toContain('ask-police-contact-2');
  });
});

describe('facts that only the police tell (3a, 6)', () => {
  it.each(['victimStatementIssued', 'threatStatementIssued', 'interviewHeld'] as const)('%s waits until the case is open', (type) => {
    expect(metByOthers().refusal(policeAndCaseworker, '2027-09-02', type, {})).toEqual({
      code: 'fact-not-possible',
      missing: ['consentGiven'],
    });
    expect(opened(metByOthers()).refusal(policeAndCaseworker, '2027-09-03', type, {})).toBeNull();
  });

  it('are among them the cooperation and the no to the period', () => {
    const waits = { code: 'fact-not-possible', missing: ['consentGiven'] };
    expect(metByOthers().refusal(policeAndCaseworker, '2027-09-02', 'cooperated', { form: 'reportSigned' })).toEqual(waits);
    expect(metByOthers().refusal(policeAndCaseworker, '2027-09-02', 'cooperated', { form: 'employerCase' })).toEqual(waits);
    expect(metByOthers().refusal(policeAndCaseworker, '2027-09-02', 'reflectionDeclined', { confirmed: true })).toEqual(waits);
  });

  it('are refused by the role first, if the role does not tell them', () => {
    expect(metByOthers().refusal('caseworker', '2027-09-02', 'victimStatementIssued', {})?.code).toBe('role-not-allowed');
  });

  it('are not among the allowed facts of anybody', () => {
    const ofPolice: FactType[] = ['interviewHeld', 'victimStatementIssued', 'threatStatementIssued', 'cooperated', 'reflectionDeclined'];
    const everybody: Caller = {
      id: 'everybody-1',
      roles: ['police', 'prosecution', 'ind', 'caseworker', 'careCoordinator', 'lawyer', 'supervisor'],
      office: 'amsterdam',
    };
    expect(may(metByOthers(), everybody).filter((type) => ofPolice.includes(type))).toEqual([]);
    expect(may(opened(metByOthers()), everybody)).toEqual(expect.arrayContaining(ofPolice));
  });

  it('cannot be brought in by a correction either', () => {
    const given = metByOthers().told('caseworker', '2027-09-02', 'contactMissed', {});
    expect(
      given.refusal('caseworker', '2027-09-03', 'corrected', {
        replaces: 'fact-1',
        with: { type: 'victimStatementIssued' },
        reason: 'mistake',
      }),
    ).toEqual({ code: 'fact-not-possible', missing: ['consentGiven'] });
  });
});

describe('a preview of a hidden case', () => {
  const previewed = (fact: Fact) => {
    const { start } = metByOthers().file;
    const steps = preview(start, [{ fact, at: '2027-09-02T10:00:00Z' }], '2027-09-10T10:00:00Z');
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return step.value;
  };

  it('says that a fact of the police waits for the consent of the person', () => {
    expect(previewed({ type: 'cooperated', on: '2027-09-02', form: 'reportSigned' })).toMatchObject({
      refused: { code: 'fact-not-possible', missing: ['consentGiven'] },
    });
  });

  it('assumes that a fact is told by whoever may see the case', () => {
    expect(previewed({ type: 'reflectionStarted', on: '2027-09-02' })).toMatchObject({ stage: 'reflection' });
  });
});

describe('the mail of a hidden case', () => {
  it('wakes the caseworker for a recurring task of the police, also where nothing else is open', () => {
    const given = saidNo();
    for (const task of given.openTasks()) given.told('supervisor', '2027-09-08', 'taskWaived', { task, reason: 'notNeeded' });
    given
      .told('ind', '2027-09-09T12:00', 'reportingDutySet', { every: 'P1W' })
      .told('caseworker', '2027-09-13T12:00', 'taskCompleted', { task: 'reporting-duty-1' })
      .until('2027-09-24');
    expect(given.task('reporting-duty-2')).toMatchObject({ owner: 'caseworker', dueOn: '2027-09-23' });
    expect(given.mailsAbout('reporting-duty-2')).toEqual([
      '2027-09-16T09:00 caseworker-1 planned',
      '2027-09-22T09:00 caseworker-1 soon',
      '2027-09-23T09:00 caseworker-1 due',
      '2027-09-24T09:00 caseworker-1 overdue',
    ]);
  });

  it('never reaches the police, in however long a story', () => {
    const given = saidNo()
      .told('caseworker', '2027-09-06', 'contactMissed', {})
      .told('caseworker', '2027-09-07', 'returnedToContact', {})
      .told('ind', '2027-09-10', 'eligibilityDecided', { eligible: true, ground: 'noLawfulResidence' })
      .told('ind', '2027-09-13', 'reflectionStarted', {})
      .told('ind', '2027-09-14', 'reportingDutySet', { every: 'P1W' })
      .took('2028-01-03', 'return')
      .told('caseworker', '2028-01-10', 'returnStopped', { reason: 'ownWish' })
      .told('caseworker', '2028-01-12', 'departedUnknown', {})
      .told('caseworker', '2028-02-12', 'returnedToContact', {})
      .until('2028-06-01');
    expect(given.situation.hidden).toBe(true);
    expect(given.mails.length).toBeGreaterThan(100);
    expect(policeMails(given)).toEqual([]);
    expect(new Set(given.mails.map(({ to }) => to))).toEqual(new Set(['caseworker-1', 'care-coordinator-1', 'supervisor-1']));
    expect(given.notices.map(({ partner }) => partner)).not.toContain('comensha');
  });
});
