import { pathwayView } from '../../src/domain/views/pathway';
import { aCase, callerOf, type CaseOnTheClock } from '../support/aCase';
import { due, metByOthers, minor, opened, saidNo, says } from '../support/hiddenCases';

/* The registration of a person of whom the police may not know, and the opening of such a case (docs/policy.md, section 3). */

describe('the registration with CoMensha while the case is hidden (3a, 4)', () => {
  const registration = 'comensha-registration';

  it('waits for the consent of the person: it says so, is owed by nobody and never overdue', () => {
    const given = metByOthers();
    expect(due(given, registration)).toEqual({ owner: 'caseworker', dueOn: '2027-09-02', statutory: false });
    expect(given.stateOf(registration, '2027-12-01')).toBe('open');
    const note = (language: 'nl' | 'en') =>
      pathwayView(given.file, given.now, callerOf('caseworker'), language).tasks.find(({ id }) => id === registration)?.note;
    expect([note('en'), note('nl')]).toEqual(['Consent is missing for: registration.', 'Toestemming ontbreekt voor: registratie.']);
  });

  it('is mailed once, as planned, however long it waits', () => {
    expect(metByOthers().until('2028-01-10').mailsAbout(registration)).toEqual(['2027-09-01T09:00 caseworker-1 planned']);
  });

  it('can be waived by the caseworker, and not be completed', () => {
    expect(metByOthers().refusal('caseworker', '2027-09-02', 'taskCompleted', { task: registration })).toEqual({
      code: 'fact-not-possible',
      missing: ['consentGiven'],
    });
    expect(metByOthers().refusal('caseworker', '2027-09-02', 'taskWaived', { task: registration, reason: 'noConsent' })).toBeNull();
  });

  it('does not stand in the way of closing the case', () => {
    const given = saidNo();
    expect(given.refusal('supervisor', '2027-09-03', 'closed', { result: 'assisted' })).toBeNull();
  });

  it('is owed and new from the consent on: due the next day, reminded of, and of the supervisor to waive', () => {
    const given = says(metByOthers(), '2027-09-10T12:00', 'consentGiven', 'registration');
    expect(due(given, registration)).toEqual({ owner: 'caseworker', dueOn: '2027-09-11', statutory: true });
    expect(given.refusal('caseworker', '2027-09-10T13:00', 'taskWaived', { task: registration, reason: 'noConsent' })?.code).toBe(
      'role-not-allowed',
    );
    expect(given.refusal('supervisor', '2027-09-10T13:00', 'closed', { result: 'assisted' })?.missing).toEqual([registration]);
    expect(given.until('2027-09-12T12:00').mailsAbout(registration, 'caseworker-1').slice(1)).toEqual([
      '2027-09-11T09:00 caseworker-1 due',
      '2027-09-12T09:00 caseworker-1 overdue',
    ]);
    expect(given.refusal('caseworker', '2027-09-13', 'taskCompleted', { task: registration })).toBeNull();
  });

  it('is planned by the consent if it was waived, and is not a second time while it is open', () => {
    const given = metByOthers().told('caseworker', '2027-09-02', 'taskWaived', { task: registration, reason: 'noConsent' });
    says(given, '2027-09-10', 'consentGiven', 'registration');
    expect(due(given, 'comensha-registration-2')).toEqual({ owner: 'caseworker', dueOn: '2027-09-11', statutory: true });
    says(given, '2027-09-10T12:00', 'consentGiven', 'registration');
    expect(given.taskIds()).not.toContain('comensha-registration-3');
  });

  it('waits again when the consent is withdrawn, and is new when it is given again', () => {
    const given = says(metByOthers(), '2027-09-10T08:00', 'consentGiven', 'registration');
    says(given, '2027-09-10T12:00', 'consentWithdrawn', 'registration').until('2027-10-10');
    expect(given.task(registration)).toMatchObject({ statutory: false, waits: true, end: null });
    expect(given.stateOf(registration)).toBe('open');
    expect(given.mailsAbout(registration).filter((mail) => mail > '2027-09-10T12:00')).toEqual([]);
    says(given, '2027-10-12', 'consentGiven', 'registration');
    expect(due(given, registration)).toEqual({ owner: 'caseworker', dueOn: '2027-10-13', statutory: true });
  });

  it('is owed again if the person consents again after a withdrawal that recalled it', () => {
    const given = says(metByOthers(), '2027-09-10', 'consentGiven', 'registration').completed('2027-09-11', registration);
    says(given, '2027-09-12', 'consentWithdrawn', 'registration');
    expect(given.situation.registered).toBe(false);
    says(given, '2027-09-20', 'consentGiven', 'registration');
    expect(due(given, 'comensha-registration-2')).toEqual({ owner: 'caseworker', dueOn: '2027-09-21', statutory: true });
  });

  it('that was waived while it waited is owed as any other if it is reopened after the case is open', () => {
    const given = opened(metByOthers().told('caseworker', '2027-09-02T08:00', 'taskWaived', { task: registration, reason: 'noConsent' }));
    given.told('supervisor', '2027-09-10', 'taskReopened', { task: registration });
    expect(due(given, registration)).toEqual({ owner: 'police', dueOn: '2027-09-11', statutory: true });
    expect(given.refusal('police', '2027-09-10T12:00', 'taskCompleted', { task: registration })).toBeNull();
  });

  it('does not wait for the consent in a case that the police brought in', () => {
    const given = aCase();
    expect(due(given, registration)).toEqual({ owner: 'police', dueOn: '2027-09-02', statutory: true });
    expect(given.stateOf(registration, '2027-09-03')).toBe('overdue');
    expect(given.refusal('police', '2027-09-02', 'taskCompleted', { task: registration })).toBeNull();
  });
});

