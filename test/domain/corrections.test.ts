import type { FactType, RightFact } from '../../src/domain/facts/catalogue';
import type { Situation, Stage } from '../../src/domain/state/situation';
import { findEffectiveFact } from '../../src/domain/state/questions';
import { aCase, type CaseOnTheClock, type Teller } from '../support/aCase';

/** The indication is of 20 August 2027, the intake of 1 September. The start of the period is fact-1, so the first wrong fact is fact-2. */
const inReflection = () => aCase({ observedOn: '2027-08-20' }).startedReflection('2027-09-01T11:00');
const statement = () => inReflection().told('police', '2027-09-03', 'victimStatementIssued', {});
const applicant = () => inReflection().cooperated('2027-09-05');
const later = '2027-09-20';

describe('a correction of a fact', () => {
  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock, Stage]>([
    ['the cooperation', (given) => given.cooperated('2027-09-05'), 'permitApplication'],
    ['the no', (given) => given.declined('2027-09-05'), 'decision'],
    ['the departure', (given) => given.told('police', '2027-09-05', 'departedUnknown', {}), 'contactLost'],
    ['another application', (given) => given.told('ind', '2027-09-05', 'otherApplicationFiled', {}), 'otherProcedure'],
    ['the journey', (given) => given.told('caseworker', '2027-09-05', 'travelled', {}), 'aftercare'],
  ])('takes back %s: the case is as it would be without it', (_, fact, wrong) => {
    const given = fact(inReflection());
    expect(given.situation.stage).toBe(wrong);
    expect(whatIs(given.corrects('supervisor', later, 'fact-2').situation)).toEqual(whatIs(inReflection().at(later)));
  });

  it('keeps the wrong fact in the timeline, since facts are added and never edited', () => {
    expect(
      statement()
        .corrects('police', later, 'fact-2')
        .file.entries.map(({ id, type }) => `${id} ${type}`),
    ).toEqual(['fact-1 reflectionStarted', 'fact-2 victimStatementIssued', 'fact-3 corrected']);
  });

  it('replaces the wrong fact, with the id of the fact, its teller and its date', () => {
    const given = statement().corrects('kmar', later, 'fact-2', { type: 'threatStatementIssued' });
    expect(effectiveFact(given, 'fact-2')).toMatchObject({ type: 'threatStatementIssued', on: '2027-09-03', by: { id: 'police-1' } });
    expect(given.situation.lastRecordedOn).toHaveProperty('threatStatementIssued', '2027-09-03');
    expect(given.situation.lastRecordedOn).not.toHaveProperty('victimStatementIssued');
  });

  it('gives it another date if the correction has one', () => {
    const given = statement().corrects('police', later, 'fact-2', { type: 'victimStatementIssued', on: '2027-08-25' });
    expect(effectiveFact(given, 'fact-2')?.on).toBe('2027-08-25');
  });

  it('of a corrected fact keeps the date in effect, unless it has another', () => {
    const given = () => statement().corrects('police', later, 'fact-2', { type: 'victimStatementIssued', on: '2027-08-25' });
    expect(effectiveFact(given().corrects('police', '2027-09-21', 'fact-2', { type: 'interviewHeld' }), 'fact-2')?.on).toBe('2027-08-25');
    expect(
      effectiveFact(given().corrects('police', '2027-09-21', 'fact-2', { type: 'interviewHeld', on: '2027-08-26' }), 'fact-2')?.on,
    ).toBe('2027-08-26');
  });

  it('of the first day of the period moves its end and all dates that depend on it', () => {
    const given = inReflection().corrects('supervisor', later, 'fact-1', { type: 'reflectionStarted', on: '2027-08-31' });
    expect(given.situation.period).toMatchObject({ startedOn: '2027-08-31', endsOn: '2027-11-30', end: null });
    expect(given.situation.deadlines.map(({ id, date }) => `${id} ${date}`)).toEqual(['reflection-period 2027-11-30']);
    expect(given.task('rvb-application').dueOn).toBe('2027-09-14');
    expect(given.stageAt('2027-11-30T23:59')).toBe('reflection');
    expect(given.stageAt('2027-12-01T00:00')).toBe('decision');
  });

  it('may show that the period was already over: it expired by silence, and people decide', () => {
    const given = aCase({ observedOn: '2027-05-01' })
      .startedReflection('2027-09-01T11:00')
      .corrects('supervisor', later, 'fact-1', { type: 'reflectionStarted', on: '2027-05-31' });
    expect(given.situation).toMatchObject({ stage: 'decision', period: { endsOn: '2027-08-31', end: 'expired' } });
    expect(given.openTasks()).toEqual(expect.arrayContaining(['decide-route', 'tell-dtv']));
  });

  it('of the day of an answer decides whether the period ended by that answer', () => {
    const given = inReflection().cooperated('2027-12-05', '2027-11-30');
    expect(given.situation.period).toMatchObject({ end: 'cooperated', endedOn: '2027-11-30' });
    given.corrects('supervisor', '2027-12-06', 'fact-2', { type: 'cooperated', form: 'reportSigned', on: '2027-12-03' });
    expect(given.situation).toMatchObject({ stage: 'permitApplication', period: { end: 'expired', endedOn: '2027-12-01' } });
  });

  it('gives the same case as the right fact recorded at once', () => {
    const corrected = applicant().corrects('supervisor', later, 'fact-2', { type: 'cooperated', form: 'witness', on: '2027-09-04' });
    const toldRight = inReflection().told('police', '2027-09-05', 'cooperated', { form: 'witness', on: '2027-09-04' });
    expect(whatIs(corrected.situation)).toEqual(whatIs(toldRight.at(later)));
  });

  it('may itself be corrected, and then the first fact is in effect again', () => {
    const given = applicant().corrects('supervisor', later, 'fact-2').corrects('supervisor', '2027-09-21', 'fact-3');
    expect(whatIs(given.situation)).toEqual(whatIs(applicant().at('2027-09-21')));
  });

  it('may be recorded in a closed case, also about its closing', () => {
    const given = closed(aCase().told('police', '2027-09-02', 'interviewHeld', {}));
    given.corrects('police', later, 'fact-1').corrects('supervisor', later, given.file.entries.at(-2)?.id ?? '');
    expect(given.situation).toMatchObject({ stage: 'intake', result: null });
    expect(given.situation.lastRecordedOn).not.toHaveProperty('interviewHeld');
  });
});

