import { record, type CaseFile } from '../../src/domain/case/caseFile';
import { isFact } from '../../src/domain/facts/log';
import { allowedFacts } from '../../src/domain/case/decide';
import type { FactType } from '../../src/domain/facts/catalogue';
import type { Caller } from '../../src/domain/basics/roles';
import { Refusal } from '../../src/domain/basics/refusal';
import { aCase, callerOf, instantOfWhen, type CaseOnTheClock, type Teller } from '../support/aCase';

const inReflection = () => aCase().startedReflection('2027-09-01T11:00');
const elsewhere: Caller = { id: 'supervisor-rotterdam-1', roles: ['supervisor', 'police', 'caseworker'], office: 'rotterdam' };
const at = instantOfWhen('2027-09-03T12:00');

describe('a case with its callers', () => {
  it('does not exist for another office, whatever the fact and its faults', () => {
    const given = inReflection();
    expect(given.refusal(elsewhere, '2027-09-03', 'cooperated', { form: 'reportSigned' })?.code).toBe('not-found');
    expect(given.refusal(elsewhere, '2027-09-03', 'taskCompleted', { task: 'nonsense' })?.code).toBe('not-found');
    expect(given.refusal({ ...elsewhere, office: 'amsterdam' }, '2027-09-03', 'cooperated', { form: 'reportSigned' })).toBeNull();
  });

  it('is visible to the national roles', () => {
    expect(inReflection().refusal('prosecution', '2027-09-03', 'cooperated', { form: 'reportSigned' })).toBeNull();
    expect(inReflection().refusal('kmar', '2027-09-03', 'cooperated', { form: 'reportSigned' })).toBeNull();
  });

  it('checks first the authority of the teller, then the rules', () => {
    const given = inReflection().declined('2027-09-02');
    expect(given.refusal('lawyer', '2027-09-03', 'declined', { confirmed: true })?.code).toBe('role-not-allowed');
    expect(given.refusal('police', '2027-09-03', 'declined', { confirmed: true })?.code).toBe('fact-not-possible');
  });

  it('does not change by a refusal', () => {
    const { file } = inReflection();
    const before = JSON.stringify(file);
    expect(
      record(file, { fact: { type: 'declined', on: '2027-09-03', confirmed: true }, by: callerOf('lawyer'), receivedAt: at }),
    ).toBeInstanceOf(Refusal);
    expect(JSON.stringify(file)).toBe(before);
  });

  it('accepts facts of the military police as facts of the police', () => {
    const given = aCase().told('kmar', '2027-09-02', 'reflectionStarted', {}).told('kmar', '2027-09-03', 'departedUnknown', {});
    expect(given.situation.stage).toBe('contactLost');
  });

  it('accepts from a caller of several roles only the facts of the roles that reach it, and keeps these with the fact', () => {
    const given = aCase().told('supervisor', '2027-09-02', 'intakeCorrected', { reason: 'mistake', office: 'rotterdam' });
    const both: Caller = { id: 'both-1', roles: ['caseworker', 'kmar'], office: 'amsterdam', standsInFor: ['caseworker-1'] };
    expect(given.refusal(both, '2027-09-03', 'consentGiven', { purpose: 'placement' })?.code).toBe('role-not-allowed');
    given.told(both, '2027-09-03', 'interviewHeld', {});
    expect(given.file.entries.at(-1)).toMatchObject({ by: { id: 'both-1', roles: ['kmar'] } });
    expect(JSON.stringify(given.file.entries)).not.toContain('standsInFor');
  });

  it('accepts from a partner only the facts of that partner', () => {
    const given = inReflection()
      .told('caseworker', '2027-09-02', 'returnRequested', {})
      .told('caseworker', '2027-09-02', 'consentGiven', { purpose: 'returnDataExchange' })
      .told('caseworker', '2027-09-02', 'receivingOrganisationConfirmed', {})
      .took('2027-09-02', 'return');
    const may = (by: Teller, type: 'riskAssessed' | 'returnStopped' | 'travelled') => {
      const fields = { riskAssessed: { outcome: 'acceptable' }, returnStopped: { reason: 'other' }, travelled: {} } as const;
      return given.refusal(by, '2027-09-03', type, fields[type]) === null;
    };
    expect((['riskAssessed', 'returnStopped', 'travelled'] as const).filter((type) => may('iom', type))).toEqual([
      'riskAssessed',
      'returnStopped',
      'travelled',
    ]);
    expect((['riskAssessed', 'returnStopped', 'travelled'] as const).filter((type) => may('dtv', type))).toEqual(['returnStopped']);
    expect((['riskAssessed', 'returnStopped', 'travelled'] as const).filter((type) => may('receiving', type))).toEqual([]);
  });
});