describe('a hidden case that opens (3a, 5)', () => {
  it('brings the police officer of the office in, with the registration, the interview and the offer as new', () => {
    const given = opened(metByOthers(), '2027-09-06T11:00');
    expect(given.situation.team.police).toEqual({ staffId: 'police-1', since: '2027-09-06T09:00:00Z' });
    expect(due(given, 'comensha-registration')).toEqual({ owner: 'police', dueOn: '2027-09-07', statutory: true });
    expect(due(given, 'informative-interview')).toEqual({ owner: 'police', dueOn: '2027-09-08', statutory: false });
    expect(due(given, 'offer-reflection-period')).toEqual({ owner: 'police', dueOn: '2027-09-07', statutory: true });
    given.until('2027-09-08T12:00');
    expect(given.mails.filter(({ to }) => to === 'police-1').map(({ at }) => at)).toEqual([
      '2027-09-06T11:00',
      '2027-09-07T09:00',
      '2027-09-07T11:00',
      '2027-09-08T09:00',
    ]);
    expect(given.mailsAbout('comensha-registration', 'police-1')).toEqual([
      '2027-09-07T09:00 police-1 due',
      '2027-09-08T09:00 police-1 overdue',
    ]);
  });

  it('leaves other tasks that were planned meanwhile with the caseworker', () => {
    const given = opened(metByOthers().told('caseworker', '2027-09-02T08:00', 'contactMissed', {}));
    expect(given.task('establish-contact').owner).toBe('caseworker');
  });

  it('takes over a registration that the consent had made owed', () => {
    const given = opened(says(metByOthers(), '2027-09-02', 'consentGiven', 'registration'), '2027-09-06');
    expect(due(given, 'comensha-registration')).toEqual({ owner: 'police', dueOn: '2027-09-07', statutory: true });
  });

  it('plans the registration if the person is not registered, or not any more, and not if they are', () => {
    const waived = metByOthers().told('caseworker', '2027-09-02T08:00', 'taskWaived', {
      task: 'comensha-registration',
      reason: 'noConsent',
    });
    expect(due(opened(waived), 'comensha-registration-2')).toEqual({ owner: 'police', dueOn: '2027-09-03', statutory: true });
    const registered = () =>
      says(metByOthers(), '2027-09-02T08:00', 'consentGiven', 'registration').completed('2027-09-02T09:00', 'comensha-registration');
    expect(opened(registered()).taskIds()).not.toContain('comensha-registration-2');
    const recalled = says(registered(), '2027-09-02T10:00', 'consentWithdrawn', 'registration');
    expect(due(opened(recalled), 'comensha-registration-2')).toEqual({ owner: 'police', dueOn: '2027-09-03', statutory: true });
  });

  it('by the departure of a minor plans no interview and no offer', () => {
    const given = metByOthers({ person: minor }).told('caseworker', '2027-09-02', 'departedUnknown', {});
    expect(given.taskIds()).not.toContain('informative-interview');
    expect(given.taskIds()).not.toContain('offer-reflection-period');
    expect(due(given, 'comensha-registration')).toEqual({ owner: 'police', dueOn: '2027-09-03', statutory: true });
    expect(given.openTasks()).toContain('missing-minor-alarm');
  });

  it('leads from assistance back to intake: a first no does not cost the person the period', () => {
    const given = opened(saidNo(), '2027-10-04T11:00');
    expect(given.situation).toMatchObject({ stage: 'intake', because: { fact: 'consentGiven' } });
    expect(due(given, 'offer-reflection-period')).toEqual({ owner: 'police', dueOn: '2027-10-05', statutory: true });
    expect(due(given, 'informative-interview')).toEqual({ owner: 'police', dueOn: '2027-10-06', statutory: false });
    expect(given.taskIds().filter((id) => id.startsWith('ask-police-contact'))).toEqual(['ask-police-contact']);
    expect(given.startedReflection('2027-10-05').situation).toMatchObject({ stage: 'reflection', period: { endsOn: '2028-01-05' } });
  });

  it.each<[string, () => CaseOnTheClock]>([
    ['the person had the period', () => metByOthers().told('ind', '2027-09-02', 'reflectionStarted', {}).took('2027-12-10', 'assistance')],
    [
      'somebody decided that they are not eligible',
      () => metByOthers().told('ind', '2027-09-02', 'eligibilityDecided', { eligible: false, ground: 'noLawfulResidence' }),
    ],
    ['they are a citizen of the Union', () => saidNo({ person: { residence: 'euCitizen' } })],
    ['they are a Dutch national', () => saidNo({ person: { residence: 'dutch' } })],
  ])('stays in assistance if %s', (_, given) => {
    const open = given();
    expect(open.situation.stage).toBe('assistance');
    expect(opened(open, '2027-12-20').situation).toMatchObject({ stage: 'assistance', hidden: false });
    expect(open.openTasks()).toContain('informative-interview');
    expect(open.openTasks()).not.toContain('offer-reflection-period');
  });

  it('stays in another stage than assistance', () => {
    const given = saidNo().told('ind', '2027-09-10', 'otherApplicationFiled', {});
    expect(opened(given, '2027-09-20').situation).toMatchObject({ stage: 'otherProcedure', hidden: false });
  });
});