describe('the authority to correct', () => {
  it.each<[FactType, Teller, readonly Teller[], readonly Teller[], (given: CaseOnTheClock) => CaseOnTheClock]>([
    [
      'victimStatementIssued',
      'police',
      ['police', 'kmar'],
      ['caseworker', 'lawyer', 'prosecution'],
      (given) => given.told('police', '2027-09-03', 'victimStatementIssued', {}),
    ],
    [
      'legalAdviceTaken',
      'lawyer',
      ['lawyer', 'caseworker', 'careCoordinator', 'returnCounsellor'],
      ['police', 'ind'],
      (given) => given.told('lawyer', '2027-09-03', 'legalAdviceTaken', {}),
    ],
    ['returnPermitted', 'ind', ['ind'], ['police', 'caseworker'], (given) => given.told('ind', '2027-09-03', 'returnPermitted', {})],
    [
      'removalSuspended',
      'dtv',
      ['dtv'],
      ['iom', 'ind'],
      (given) =>
        given
          .told('caseworker', '2027-09-03', 'returnRequested', {})
          .told('caseworker', '2027-09-03', 'consentGiven', { purpose: 'returnDataExchange' })
          .told('dtv', '2027-09-03', 'removalSuspended', {}),
    ],
    [
      'taskCompleted',
      'police',
      ['police', 'caseworker', 'supervisor'],
      ['careCoordinator', 'lawyer'],
      (given) => given.told('police', '2027-09-03', 'taskCompleted', { task: 'rvb-form' }),
    ],
  ])('%s belongs to the parties that may record it', (_, __, may, mayNot, fact) => {
    const refusal = (by: Teller) => {
      const given = fact(inReflection());
      const replaces = given.file.entries.at(-1)?.id ?? '';
      return given.refusal(by, later, 'corrected', { replaces, reason: 'mistake' })?.code ?? null;
    };
    expect(may.map(refusal)).toEqual(may.map(() => null));
    expect(mayNot.map(refusal)).toEqual(mayNot.map(() => 'role-not-allowed'));
  });

  it('a fact that changed the stage belongs to a supervisor only', () => {
    const given = applicant();
    const may = (['supervisor', 'police', 'prosecution', 'caseworker', 'ind'] as const).filter(
      (by) => given.refusal(by, later, 'corrected', { replaces: 'fact-2', reason: 'mistake' }) === null,
    );
    expect(may).toEqual(['supervisor']);
  });

  it('the same fact without a change of stage belongs to the parties that may record it', () => {
    const given = applicant().cooperated('2027-09-06');
    expect(given.refusal('police', later, 'corrected', { replaces: 'fact-3', reason: 'mistake' })).toBeNull();
  });

  it('does not require the authority to record the replacement', () => {
    const given = statement();
    expect(given.refusal('police', later, 'returnPermitted', {})?.code).toBe('role-not-allowed');
    given.corrects('police', later, 'fact-2', { type: 'returnPermitted' });
    expect(given.situation.lastRecordedOn).toHaveProperty('returnPermitted');
  });

  it.each<[string, RightFact]>([
    ['the decision of a route', { type: 'routeDecided', route: 'return', grounds: ['other'] }],
    ['a refusal of IND', { type: 'permitRefused' }],
    ['the end of the case', { type: 'closed', result: 'died' }],
  ])('requires the authority to tell the replacement if that can change the stage: %s', (_, right) => {
    expect(statement().refusal('police', later, 'corrected', { replaces: 'fact-2', with: right, reason: 'mistake' })?.code).toBe(
      'role-not-allowed',
    );
  });

  it('allows tellers to replace their own fact by one that changes the stage, if they may record it', () => {
    const given = statement().corrects('police', later, 'fact-2', { type: 'cooperated', form: 'reportSigned' });
    expect(given.situation.stage).toBe('permitApplication');
  });

  describe('a correction of a correction', () => {
    const small = () => applicant().told('caseworker', '2027-09-18', 'legalAdviceTaken', {}).corrects('caseworker', '2027-09-19', 'fact-3');
    const of = (replaces: string): RightFact => ({ type: 'corrected', replaces, reason: 'mistake' });
    const refused = (by: Teller, right: RightFact) =>
      small().refusal(by, later, 'corrected', { replaces: 'fact-4', with: right, reason: 'mistake' })?.code;

    it('requires the authority for the fact that the first one is about', () => {
      expect(refused('caseworker', of('fact-2'))).toBe('role-not-allowed');
      expect(refused('supervisor', of('fact-2'))).toBeUndefined();
      expect(refused('caseworker', of('fact-3'))).toBeUndefined();
      const closing = { ...of('fact-3'), with: { type: 'closed', result: 'died' } } as RightFact;
      expect(refused('caseworker', closing)).toBe('role-not-allowed');
    });

    it('is not possible for a missing fact, or for itself', () => {
      expect(['fact-99', 'fact-4'].map((id) => refused('caseworker', of(id)))).toEqual(['fact-not-possible', 'fact-not-possible']);
      const deeper = { ...of('fact-3'), with: of('fact-2') } as RightFact;
      expect(refused('supervisor', deeper)).toBe('fact-not-possible');
    });
  });

  it.each<[string, () => CaseOnTheClock, readonly Teller[]]>([
    ['of a fact that is not in effect any more', () => statement().corrects('police', later, 'fact-2'), ['police', 'kmar']],
    [
      'of a fact that was replaced',
      () => statement().corrects('police', later, 'fact-2', { type: 'legalAdviceTaken' }),
      ['police', 'kmar'],
    ],
    ['of a fact that moved the stage', () => applicant().corrects('supervisor', later, 'fact-2'), ['supervisor']],
    [
      'of a fact that moved it, and moves it still',
      () => applicant().corrects('supervisor', later, 'fact-2', { type: 'cooperated', form: 'witness' }),
      ['supervisor'],
    ],
  ])('a correction %s belongs to the parties that could correct the fact', (_, given, may) => {
    const everybody = ['police', 'kmar', 'supervisor', 'caseworker', 'lawyer', 'ind', 'prosecution', 'iom'] as const;
    expect(
      everybody.filter((by) => given().refusal(by, '2027-09-21', 'corrected', { replaces: 'fact-3', reason: 'mistake' }) === null),
    ).toEqual(may);
  });
});