describe('a request that is repeated', () => {
  const key = (hash: string, body: string) => ({ hash, body });
  const fact = { type: 'legalAdviceTaken', on: '2027-09-03' } as const;
  const tell = (file: CaseFile, by: Teller, of: { hash: string; body: string } | undefined) =>
    record(file, { fact, by: callerOf(by), receivedAt: at, key: of });

  it('under the same key is recorded once', () => {
    const once = tell(inReflection().file, 'lawyer', key('a', 'b')) as CaseFile;
    expect(tell(once, 'lawyer', key('a', 'b'))).toBe(once);
  });

  it('under the same key with another body is refused', () => {
    const once = tell(inReflection().file, 'lawyer', key('a', 'b')) as CaseFile;
    expect(tell(once, 'lawyer', key('a', 'c'))).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('is checked for its role before its key', () => {
    const once = tell(inReflection().file, 'lawyer', key('a', 'b')) as CaseFile;
    expect(tell(once, 'police', key('a', 'c'))).toMatchObject({ code: 'role-not-allowed' });
  });

  it('gets its earlier answer also if the fact would be refused now', () => {
    const declining = {
      fact: { type: 'declined', on: '2027-09-03', confirmed: true },
      by: callerOf('police'),
      receivedAt: at,
      key: key('a', 'b'),
    } as const;
    const once = record(inReflection().file, declining) as CaseFile;
    expect(record(once, { ...declining, receivedAt: instantOfWhen('2027-10-01') })).toBe(once);
    expect(record(once, { ...declining, key: key('other', 'b') })).toMatchObject({ code: 'fact-not-possible' });
  });

  it('gets its earlier answer also if the caller may no longer record the fact', () => {
    const arranged = {
      fact: { type: 'criminalCaseArranged', on: '2027-09-03', how: 'nonePending' },
      by: callerOf('caseworker'),
      receivedAt: at,
      key: key('a', 'b'),
    } as const;
    const once = record(inReflection().file, arranged) as CaseFile;
    const cooperating = {
      fact: { type: 'cooperated', on: '2027-09-03', form: 'reportSigned' },
      by: callerOf('police'),
      receivedAt: at,
    } as const;
    const later = record(once, cooperating) as CaseFile;
    expect(record(later, { ...arranged, key: key('other', 'b') })).toMatchObject({ code: 'role-not-allowed' });
    expect(record(later, arranged)).toBe(later);
  });

  it('under another key, or without one, is another fact', () => {
    const facts = (file: CaseFile) => file.entries.filter(isFact).length;
    const once = tell(inReflection().file, 'lawyer', key('a', 'b')) as CaseFile;
    expect(facts(tell(once, 'lawyer', key('z', 'b')) as CaseFile)).toBe(3);
    expect(facts(tell(tell(once, 'lawyer', undefined) as CaseFile, 'lawyer', undefined) as CaseFile)).toBe(4);
  });

  it('gives facts the names fact-1, fact-2 in the order in which they arrived', () => {
    const given = inReflection().declined('2027-09-05').signalled('2027-09-06', 'nonsense').cooperated('2027-09-07');
    expect(given.file.entries.filter(isFact).map(({ id }) => id)).toEqual(['fact-1', 'fact-2', 'fact-3']);
  });
});

describe('the list of allowed facts', () => {
  const may = (given: CaseOnTheClock, by: Teller) => allowedFacts(given.situation, callerOf(by), given.file.start.edition);
  const has = (given: CaseOnTheClock, by: Teller, type: FactType) => may(given, by).includes(type);

  it('in reflection contains, for the police, the facts that the policy gives them', () => {
    expect(may(inReflection(), 'police')).toEqual([
      'interviewHeld',
      'eligibilityDecided',
      'ageAssessed',
      'taskCompleted',
      'cooperated',
      'declined',
      'victimStatementIssued',
      'threatStatementIssued',
      'returnDecisionIssued',
      'reportingDutySet',
      'criminalCaseArranged',
      'travelled',
      'departedUnknown',
    ]);
  });

  it('of a closed case contains its reopening and the correction of its intake for a supervisor, and for others corrections of their own facts', () => {
    const given = aCase();
    for (const task of given.openTasks()) given.told('supervisor', '2027-09-02', 'taskCompleted', { task });
    given.told('supervisor', '2027-09-03', 'closed', { result: 'died' });
    expect(may(given, 'supervisor')).toEqual(['reopened', 'intakeCorrected', 'corrected']);
    expect(may(given, 'caseworker')).toEqual(['corrected']);
    expect(may(given, 'ind')).toEqual([]);
  });

  it("contains the decision on a route only while somebody else's proposal is open", () => {
    const given = inReflection();
    expect(has(given, 'supervisor', 'routeDecided')).toBe(false);
    given.proposed('2027-09-03', 'return');
    expect(has(given, 'supervisor', 'routeDecided')).toBe(true);
    expect(has(given, { id: 'caseworker-1', roles: ['supervisor'], office: 'amsterdam' }, 'routeDecided')).toBe(false);
  });

  it('contains tasks and deadlines only if there is one to end, reopen or lift', () => {
    const given = inReflection();
    expect([has(given, 'caseworker', 'taskReopened'), has(given, 'supervisor', 'deadlineLifted')]).toEqual([true, false]);
    expect(has(aCase(), 'caseworker', 'taskReopened')).toBe(false);
    expect(has(aCase(), 'caseworker', 'taskCompleted')).toBe(true);
    expect(has(given.told('ind', '2027-09-03', 'returnDecisionIssued', {}), 'supervisor', 'deadlineLifted')).toBe(true);
  });

  it('contains a no only once an unaccompanied minor has a guardian', () => {
    const given = aCase({ person: { ageGroup: 'minor', unaccompanied: true } }).startedReflection('2027-09-01T11:00');
    expect(has(given, 'police', 'declined')).toBe(false);
    expect(has(given.completed('2027-09-02', 'guardian'), 'police', 'declined')).toBe(true);
  });
});

describe('a signal to a case', () => {
  const yes = { answer: 'cooperates', form: 'reportSigned', recordedBy: 'police-1' };
  const no = { answer: 'declines', recordedBy: 'police-1' };
  const kept = (given: CaseOnTheClock) => given.file.entries.at(-1)?.type;

  it('of cooperation records the fact itself', () => {
    const given = inReflection().signalled('2027-09-05', { ...yes, on: '2027-09-04' });
    expect(given.situation).toMatchObject({ stage: 'permitApplication', period: { end: 'cooperated', endedOn: '2027-09-04' } });
    expect(kept(given)).toBe('cooperated');
  });

  it("counts if the team's police or a prosecutor sent it, and from nobody else", () => {
    expect(inReflection().signalled('2027-09-05', { ...yes, recordedBy: 'prosecution-1' }).situation.stage).toBe('permitApplication');
    for (const recordedBy of ['caseworker-1', 'police-2', 'supervisor-1']) {
      const given = inReflection().signalled('2027-09-05', { ...yes, recordedBy });
      expect([given.situation.stage, kept(given)]).toEqual(['reflection', 'signalNotPossible']);
    }
  });

  it('of a no does not change the stage: the caseworker asks the person, by tomorrow', () => {
    const given = inReflection().signalled('2027-09-05', no);
    expect(given.situation).toMatchObject({ stage: 'reflection', period: { end: null } });
    expect(given.task('confirm-answer')).toMatchObject({ owner: 'caseworker', dueOn: '2027-09-06', statutory: false });
    expect(given.declined('2027-09-06').stateOf('confirm-answer')).toBe('done');
  });

  it('of a no makes the caseworker ask about the day that it names', () => {
    const given = inReflection().signalled('2027-09-05', { ...no, on: '2027-09-03' });
    expect(given.task('confirm-answer').dueOn).toBe('2027-09-04');
  });

  it('of a no makes the caseworker ask in every open stage, and nobody in a closed case', () => {
    expect(aCase().signalled('2027-09-05', no).openTasks()).toContain('confirm-answer');
    expect(inReflection().told('caseworker', '2027-09-04', 'travelled', {}).signalled('2027-09-05', no).openTasks()).toContain(
      'confirm-answer',
    );
    const closed = aCase();
    for (const task of closed.openTasks()) closed.told('supervisor', '2027-09-02', 'taskCompleted', { task });
    closed.told('supervisor', '2027-09-03', 'closed', { result: 'died' }).signalled('2027-09-05', no);
    expect([kept(closed), closed.openTasks()]).toEqual(['signalNotPossible', []]);
  });

  it('that is not possible is kept as such and changes nothing', () => {
    const given = inReflection().told('caseworker', '2027-09-04', 'travelled', {});
    const before = given.situation;
    given.signalled('2027-09-05', yes);
    expect(kept(given)).toBe('signalNotPossible');
    expect({ ...given.situation, asOf: null }).toEqual({ ...before, asOf: null });
    expect(kept(inReflection().signalled('2027-09-05', { ...yes, on: '2027-09-06' }))).toBe('signalNotPossible');
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a word', 'cooperates'],
    ['a list', [yes]],
    ['an unknown answer', { ...yes, answer: 'perhaps' }],
    ['cooperation without its form', { answer: 'cooperates', recordedBy: 'police-1' }],
    ['an unknown form', { ...yes, form: 'handshake' }],
    ['nobody who recorded it', { answer: 'cooperates', form: 'reportSigned' }],
    ['an empty word where an id belongs', { ...yes, recordedBy: '' }],
    ['a sentence where an id belongs', { answer: 'declines', recordedBy: 'Mevrouw Verzonnen, zij zit in opvang X' }],
    ['a date that does not exist', { ...yes, on: '2027-02-30' }],
    ['a date of another kind', { ...yes, on: 20270905 }],
    ['an unknown field', { ...yes, name: 'x' }],
  ])('of %s is kept as unreadable and changes nothing', (_, told) => {
    const given = inReflection().signalled('2027-09-05', told);
    expect([given.situation.stage, kept(given)]).toEqual(['reflection', 'signalMalformed']);
  });
});
