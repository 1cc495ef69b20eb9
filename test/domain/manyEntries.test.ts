import { record, refold, type CaseFile } from '../../src/domain/case/caseFile';
import type { LogEntry, KeptSignal } from '../../src/domain/facts/log';
import type { Fact } from '../../src/domain/facts/catalogue';
import { aCase, callerOf, type CaseOnTheClock } from '../support/aCase';
import { filledWith } from '../support/filled';

const on = '2027-09-01';

describe('a case of thousands of entries', () => {
  it.each<[string, Fact]>([
    ['consents', { type: 'consentGiven', on, purpose: 'registration' }],
    ['tasks', { type: 'taskAdded', on, kind: 'social', owner: 'caseworker', due: '2027-10-15' }],
    ['risk assessments', { type: 'riskAssessed', on, outcome: 'acceptable' }],
    ['alarms', { type: 'contactMissed', on }],
    ['deadlines', { type: 'returnDecisionIssued', on }],
  ])('is folded about as fast, entry for entry, as one of few, and in under a second: %s', (_, fact) => {
    isFoldedFast((count) => filledWith(minor(), fact, count).file.entries);
  });

  it('is so too where they are signals', () => {
    isFoldedFast((count) =>
      Array.from({ length: count }, (_, each): KeptSignal => ({ ...signal, id: `signal-${each + 1}`, receivedAt: '2027-09-01T08:00:00Z' })),
    );
  });
});

describe('a case at its bounds', () => {
  const missed = { type: 'contactMissed', on } as const;

  it('is folded within a few seconds with all the corrections that it may hold', () => {
    const given = filledWith(minor(), missed, 480);
    const corrected: Fact = { type: 'corrected', on, replaces: 'fact-1', reason: 'mistake', with: missed };
    const { start, entries } = filledWith(given, corrected, 550).file;
    expect(cpuOf(() => refold(start, entries))).toBeLessThan(4_000);
  });

  it('takes a correction of its first fact in well under a second', () => {
    const { file, now } = filledWith(minor(), missed, 499);
    const fact = { type: 'corrected', on, replaces: 'fact-1', reason: 'mistake', with: missed } as const;
    const telling = { fact, by: callerOf('caseworker'), receivedAt: now };
    let after: unknown;
    expect(cpuOf(() => (after = record(file, telling)))).toBeLessThan(800);
    expect((after as CaseFile).entries).toHaveLength(500);
  });
});

const signal = { type: 'signalNotPossible', answer: { answer: 'cooperates', form: 'witness', recordedBy: 'p'.repeat(62), on } } as const;

function minor(): CaseOnTheClock {
  return aCase({ post: 'closed', person: { ageGroup: 'minor' } });
}

/** Five times as many take some five times as long: what grows with the square of their number would take 25 times. */
function isFoldedFast(entriesOf: (count: number) => readonly LogEntry[]): void {
  const { start } = minor().file;
  const [few, many] = [entriesOf(1_000), entriesOf(5_000)];
  refold(start, few);
  const [short, long] = [few, many].map((entries) => Math.min(...[1, 2].map(() => cpuOf(() => refold(start, entries)))));
  expect(long).toBeLessThan(1_000);
  // What takes next to no time is measured badly.
  expect(long).toBeLessThan(15 * Math.max(30, short ?? 0));
}

/** Milliseconds of this process, however busy the machine is. */
function cpuOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1_000;
}
