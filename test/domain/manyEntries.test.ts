import { record, refold, type CaseFile } from '../../src/domain/case/caseFile';
import type { LogEntry, KeptSignal } from '../../src/domain/facts/log';
import type { Fact } from '../../src/domain/facts/catalogue';
import { aCase, callerOf, type CaseOnTheClock } from '../support/aCase';
import { filledWith } from '../support/filled';

const on = '2027-09-01';

describe('a case with many entries', () => {
  it.each<[string, Fact]>([
    ['consents', { type: 'consentGiven', on, purpose: 'registration' }],
    ['tasks', { type: 'taskAdded', on, kind: 'social', owner: 'caseworker', due: '2027-10-15' }],
    ['risk assessments', { type: 'riskAssessed', on, outcome: 'acceptable' }],
    ['alarms', { type: 'contactMissed', on }],
    ['deadlines', { type: 'returnDecisionIssued', on }],
  ])('is folded about as fast, entry for entry, as a case with few: %s', (_, fact) => {
    isFoldedFast((count) => filledWith(minor(), fact, count).file.entries);
  });

  it('is folded as fast if a duty to report was dated a century back', () => {
    const duties = (date: Fact['on']) =>
      filledWith(aCase({ post: 'closed', observedOn: '1900-01-01' }), { type: 'reportingDutySet', on: date, every: 'P1W' }, 100).file;
    const [longAgo, today] = [duties('1900-01-01'), duties(on)];
    expect(
      timesAsLong(
        () => refold(longAgo.start, longAgo.entries),
        () => refold(today.start, today.entries),
      ),
    ).toBeLessThan(5);
  });

  it('is folded as fast if the entries are signals', () => {
    isFoldedFast((count) =>
      Array.from({ length: count }, (_, each): KeptSignal => ({ ...signal, id: `signal-${each + 1}`, receivedAt: '2027-09-01T08:00:00Z' })),
    );
  });
});

describe('a case with the maximum of entries', () => {
  const missed = { type: 'contactMissed', on } as const;

  it('is folded with all possible corrections in the time of some hundred folds, one for each correction', () => {
    const given = filledWith(minor(), missed, 480);
    const corrected: Fact = { type: 'corrected', on, replaces: 'fact-1', reason: 'mistake', with: missed };
    const { start, entries } = filledWith(given, corrected, 550).file;
    expect(timesAsLong(() => refold(start, entries), oneFold())).toBeLessThan(200);
  });

  it('takes a correction of its first fact in the time of some folds', () => {
    const { file, now } = filledWith(minor(), missed, 499);
    const fact = { type: 'corrected', on, replaces: 'fact-1', reason: 'mistake', with: missed } as const;
    const telling = { fact, by: callerOf('caseworker'), receivedAt: now };
    let after: unknown;
    expect(timesAsLong(() => (after = record(file, telling)), oneFold())).toBeLessThan(15);
    expect((after as CaseFile).entries).toHaveLength(500);
  });

  function oneFold(): () => unknown {
    const { start, entries } = filledWith(minor(), missed, 499).file;
    return () => refold(start, entries);
  }
});

const signal = { type: 'signalNotPossible', answer: { answer: 'cooperates', form: 'witness', recordedBy: 'p'.repeat(62), on } } as const;

function minor(): CaseOnTheClock {
  return aCase({ post: 'closed', person: { ageGroup: 'minor' } });
}

/**
 * Checks that five times as many entries, more than twice the bound, take as long as five folds of the few. A cost that grows with the
 * square would take five times that.
 */
function isFoldedFast(entriesOf: (count: number) => readonly LogEntry[]): void {
  const { start } = minor().file;
  const [few, many] = [entriesOf(300), entriesOf(1_500)];
  const fiveTimes = () => {
    for (let each = 0; each < 5; each += 1) refold(start, few);
  };
  expect(timesAsLong(() => refold(start, many), fiveTimes)).toBeLessThan(3);
}

/** The ratio of the times of two works, both warm and in one process. Of many tries the fastest counts, since a busy machine slows some. */
function timesAsLong(work: () => unknown, other: () => unknown): number {
  const [long, short] = [work, other].map((each) => Math.min(...Array.from({ length: 10 }, () => cpuOf(each))));
  return (long ?? Infinity) / Math.max(short ?? 0, leastMs);
}

/** Shorter times cannot be measured well. */
const leastMs = 40;

/** The CPU time of this process in milliseconds. */
function cpuOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1_000;
}
