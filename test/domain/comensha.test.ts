import { aCase, type CaseOnTheClock, type Opening } from '../support/aCase';

/* CoMensha is notified of a person whom it knows, and partners of the end of a return (docs/policy.md, section 5, fine print 25, fine print 45). */

const registers = (given: CaseOnTheClock, when = '2027-09-02T12:00') =>
  given.told(given.situation.hidden ? 'caseworker' : 'police', when, 'taskCompleted', { task: 'comensha-registration' });
const inReflection = () => aCase().startedReflection('2027-09-01T11:00');
const registered = () => registers(inReflection());
const hidden = (opening: Opening = {}) => aCase({ metBy: 'shelter', ...opening });
const says = (given: CaseOnTheClock, when: string, type: 'consentGiven' | 'consentWithdrawn', purpose: string) =>
  given.told('caseworker', when, type, { purpose });
const hiddenAndRegistered = () => registers(says(hidden(), '2027-09-01T12:00', 'consentGiven', 'registration'));
const noticesOf = (given: CaseOnTheClock, to: string, until = '2027-12-20') =>
  given
    .until(until)
    .notices.filter(({ partner }) => partner === to)
    .map(({ at, notice }) => `${at} ${notice}`);
/** Ready to leave on 20 September and registered that day. */
const readyToLeave = () => registers(aCase().readyToLeave('2027-09-20'), '2027-09-20T11:00');

describe('CoMensha is notified', () => {
  it('of nothing before the registration is done', () => {
    expect(noticesOf(inReflection().cooperated('2027-09-05'), 'comensha')).toEqual([]);
  });

  it('that the person was found, once the registration is done', () => {
    expect(noticesOf(registers(aCase()), 'comensha')).toEqual(['2027-09-02T12:00 found']);
  });

  it('of nothing if the registration is waived', () => {
    const given = aCase().told('supervisor', '2027-09-02', 'taskWaived', { task: 'comensha-registration', reason: 'doneElsewhere' });
    expect(noticesOf(given.startedReflection('2027-09-03'), 'comensha')).toEqual([]);
  });

  it('of the period, the cooperation and each declared departure that follow, at once', () => {
    const given = registers(aCase()).startedReflection('2027-09-03').cooperated('2027-09-06T22:15').took('2027-09-10', 'return');
    given.told('police', '2027-09-12', 'cooperationEnded', {});
    expect(noticesOf(given.opensGates('2027-09-13').declared('2027-09-14'), 'comensha')).toEqual([
      '2027-09-02T12:00 found',
      '2027-09-03T10:00 reflection',
      '2027-09-06T22:15 cooperation',
      '2027-09-14T10:00 departing',
    ]);
  });

  it('with the registration of what was told before it', () => {
    expect(noticesOf(registers(inReflection().cooperated('2027-09-05'), '2027-09-08'), 'comensha')).toEqual([
      '2027-09-08T10:00 found',
      '2027-09-08T10:00 reflection',
      '2027-09-08T10:00 cooperation',
    ]);
    const declared = aCase().readyToLeave('2027-09-20').declared('2027-09-20T12:00');
    expect(noticesOf(registers(declared, '2027-09-21'), 'comensha')).toEqual([
      '2027-09-21T10:00 found',
      '2027-09-21T10:00 reflection',
      '2027-09-21T10:00 departing',
    ]);
  });

  it('of cooperation once, in whatever form, also if the person first awaits the decision on asylum or is a citizen of the Union', () => {
    const twice = registered().told('police', '2027-09-06', 'cooperated', { form: 'witness' }).cooperated('2027-09-07');
    expect(noticesOf(twice, 'comensha').slice(2)).toEqual(['2027-09-06T10:00 cooperation']);
    const awaiting = registers(aCase({ person: { residence: 'asylumSeeker' } })).told('police', '2027-09-06', 'cooperated', {
      form: 'reportSigned',
      awaitsAsylumDecision: true,
    });
    expect(noticesOf(awaiting, 'comensha').slice(1)).toEqual(['2027-09-06T10:00 cooperation']);
    const ofTheUnion = registers(aCase({ person: { residence: 'euCitizen' } })).cooperated('2027-09-06');
    expect(noticesOf(ofTheUnion, 'comensha').slice(1)).toEqual(['2027-09-06T10:00 cooperation']);
  });

  it('once that the person was found, also if the registration is done again', () => {
    const given = registered().told('caseworker', '2027-09-03', 'taskReopened', { task: 'comensha-registration' });
    expect(noticesOf(registers(given, '2027-09-04'), 'comensha')).toEqual(['2027-09-02T12:00 found', '2027-09-02T12:00 reflection']);
  });

  it('of each declaration anew, and that the return is off only after a declaration', () => {
    const off = registers(aCase().readyToLeave('2027-09-20'), '2027-09-20T11:00').told('caseworker', '2027-09-21', 'returnStopped', {
      reason: 'ownWish',
    });
    expect(noticesOf(off, 'comensha')).not.toContain('2027-09-21T10:00 return-stopped');
    const twice = readyToLeave()
      .declared('2027-09-21')
      .told('iom', '2027-09-22', 'returnStopped', { reason: 'documents' })
      .took('2027-09-23', 'return')
      .told('caseworker', '2027-09-24', 'returnRequested', {})
      .declared('2027-09-25');
    expect(noticesOf(twice, 'comensha').slice(2)).toEqual([
      '2027-09-21T10:00 departing',
      '2027-09-22T10:00 return-stopped',
      '2027-09-25T10:00 departing',
    ]);
    const withoutDeclaration = readyToLeave()
      .declared('2027-09-21')
      .told('iom', '2027-09-22', 'returnStopped', { reason: 'documents' })
      .took('2027-09-23', 'return')
      .told('caseworker', '2027-09-24', 'returnStopped', { reason: 'ownWish' });
    expect(noticesOf(withoutDeclaration, 'comensha').slice(2)).toEqual(['2027-09-21T10:00 departing', '2027-09-22T10:00 return-stopped']);
  });

  it('not that the return is off if the person has travelled', () => {
    const given = readyToLeave()
      .declared('2027-09-21')
      .booked('2027-09-21T12:00', '2027-09-25')
      .told('caseworker', '2027-09-25', 'travelled', {});
    expect(noticesOf(given, 'comensha')).toEqual(['2027-09-20T11:00 found', '2027-09-20T11:00 reflection', '2027-09-21T10:00 departing']);
  });

  it('that what it heard was wrong, if a correction strikes it out', () => {
    const given = registered().cooperated('2027-09-05').corrects('supervisor', '2027-09-06', 'fact-3');
    expect(noticesOf(given, 'comensha').slice(2)).toEqual(['2027-09-05T10:00 cooperation', '2027-09-06T10:00 correction']);
    const unregistered = registered().corrects('police', '2027-09-06', 'fact-2');
    expect(noticesOf(unregistered, 'comensha').slice(2)).toEqual(['2027-09-06T10:00 correction']);
  });
});

