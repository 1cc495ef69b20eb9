import { attentionOf } from '../../src/domain/views/attention';
import { caseAttributes } from '../../src/domain/views/caseAttributes';
import { registerRows } from '../../src/domain/views/registerRows';
import { aCase, dutyMailboxAddress, type CaseOnTheClock, type PostOffice } from '../support/aCase';

const attention = ({ file, now }: CaseOnTheClock) => attentionOf(file, now);
const isEscalated = ({ file, now }: CaseOnTheClock) => caseAttributes(file, now).escalated;
const noMailFor =
  (person: string): PostOffice =>
  ({ to }) =>
    to === person ? { outcome: 'refused', next: dutyMailboxAddress } : { outcome: 'delivered' };
const allDone = () => aCase().startedReflection('2027-09-01T11:00').didEverything('2027-09-01T12:00');
const aCall = (owner: 'caseworker' | 'lawyer') => ({ kind: 'social', due: '2027-09-03', owner, title: 'call' }) as const;

describe('the codes that a case shows in the lists of the engine', () => {
  it('are none while everything is done in time by people who are there', () => {
    expect(attention(allDone().until('2027-09-01T13:00'))).toEqual([]);
  });

  it('say `overdue` from the midnight after the date of a task, and until it is done', () => {
    const given = allDone().told('caseworker', '2027-09-01T13:00', 'taskAdded', aCall('caseworker'));
    expect(attention(given.until('2027-09-03T23:59'))).toEqual([]);
    expect(attention(given.until('2027-09-04T00:00'))).toEqual(['overdue']);
    expect(attention(given.completed('2027-09-04T08:00', 'added-1'))).toEqual([]);
  });

  it('say `decision-needed` in the stage in which what follows is decided', () => {
    const given = allDone().declined('2027-09-02T10:00').didEverything('2027-09-02T10:01');
    expect(attention(given)).toEqual(['decision-needed']);
    expect(attention(given.took('2027-09-02T10:02', 'return').didEverything('2027-09-02T10:03'))).not.toContain('decision-needed');
  });

  it('say `unassigned` while nobody holds the role of an open task', () => {
    const given = allDone().told('caseworker', '2027-09-01T13:00', 'taskAdded', aCall('lawyer'));
    expect(attention(given)).toEqual(['unassigned']);
    expect(attention(given.told('supervisor', '2027-09-01T13:05', 'teamChanged', { role: 'lawyer', staffId: 'lawyer-1' }))).toEqual([]);
  });

  it('say `mail-undelivered` once somebody of the team cannot be reached', () => {
    const given = aCase({ post: noMailFor('caseworker-1') }).until('2027-09-01T09:30');
    expect(attention(given)).toEqual(['mail-undelivered']);
  });

  it('say `alarm` while an alarm is open, and not for every escalation', () => {
    const given = aCase().until('2027-09-02T08:59');
    expect(attention(given)).toEqual([]);
    expect(attention(given.until('2027-09-02T09:00'))).toEqual(['overdue', 'alarm']);
    const long = aCase().completed('2027-09-01T10:00', 'interpreter');
    for (const task of long.openTasks()) if (task !== 'comensha-registration') long.completed('2027-09-01T10:00', task);
    long.until('2027-09-30T12:00');
    expect([isEscalated(long), attention(long)]).toEqual([true, ['overdue']]);
  });

  it('mean what the flags of the lists of the register mean', () => {
    const given = aCase({ post: noMailFor('care-coordinator-1') });
    const seen = new Set<string>();
    for (const at of [
      '2027-09-01T09:00',
      '2027-09-02T09:00',
      '2027-10-04T00:00',
      '2027-12-02T10:00',
      '2027-12-05T00:00',
      '2028-01-20T12:00',
    ]) {
      given.until(at);
      if (at === '2027-09-02T09:00')
        given.startedReflection('2027-09-02T09:30').told('caseworker', '2027-09-02T09:31', 'taskAdded', aCall('lawyer'));
      const { line } = registerRows(given.file, given.now);
      const flags = {
        overdue: line.overdueFrom !== null && line.overdueFrom <= given.now,
        'decision-needed': line.decisionNeeded,
        unassigned: line.unassigned > 0,
        'mail-undelivered': line.undelivered > 0,
      };
      const codes = attention(given).filter((code) => code !== 'alarm');
      expect([at, codes]).toEqual([at, Object.entries(flags).flatMap(([code, holds]) => (holds ? [code] : []))]);
      codes.forEach((code) => seen.add(code));
    }
    expect([...seen].sort()).toEqual(['decision-needed', 'mail-undelivered', 'overdue', 'unassigned']);
  });
});
