import { record, refold } from '../../src/domain/case/caseFile';
import { forNextRun } from '../../src/domain/notifications/nextRun';
import type { RecordedFact } from '../../src/domain/facts/recordedFact';
import type { Fact, FactType } from '../../src/domain/facts/catalogue';
import { pathwayView } from '../../src/domain/views/pathway';
import { aCase, callerOf, type CaseOnTheClock, type Teller } from '../support/aCase';
import { closed } from '../support/inStage';
import { filledWith } from '../support/filled';

const tomorrow = '2027-09-02';

describe('a case with the largest possible number of facts', () => {
  it('refuses a new fact and says why', () => {
    const almost = full(499).told('caseworker', tomorrow, 'contactMissed', {});
    expect(almost.refusal('caseworker', tomorrow, 'contactMissed', {})).toMatchObject({ code: 'case-full' });
    expect(almost.file.entries).toHaveLength(500);
  });

  it('gives a repeated request its earlier answer', () => {
    const key = { hash: 'key of fact-7', body: 'its body' };
    const given = full(500);
    const entries = given.file.entries.map((entry) => (entry.id === 'fact-7' ? { ...entry, key } : entry));
    given.file = { ...given.file, entries };
    const again = { fact: consent, by: callerOf('caseworker'), receivedAt: given.now, key };
    expect(record(given.file, again)).toBe(given.file);
    expect(record(given.file, { ...again, key: { ...key, body: 'another' } })).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('answers a caller without authority only that, and not that it is full', () => {
    const stranger = { id: 'caseworker-rotterdam-1', roles: ['caseworker'] as const, office: 'rotterdam' };
    expect(full().refusal(stranger, tomorrow, 'contactMissed', {})?.code).toBe('not-found');
    expect(full().refusal('lawyer', tomorrow, 'contactMissed', {})?.code).toBe('role-not-allowed');
  });

  it.each<[Teller, FactType, object]>([
    ['caseworker', 'travelled', {}],
    ['police', 'departedUnknown', {}],
    ['caseworker', 'corrected', { replaces: 'fact-3', reason: 'mistake' }],
  ])('still records from %s the fact %s, which reports an event or takes a fact back', (by, type, fields) => {
    expect(full().refusal(by, tomorrow, type, fields as never)).toBeNull();
  });

  it('still records the end of a permit', () => {
    const holder = aCase({ post: 'closed' }).cooperated('2027-09-01T11:00').granted('2027-09-01T12:00', '2028-08-31');
    expect(filledWith(holder, consent, 500).refusal('ind', tomorrow, 'permitEnded', { reason: 'withdrawn' })).toBeNull();
  });

  it('can be closed once all statutory tasks are ended, and accepts only those tasks', () => {
    const given = full();
    const { missing = [] } = given.refusal('supervisor', tomorrow, 'closed', { result: 'assisted' }) ?? {};
    expect(missing.length).toBeGreaterThan(0);
    for (const task of missing) given.told('supervisor', tomorrow, 'taskWaived', { task, reason: 'notNeeded' });
    expect(given.refusal('supervisor', tomorrow, 'taskCompleted', { task: 'safe-bed' })?.code).toBe('case-full');
    expect(given.told('supervisor', tomorrow, 'closed', { result: 'assisted' }).situation.stage).toBe('closed');
  });

  it('does not accept a fact that replaces a wrong one', () => {
    const right = { type: 'interviewHeld' } as const;
    const correction = { replaces: 'fact-3', reason: 'mistake', with: right } as const;
    expect(full().refusal('caseworker', tomorrow, 'corrected', correction)?.code).toBe('case-full');
  });

  it('accepts fifty more of the facts that are still possible, and then no more', () => {
    const given = full(549);
    expect(given.refusal('police', tomorrow, 'departedUnknown', {})).toBeNull();
    const brimful = full(550);
    for (const [by, type, fields] of [
      ['police', 'departedUnknown', {}],
      ['caseworker', 'travelled', {}],
      ['supervisor', 'closed', { result: 'died' }],
      ['caseworker', 'corrected', { replaces: 'fact-3', reason: 'mistake' }],
    ] as const)
      expect(brimful.refusal(by, tomorrow, type, fields as never)?.code).toBe('case-full');
    expect(allowed(brimful, 'supervisor')).toEqual([]);
  });

  it('lists as allowed exactly the facts that it still accepts', () => {
    expect(allowed(full(), 'police')).toEqual(['taskCompleted', 'travelled', 'departedUnknown']);
    expect(allowed(full(), 'supervisor')).toEqual(['taskCompleted', 'taskWaived', 'closed']);
    expect(allowed(full(), 'caseworker')).toEqual(['taskCompleted', 'travelled', 'corrected']);
    expect(allowed(full(), 'ind')).toEqual([]);
  });

  it('is also full with fewer facts if these are long', () => {
    const long = { id: 'x'.repeat(200), roles: ['caseworker', 'careCoordinator', 'returnCounsellor', 'supervisor'] as const };
    const entries = filledWith(aCase({ post: 'closed' }), { ...consent, purpose: `crossBorder:${'p'.repeat(63)}` }, 450).file.entries;
    const given = aCase({ post: 'closed' });
    given.file = refold(
      given.file.start,
      entries.map((entry) => ({ ...(entry as RecordedFact), by: long, key: { hash: 'a'.repeat(64), body: 'b'.repeat(64) } })),
    );
    expect(given.refusal('caseworker', tomorrow, 'contactMissed', {})?.code).toBe('case-full');
    expect(given.refusal('caseworker', tomorrow, 'travelled', {})).toBeNull();
  });
});

describe('the number of corrections in a case', () => {
  it('is limited, since each folds the whole case: after twenty, facts are only taken back', () => {
    const given = corrected(20);
    const correction = { replaces: 'fact-5', reason: 'mistake' } as const;
    const right = { type: 'interviewHeld' } as const;
    expect(given.refusal('caseworker', tomorrow, 'corrected', { ...correction, with: right })?.code).toBe('case-full');
    expect(given.refusal('caseworker', tomorrow, 'corrected', correction)).toBeNull();
    expect(given.refusal('caseworker', tomorrow, 'contactMissed', {})).toBeNull();
    expect(allowed(given, 'caseworker')).toContain('corrected');
  });

  it('ends after fifty more, when no correction is possible', () => {
    const given = corrected(70);
    expect(given.refusal('caseworker', tomorrow, 'corrected', { replaces: 'fact-5', reason: 'mistake' })?.code).toBe('case-full');
    expect(allowed(given, 'caseworker')).not.toContain('corrected');
  });

  it('counts reopenings after a mistake, which fold the whole case too; another reopening is possible', () => {
    const given = closed(corrected(20));
    expect(given.refusal('supervisor', '2027-09-21', 'reopened', { reason: 'mistake' })?.code).toBe('case-full');
    expect(given.refusal('supervisor', '2027-09-21', 'reopened', { reason: 'newInformation' })).toBeNull();
  });

  /** A case whose first fact was corrected this many times. */
  function corrected(times: number): CaseOnTheClock {
    const given = filledWith(aCase({ post: 'closed' }), consent, 10);
    return filledWith(given, { type: 'corrected', on: '2027-09-01', replaces: 'fact-1', reason: 'mistake', with: consent }, 10 + times);
  }
});

describe('many signals to one case', () => {
  it('are kept up to fifty and then counted, and people record facts as before', () => {
    const given = signalled(10_000, { nonsense: true });
    expect(given.file.entries).toHaveLength(50);
    expect(given.file.counted).toMatchObject({ number: 9_950, receivedAt: given.now });
    expect(given.refusal('caseworker', '2027-09-01', 'contactMissed', {})).toBeNull();
    expect(JSON.stringify(given.file.entries).length).toBeLessThan(15_000);
  });

  it('keep their count in the next run, and do not change the case', () => {
    const { file } = signalled(60, { nonsense: true }).told('caseworker', '2027-09-01', 'contactMissed', {});
    const { start, entries, counted, situation } = file;
    expect(refold(start, entries, { outbox: forNextRun(file, situation.asOf), counted })).toMatchObject({ entries, counted, situation });
  });

  it('are kept in a short form, however large they are', () => {
    const given = signalled(1, { answer: 'x'.repeat(1_900_000), recordedBy: 'y'.repeat(1_900_000) });
    expect(JSON.stringify(given.file.entries).length).toBeLessThan(200);
  });

  it('are kept if they say something new, and a no still makes somebody ask the person', () => {
    const given = signalled(60, { nonsense: true }).signalled('2027-09-01', { answer: 'declines', recordedBy: 'police-1' });
    expect(given.file.entries).toHaveLength(51);
    expect(given.stateOf('confirm-answer')).toBe('open');
  });

  it('that say no make somebody ask the person each time, once the last request is done', () => {
    const no = { answer: 'declines', recordedBy: 'police-1' };
    const given = signalled(60, no);
    expect(given.openTasks().filter((id) => id.startsWith('confirm-answer'))).toEqual(['confirm-answer']);
    given.completed('2027-09-01', 'confirm-answer').signalled('2027-09-01', no);
    expect(given.stateOf('confirm-answer-2')).toBe('open');
    expect(given.file.entries.at(-1)).toMatchObject({ type: 'declineSignalled' });
  });

  it('that say yes without end leave room for facts of people', () => {
    const given = signalled(2_000, { answer: 'cooperates', form: 'witness', recordedBy: 'police-1' });
    expect(given.file.entries).toHaveLength(50);
    expect(given.file.counted?.number).toBe(1_950);
    expect(given.refusal('caseworker', '2027-09-01', 'contactMissed', {})).toBeNull();
  });

  it('include a yes that changes the case, which is recorded whatever came before', () => {
    const yes = { answer: 'cooperates', form: 'witness', recordedBy: 'police-1' };
    const given = signalled(60, { nonsense: true }).signalled('2027-09-01', yes);
    expect(given.situation.stage).toBe('permitApplication');
    given.told('police', '2027-09-01', 'cooperationEnded', {}).signalled('2027-09-01', yes);
    expect(given.situation.cooperation).toMatchObject({ form: 'witness' });
  });

  it('include a yes to a full case, which is kept as not possible, with its content', () => {
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