describe('a registration that rests on the consent of the person', () => {
  it('is recalled by the withdrawal while the case is hidden, and then CoMensha hears nothing more', () => {
    const given = says(hiddenAndRegistered(), '2027-09-06', 'consentWithdrawn', 'registration');
    given.told('ind', '2027-09-07', 'reflectionStarted', {});
    expect(noticesOf(given, 'comensha')).toEqual(['2027-09-02T12:00 found', '2027-09-06T10:00 recall']);
  });

  it('is recalled once, and not at all if nobody was registered', () => {
    const twice = says(
      says(hiddenAndRegistered(), '2027-09-06', 'consentWithdrawn', 'registration'),
      '2027-09-07',
      'consentWithdrawn',
      'registration',
    );
    expect(noticesOf(twice, 'comensha')).toEqual(['2027-09-02T12:00 found', '2027-09-06T10:00 recall']);
    const before = says(says(hidden(), '2027-09-02', 'consentGiven', 'registration'), '2027-09-03', 'consentWithdrawn', 'registration');
    expect(noticesOf(before, 'comensha')).toEqual([]);
  });

  it('rests on it no more once the case is open', () => {
    const given = says(hiddenAndRegistered(), '2027-09-06', 'consentGiven', 'policeContact');
    says(given, '2027-09-07', 'consentWithdrawn', 'registration').startedReflection('2027-09-08');
    expect(noticesOf(given, 'comensha')).toEqual(['2027-09-02T12:00 found', '2027-09-08T10:00 reflection']);
  });

  it('is not recalled by a withdrawal of another consent, nor by one that is told late and was overtaken', () => {
    const given = hiddenAndRegistered();
    says(given, '2027-09-05', 'consentGiven', 'placement');
    says(given, '2027-09-06', 'consentWithdrawn', 'placement');
    says(given, '2027-09-07', 'consentGiven', 'registration');
    given.told('caseworker', '2027-09-08', 'consentWithdrawn', { purpose: 'registration', on: '2027-09-03' });
    expect(noticesOf(given, 'comensha')).toEqual(['2027-09-02T12:00 found']);
    expect(given.situation.registered).toBe(true);
  });

  it('holds back a return that is off from CoMensha after the recall', () => {
    const given = hiddenAndRegistered()
      .told('caseworker', '2027-09-03', 'taskWaived', { task: 'ask-police-contact', reason: 'noConsent' })
      .took('2027-09-03T12:00', 'return');
    given
      .told('caseworker', '2027-09-04', 'returnRequested', {})
      .told('caseworker', '2027-09-04', 'consentGiven', { purpose: 'returnDataExchange' })
      .told('ind', '2027-09-04', 'returnPermitted', {})
      .told('dtv', '2027-09-04', 'removalSuspended', {})
      .told('caseworker', '2027-09-04', 'legalAdviceTaken', {})
      .told('careCoordinator', '2027-09-04', 'riskAssessed', { outcome: 'acceptable' })
      .told('caseworker', '2027-09-04', 'criminalCaseArranged', { how: 'nonePending' })
      .told('caseworker', '2027-09-04', 'compensationArranged', { how: 'notWanted' })
      .told('caseworker', '2027-09-04', 'medicalFitnessConfirmed', {})
      .told('caseworker', '2027-09-04', 'travelDocumentReceived', {})
      .told('caseworker', '2027-09-04', 'receivingOrganisationConfirmed', {})
      .declared('2027-09-05');
    says(given, '2027-09-06', 'consentWithdrawn', 'registration').told('caseworker', '2027-09-07', 'returnStopped', { reason: 'ownWish' });
    expect(noticesOf(given, 'comensha')).toEqual(['2027-09-02T12:00 found', '2027-09-05T10:00 departing', '2027-09-06T10:00 recall']);
    expect(noticesOf(given, 'iom')).toContain('2027-09-07T10:00 return-stopped');
  });
});