describe('a correction is refused', () => {
  it('if its fact does not exist, or was already taken back', () => {
    const given = statement();
    expect(given.refusal('police', later, 'corrected', { replaces: 'fact-9', reason: 'mistake' })?.code).toBe('fact-not-possible');
    given.corrects('police', later, 'fact-2');
    expect(given.refusal('police', '2027-09-21', 'corrected', { replaces: 'fact-2', reason: 'mistake' })?.code).toBe('fact-not-possible');
  });

  it.each<[string, RightFact]>([
    ['date-before-start', { type: 'victimStatementIssued', on: '2027-08-19' }],
    ['date-in-future', { type: 'victimStatementIssued', on: '2027-09-21' }],
    ['no-second-period', { type: 'reflectionStarted' }],
    ['unknown-task', { type: 'taskCompleted', task: 'no-such-task' }],
    ['fact-not-possible', { type: 'followUpHeld' }],
  ])('with %s if the replacement is itself impossible', (code, right) => {
    expect(statement().refusal('police', later, 'corrected', { replaces: 'fact-2', with: right, reason: 'mistake' })?.code).toBe(code);
  });

  it('if the replacement lacks a condition, which the refusal names', () => {
    const given = inReflection().took('2027-09-06', 'return').told('caseworker', '2027-09-07', 'legalAdviceTaken', {});
    const right = { type: 'residenceDocumentHandedIn' } as const;
    expect(given.refusal('caseworker', later, 'corrected', { replaces: 'fact-4', with: right, reason: 'mistake' })).toEqual({
      code: 'fact-not-possible',
      missing: ['departureDeclared'],
    });
  });

  it('if it makes a later fact impossible, and the refusal names the first one', () => {
    const given = inReflection().declined('2027-09-05').took('2027-09-06', 'return').told('caseworker', '2027-09-07', 'returnStopped', {
      reason: 'other',
    });
    const refusal = (replaces: string) => given.refusal('supervisor', later, 'corrected', { replaces, reason: 'mistake' });
    // Without the period there is nothing to decline. Without the proposal there is nothing to decide, and without the decision nothing to
    // stop.
    expect(refusal('fact-1')).toEqual({ code: 'later-fact-depends', missing: ['fact-2'] });
    expect(given.refusal('caseworker', later, 'corrected', { replaces: 'fact-3', reason: 'mistake' })).toEqual({
      code: 'later-fact-depends',
      missing: ['fact-4'],
    });
    expect(refusal('fact-4')).toEqual({ code: 'later-fact-depends', missing: ['fact-5'] });
    expect(refusal('fact-5')).toBeNull();
  });

  it('but not if that later fact was taken back first', () => {
    const given = inReflection().declined('2027-09-05').cooperated('2027-09-06').granted('2027-09-07', '2028-09-06');
    expect(given.refusal('supervisor', later, 'corrected', { replaces: 'fact-3', reason: 'mistake' })?.missing).toEqual(['fact-4']);
    given.corrects('supervisor', later, 'fact-4').corrects('supervisor', later, 'fact-3');
    expect(given.situation).toMatchObject({ stage: 'decision', permit: null, application: null });
  });

  it('but not because of an earlier correction whose date is after the instant of the wrong fact', () => {
    const given = aCase().told('police', '2027-09-01T10:00', 'interviewHeld', {}).startedReflection('2027-09-01T11:00');
    given.corrects('supervisor', later, 'fact-2', { type: 'reflectionStarted', on: '2027-09-05' });
    expect(given.refusal('police', later, 'corrected', { replaces: 'fact-1', reason: 'mistake' })).toBeNull();
  });
});

