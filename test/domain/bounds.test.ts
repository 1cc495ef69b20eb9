import { record, refold } from '../../src/domain/case/caseFile';
import { forNextRun } from '../../src/domain/notifications/nextRun';
import type { RecordedFact } from '../../src/domain/facts/recordedFact';
import type { Fact, FactType } from '../../src/domain/facts/catalogue';
import { pathwayView } from '../../src/domain/views/pathway';
import { aCase, callerOf, type CaseOnTheClock, type Teller } from '../support/aCase';
import { filledWith } from '../support/filled';

const tomorrow = '2027-09-02';

describe('a case that holds as many facts as one can carry', () => {
  it('takes no more, and says so', () => {
    const almost = full(499).told('caseworker', tomorrow, 'contactMissed', {});
    expect(almost.refusal('caseworker', tomorrow, 'contactMissed', {})).toMatchObject({ code: 'case-full' });
    expect(almost.file.entries).toHaveLength(500);
  });

  it('answers the request that told one of them as before', () => {
    const key = { hash: 'key of fact-7', body: 'its body' };
    const given = full(500);
    const entries = given.file.entries.map((entry) => (entry.id === 'fact-7' ? { ...entry, key } : entry));
    given.file = { ...given.file, entries };
    const again = { fact: consent, by: callerOf('caseworker'), receivedAt: given.now, key };
    expect(record(given.file, again)).toBe(given.file);
    expect(record(given.file, { ...again, key: { ...key, body: 'another' } })).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('tells somebody who may not tell a fact that, and nothing of how full it is', () => {
    const stranger = { id: 'caseworker-rotterdam-1', roles: ['caseworker'] as const, office: 'rotterdam' };
    expect(full().refusal(stranger, tomorrow, 'contactMissed', {})?.code).toBe('not-found');
    expect(full().refusal('lawyer', tomorrow, 'contactMissed', {})?.code).toBe('role-not-allowed');
  });

  it.each<[Teller, FactType, object]>([
    ['iom', 'travelled', {}],
    ['police', 'departedUnknown', {}],
    ['caseworker', 'corrected', { replaces: 'fact-3', reason: 'mistake' }],
  ])('still takes of %s %s: what happened, and what is taken back', (by, type, fields) => {
    expect(full().refusal(by, tomorrow, type, fields as never)).toBeNull();
  });

  it('still hears that the permit ended', () => {
    const holder = aCase({ post: 'closed' }).cooperated('2027-09-01T11:00').granted('2027-09-01T12:00', '2028-08-31');
    expect(filledWith(holder, consent, 500).refusal('ind', tomorrow, 'permitEnded', { reason: 'withdrawn' })).toBeNull();
  });

  it('is closed once every task is settled that closing waits for, and no other task is', () => {
    const given = full();
    const { missing = [] } = given.refusal('supervisor', tomorrow, 'closed', { result: 'assisted' }) ?? {};
    expect(missing.length).toBeGreaterThan(0);
    for (const task of missing) given.told('supervisor', tomorrow, 'taskWaived', { task, reason: 'notNeeded' });
    expect(given.refusal('supervisor', tomorrow, 'taskCompleted', { task: 'safe-bed' })?.code).toBe('case-full');
    expect(given.told('supervisor', tomorrow, 'closed', { result: 'assisted' }).situation.stage).toBe('closed');
  });

  it('takes no fact in the place of a wrong one', () => {
    const right = { type: 'interviewHeld' } as const;
    const correction = { replaces: 'fact-3', reason: 'mistake', with: right } as const;
    expect(full().refusal('caseworker', tomorrow, 'corrected', correction)?.code).toBe('case-full');
  });

  it('takes fifty of what it still takes, and then nothing', () => {
    const given = full(549);
    expect(given.refusal('police', tomorrow, 'departedUnknown', {})).toBeNull();
    const brimful = full(550);
    for (const [by, type, fields] of [
      ['police', 'departedUnknown', {}],
      ['iom', 'travelled', {}],
      ['supervisor', 'closed', { result: 'died' }],
      ['caseworker', 'corrected', { replaces: 'fact-3', reason: 'mistake' }],
    ] as const)
      expect(brimful.refusal(by, tomorrow, type, fields as never)?.code).toBe('case-full');
    expect(allowed(brimful, 'supervisor')).toEqual([]);
  });

  it('names as allowed what it still takes, and nothing else', () => {
    expect(allowed(full(), 'police')).toEqual(['taskCompleted', 'travelled', 'departedUnknown']);
    expect(allowed(full(), 'supervisor')).toEqual(['taskCompleted', 'taskWaived']);
    expect(allowed(full(), 'caseworker')).toEqual(['taskCompleted', 'travelled', 'corrected']);
    expect(allowed(full(), 'ind')).toEqual([]);
  });

  it('is full too where fewer facts are long', () => {
    const long = { id: 'x'.repeat(200), roles: ['caseworker', 'careCoordinator', 'returnCounsellor', 'supervisor'] as const };
    const entries = filledWith(aCase({ post: 'closed' }), { ...consent, purpose: `crossBorder:${'p'.repeat(63)}` }, 450).file.entries;
    const given = aCase({ post: 'closed' });
    given.file = refold(
      given.file.start,
      entries.map((entry) => ({ ...(entry as RecordedFact), by: long, key: { hash: 'a'.repeat(64), body: 'b'.repeat(64) } })),
    );
    expect(given.refusal('caseworker', tomorrow, 'contactMissed', {})?.code).toBe('case-full');
    expect(given.refusal('iom', tomorrow, 'travelled', {})).toBeNull();
  });
});

describe('corrections', () => {
  it('each folds the whole case: after twenty, facts are taken back and no others put in their place', () => {
    const given = corrected(20);
    const correction = { replaces: 'fact-5', reason: 'mistake' } as const;
    const right = { type: 'interviewHeld' } as const;
    expect(given.refusal('caseworker', tomorrow, 'corrected', { ...correction, with: right })?.code).toBe('case-full');
    expect(given.refusal('caseworker', tomorrow, 'corrected', correction)).toBeNull();
    expect(given.refusal('caseworker', tomorrow, 'contactMissed', {})).toBeNull();
    expect(allowed(given, 'caseworker')).toContain('corrected');
  });

  it('after fifty more there are no others', () => {
    const given = corrected(70);
    expect(given.refusal('caseworker', tomorrow, 'corrected', { replaces: 'fact-5', reason: 'mistake' })?.code).toBe('case-full');
    expect(allowed(given, 'caseworker')).not.toContain('corrected');
  });

  /** A case whose first fact was put right so many times. */
  function corrected(times: number): CaseOnTheClock {
    const given = filledWith(aCase({ post: 'closed' }), consent, 10);
    return filledWith(given, { type: 'corrected', on: '2027-09-01', replaces: 'fact-1', reason: 'mistake', with: consent }, 10 + times);
  }
});

describe('of many signals', () => {
  it('the first fifty are kept, the others are counted, and people tell their facts as before', () => {
    const given = signalled(10_000, { nonsense: true });
    expect(given.file.entries).toHaveLength(50);
    expect(given.file.counted).toMatchObject({ number: 9_950, receivedAt: given.now });
    expect(given.refusal('caseworker', '2027-09-01', 'contactMissed', {})).toBeNull();
    expect(JSON.stringify(given.file.entries).length).toBeLessThan(15_000);
  });

  it('their number outlives a rest, and changes nothing of the case', () => {
    const { file } = signalled(60, { nonsense: true }).told('caseworker', '2027-09-01', 'contactMissed', {});
    const { start, entries, counted, situation } = file;
    expect(refold(start, entries, { outbox: forNextRun(file, situation.asOf), counted })).toMatchObject({ entries, counted, situation });
  });

  it('however large, little is kept', () => {
    const given = signalled(1, { answer: 'x'.repeat(1_900_000), recordedBy: 'y'.repeat(1_900_000) });
    expect(JSON.stringify(given.file.entries).length).toBeLessThan(200);
  });

  it('one that says what none of the others says is kept all the same, and of a no somebody asks the person', () => {
    const given = signalled(60, { nonsense: true }).signalled('2027-09-01', { answer: 'declines', recordedBy: 'police-1' });
    expect(given.file.entries).toHaveLength(51);
    expect(given.stateOf('confirm-answer')).toBe('open');
  });

  it('of each no somebody asks the person, once they asked after the one before', () => {
    const no = { answer: 'declines', recordedBy: 'police-1' };
    const given = signalled(60, no);
    expect(given.openTasks().filter((id) => id.startsWith('confirm-answer'))).toEqual(['confirm-answer']);
    given.completed('2027-09-01', 'confirm-answer').signalled('2027-09-01', no);
    expect(given.stateOf('confirm-answer-2')).toBe('open');
    expect(given.file.entries.at(-1)).toMatchObject({ type: 'declineSignalled' });
  });

  it('a yes without end leaves room for what people tell', () => {
    const given = signalled(2_000, { answer: 'cooperates', form: 'witness', recordedBy: 'police-1' });
    expect(given.file.entries).toHaveLength(50);
    expect(given.file.counted?.number).toBe(1_950);
    expect(given.refusal('caseworker', '2027-09-01', 'contactMissed', {})).toBeNull();
  });

  it('a yes that changes the case is recorded whatever came before', () => {
    const yes = { answer: 'cooperates', form: 'witness', recordedBy: 'police-1' };
    const given = signalled(60, { nonsense: true }).signalled('2027-09-01', yes);
    expect(given.situation.stage).toBe('permitApplication');
    given.told('police', '2027-09-01', 'cooperationEnded', {}).signalled('2027-09-01', yes);
    expect(given.situation.cooperation).toMatchObject({ form: 'witness' });
  });

  it('a yes to a case that is full is kept as not possible, with what it said', () => {
    const given = full().signalled(tomorrow, { answer: 'cooperates', form: 'reportSigned', recordedBy: 'police-1' });
    expect(given.file.entries.at(-1)).toMatchObject({ type: 'signalNotPossible', answer: { form: 'reportSigned' } });
    expect(given.situation.stage).toBe('intake');
  });

  function signalled(times: number, told: unknown): CaseOnTheClock {
    const given = aCase({ post: 'closed' });
    for (let i = 0; i < times; i += 1) given.signalled('2027-09-01', told);
    return given;
  }
});

const consent = { type: 'consentGiven', on: '2027-09-01', purpose: 'registration' } as const satisfies Fact;

function full(facts = 500): CaseOnTheClock {
  return filledWith(aCase({ post: 'closed' }), consent, facts);
}

function allowed({ file, situation }: CaseOnTheClock, by: Teller): readonly FactType[] {
  return pathwayView(file, situation.asOf, callerOf(by), 'en').allowedFacts;
}