describe('the end of a return', () => {
  const goingHome = () =>
    inReflection()
      .declined('2027-09-02')
      .took('2027-09-03', 'return')
      .told('caseworker', '2027-09-03T12:00', 'returnRequested', {})
      .told('caseworker', '2027-09-03T12:05', 'consentGiven', { purpose: 'returnDataExchange' });

  it('is for DT&V once it told a fact, also where IOM was not notified', () => {
    const given = inReflection()
      .declined('2027-09-02')
      .completed('2027-09-02T12:00', 'tell-dtv')
      .took('2027-09-03', 'return')
      .told('dtv', '2027-09-04', 'removalSuspended', {});
    given.told('caseworker', '2027-09-05', 'returnStopped', { reason: 'ownWish' });
    expect(noticesOf(given, 'dtv')).toEqual(['2027-09-05T10:00 return-stopped']);
    expect(noticesOf(given, 'iom')).toEqual([]);
    expect(noticesOf(goingHome().told('caseworker', '2027-09-05', 'returnStopped', { reason: 'ownWish' }), 'dtv')).toEqual([]);
  });

  it('is told when cooperation follows a referral outside safe return, and ends the wish', () => {
    const given = inReflection()
      .told('caseworker', '2027-09-03T12:00', 'returnRequested', {})
      .told('caseworker', '2027-09-03T12:05', 'consentGiven', { purpose: 'returnDataExchange' })
      .cooperated('2027-09-06');
    expect(noticesOf(given, 'iom')).toEqual(['2027-09-03T12:05 return-referral', '2027-09-06T10:00 return-stopped']);
    expect(given.situation.returnRequested).toBe(false);
    expect(given.mailsAbout('return-referral')).toEqual([]);
  });
});