describe('a partner and a correction', () => {
  const asks = () => inReflection().told('caseworker', '2027-09-03', 'returnRequested', {});
  const consents = (given: CaseOnTheClock, when = '2027-09-04') =>
    given.told('caseworker', when, 'consentGiven', { purpose: 'returnDataExchange' });
  const noticesOf = (given: CaseOnTheClock) =>
    given.until('2027-10-20').notices.map(({ at, partner, notice }) => `${at} ${partner} ${notice}`);
  const minor = { ageGroup: 'minor', unaccompanied: true } as const;

  it.each<[string, CaseOnTheClock, string, readonly string[]]>([
    ['m55-cooperation', applicant(), 'fact-2', ['ind']],
    ['departed', inReflection().told('police', '2027-09-05', 'departedUnknown', {}), 'fact-2', ['ind']],
    [
      'departed, of an unaccompanied minor,',
      aCase({ person: minor }).startedReflection('2027-09-01T11:00').told('police', '2027-09-05', 'departedUnknown', {}),
      'fact-2',
      ['ind', 'nidos'],
    ],
    ['return-referral', consents(asks()), 'fact-3', ['iom']],
  ])('that got %s because of a wrong fact gets the correction', (_, given, wrong, partners) => {
    const by = findEffectiveFact(given.situation, wrong)?.changedStage === true ? 'supervisor' : 'caseworker';
    expect(noticesOf(given.corrects(by, later, wrong)).slice(-partners.length)).toEqual(
      partners.map((partner) => `2027-09-20T10:00 ${partner} correction`),
    );
  });

  it('gets the correction even if the replacement causes the same notice, which is not sent again', () => {
    const given = applicant().corrects('supervisor', later, 'fact-2', { type: 'cooperated', form: 'witness' });
    expect(noticesOf(given)).toEqual(['2027-09-05T10:00 ind m55-cooperation', '2027-09-20T10:00 ind correction']);
  });

  it('gets no notice if the wrong fact caused none', () => {
    expect(noticesOf(statement().corrects('police', later, 'fact-2'))).toEqual([]);
  });

  it('gets neither correction nor notice if another fact would have caused the same notice', () => {
    const given = consents(consents(asks()), '2027-09-10').corrects('caseworker', later, 'fact-3');
    expect(noticesOf(given)).toEqual(['2027-09-04T10:00 iom return-referral']);
    expect(noticesOf(given.corrects('caseworker', '2027-10-21', 'fact-4')).at(-1)).toBe('2027-09-04T10:00 iom return-referral');
    expect(given.until('2027-10-22').notices.at(-1)).toEqual({ at: '2027-10-21T10:00', partner: 'iom', notice: 'correction' });
  });

  it('gets at once the notice that it should have had before', () => {
    const given = asks().told('caseworker', '2027-09-04', 'consentGiven', { purpose: 'medical' });
    given.corrects('caseworker', later, 'fact-3', { type: 'consentGiven', purpose: 'returnDataExchange' });
    expect(noticesOf(given)).toEqual(['2027-09-20T10:00 iom return-referral']);
  });

  it('that gets a late notice has the reminders about its answer counted from that day', () => {
    const given = asks().told('caseworker', '2027-09-04', 'consentGiven', { purpose: 'medical' });
    given.corrects('caseworker', later, 'fact-3', { type: 'consentGiven', purpose: 'returnDataExchange' }).until('2027-10-06');
    expect(given.mailsAbout('return-referral')).toEqual(['2027-09-27T09:00 caseworker-1 overdue', '2027-10-04T09:00 caseworker-1 overdue']);
  });

  it('gets the correction of a correction', () => {
    const given = applicant().corrects('supervisor', later, 'fact-2').corrects('supervisor', '2027-09-21', 'fact-3');
    expect(noticesOf(given)).toEqual([
      '2027-09-05T10:00 ind m55-cooperation',
      '2027-09-20T10:00 ind correction',
      '2027-09-21T10:00 ind correction',
    ]);
  });
});

/** The situation of a case without the instants of recording and without its mail. */
function whatIs({ stage, since, because, period, cooperation, application, permit, tasks, deadlines }: Situation) {
  return {
    ...{ stage, since, because, period, cooperation, application, permit },
    tasks: tasks.map(({ id, dueOn, end }) => ({ id, dueOn, end })),
    deadlines: deadlines.map(({ id, date, end }) => ({ id, date, end })),
  };
}

function effectiveFact(given: CaseOnTheClock, id: string) {
  return findEffectiveFact(given.situation, id)?.fact;
}

function closed(given: CaseOnTheClock): CaseOnTheClock {
  return given.didEverything('2027-09-03').told('supervisor', '2027-09-04', 'closed', { result: 'assisted' });
}

/** The fact that completed a task. */