describe('a hidden case that opened while it was in a wrong office', () => {
  const openedElsewhere = () => {
    const given = metByOthers().told('supervisor', '2027-09-02T08:00', 'intakeCorrected', { reason: 'mistake', office: 'rotterdam' });
    const elsewhere = { id: 'caseworker-rotterdam-1', roles: ['caseworker'], office: 'rotterdam' } as const;
    return given.told(elsewhere, '2027-09-02T11:00', 'consentGiven', { purpose: 'policeContact' });
  };
  const backHome = () => {
    const given = openedElsewhere();
    const supervisor = { id: 'supervisor-rotterdam-1', roles: ['supervisor'], office: 'rotterdam' } as const;
    return given.corrects(supervisor, '2027-09-03', 'fact-1');
  };

  it('has the officer of that office while it is there', () => {
    expect(openedElsewhere().situation).toMatchObject({
      office: 'rotterdam',
      hidden: false,
      team: { police: { staffId: 'police-rotterdam-1' } },
    });
  });

  it('has no officer of the wrong office once that is put right, and a supervisor may name one of its own', () => {
    const given = backHome();
    expect(given.situation).toMatchObject({ office: 'amsterdam', hidden: false, team: { caseworker: { staffId: 'caseworker-1' } } });
    expect(given.situation.team.police).toBeUndefined();
    given.told('supervisor', '2027-09-03T12:00', 'teamChanged', { role: 'police', staffId: 'police-1' });
    expect(given.situation.team.police?.staffId).toBe('police-1');
  });
});
