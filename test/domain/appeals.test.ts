import { certificateOf } from '../../src/domain/views/certificate';
import { type CaseOnTheClock } from '../support/aCase';
import {
  notUpheld,
  applicant,
  refused,
  mustLeave,
  objected,
  decided,
  appealed,
  measure,
  judged,
  refusedTwiceAndObjectedTwice,
  terms,
  running,
} from '../support/remedies';

describe('an interim measure', () => {
  it('needs an objection or an appeal that is undecided', () => {
    expect(refused().refusal('lawyer', '2027-10-01', 'interimMeasureDecided', { granted: true })).toEqual({
      code: 'fact-not-possible',
      missing: ['objectionFiled', 'appealFiled'],
    });
    expect(decided('dismissed').refusal('lawyer', '2028-01-11', 'interimMeasureDecided', { granted: true })?.code).toBe(
      'fact-not-possible',
    );
    expect(objected().refusal('ind', '2027-10-05', 'interimMeasureDecided', { granted: true })).toBeNull();
    expect(appealed().refusal('lawyer', '2028-01-21', 'interimMeasureDecided', { granted: true })).toBeNull();
  });

  it('that is granted beside an appeal lifts the term to leave, and the allowance goes on', () => {
    const given = measure(appealed(), '2028-01-25');
    expect(terms(given, 'departure-term')).toEqual(['departure-term 2028-02-07 lifted']);
    // The task of the objection is still open, so there is no second one.
    expect(given.openTasks().filter((id) => id.startsWith('allowance'))).toEqual(['allowance-continues']);
    expect(given.stateOf('interim-measure-considered')).toBe('done');
  });

  it('that is granted plans anew that the allowance goes on, if that was done', () => {
    const given = measure(appealed(decided('dismissed', objected().completed('2027-10-05', 'allowance-continues'))), '2028-01-25');
    expect(given.task('allowance-continues-2')).toMatchObject({ dueOn: '2028-02-01', owner: 'careCoordinator' });
  });

  it('that is refused lifts nothing', () => {
    const given = measure(appealed(), '2028-01-25', false);
    expect(terms(given, 'departure-term')).toEqual(['departure-term 2028-02-07 running']);
    expect(given.stateOf('interim-measure-considered')).toBe('done');
  });

  it('stands beside a late objection until that is decided, which then starts a term to leave', () => {
    const late = mustLeave().told('lawyer', '2027-10-19', 'objectionFiled', {});
    const given = measure(late, '2027-10-19T12:00');
    expect(terms(given, 'departure-term')).toEqual(['departure-term 2027-10-19 lifted']);
    given.told('ind', '2027-10-21', 'returnDecisionIssued', {});
    expect(terms(decided('inadmissible', given), 'departure-term')).toEqual([
      'departure-term 2027-10-19 lifted',
      'departure-term-2 2028-02-07 running',
    ]);
  });

  it('stands beside the appeal until that is decided', () => {
    const given = judged('dismissed', measure(appealed(), '2028-01-25'));
    expect(terms(given, 'departure-term')).toEqual(['departure-term 2028-02-07 lifted', 'departure-term-2 2028-05-29 running']);
    expect(terms(judged('dismissed'), 'departure-term')).toEqual(['departure-term 2028-02-07 passed']);
  });
});

describe('an appeal', () => {
  it('meets its term, also late, and suspends nothing', () => {
    const given = appealed();
    expect(terms(given, 'appeal', 'departure-term')).toEqual(['appeal 2028-02-07 met', 'departure-term 2028-02-07 running']);
    expect(given.stateOf('interim-measure-considered')).toBe('done');
    const late = decided('dismissed').told('caseworker', '2028-02-20', 'appealFiled', { interimMeasureAsked: false });
    expect(terms(late, 'appeal')).toEqual(['appeal 2028-02-07 met']);
  });

  it('needs a term to appeal', () => {
    expect(objected().refusal('lawyer', '2027-10-05', 'appealFiled', { interimMeasureAsked: true })).toEqual({
      code: 'fact-not-possible',
      missing: ['appeal', 'further-appeal'],
    });
    expect(decided('dismissed').refusal('lawyer', '2028-01-12', 'appealDecided', { outcome: 'upheld' })).toEqual({
      code: 'fact-not-possible',
      missing: ['appealFiled'],
    });
  });

  it('that is upheld leaves the objection undecided again, and IND has nineteen weeks from that day', () => {
    const given = judged('upheld');
    expect(terms(given, 'objection-decision', 'further-appeal')).toEqual([
      'objection-decision 2028-02-28 met',
      'objection-decision-2 2028-09-11 running',
    ]);
    given.told('ind', '2028-06-01', 'objectionDecided', { outcome: 'upheld' });
    expect(given.situation).toMatchObject({ stage: 'permitApplication', application: { kind: 'cooperation' } });
    expect(terms(given, 'objection-decision').at(-1)).toBe('objection-decision-2 2028-09-11 met');
  });

  it('that is upheld suspends departure as the objection did, and the allowance goes on', () => {
    const given = judged('upheld', appealed(decided('dismissed', objected().completed('2027-10-05', 'allowance-continues'))), '2028-02-01');
    expect(terms(given, 'departure-term')).toEqual(['departure-term 2028-02-07 lifted']);
    expect(given.task('allowance-continues-2').dueOn).toBe('2028-02-08');
    const ofALateOne = decided('dismissed', refused().told('lawyer', '2027-10-19', 'objectionFiled', {}), '2028-01-10');
    const stillRuns = judged('upheld', appealed(ofALateOne.told('ind', '2028-01-11', 'returnDecisionIssued', {})), '2028-02-01');
    expect(terms(stillRuns, 'departure-term')).toEqual(['departure-term 2028-02-08 running']);
    expect(stillRuns.taskIds()).not.toContain('allowance-continues');
  });

  it.each(notUpheld)('that is %s opens a further appeal within four weeks', (outcome) => {
    const given = judged(outcome);
    expect(terms(given, 'further-appeal')).toEqual(['further-appeal 2028-05-29 running']);
    given.told('lawyer', '2028-05-10', 'appealFiled', { interimMeasureAsked: false });
    expect(terms(given, 'further-appeal')).toEqual(['further-appeal 2028-05-29 met']);
  });

  it('is about the objection that was decided last, also where another was decided before it more than once', () => {
    const first = refusedTwiceAndObjectedTwice();
    decided('dismissed', first, '2028-01-10');
    appealed(first);
    judged('upheld', first, '2028-02-01');
    decided('dismissed', first, '2028-02-10');
    // Now the second objection, of the humanitarian permit, is decided last.
    decided('dismissed', first, '2028-02-20');
    first
      .told('lawyer', '2028-02-25', 'appealFiled', { interimMeasureAsked: false })
      .told('lawyer', '2028-03-01', 'appealDecided', { outcome: 'upheld' });
    expect(decided('upheld', first, '2028-03-10').situation.application).toMatchObject({ kind: 'humanitarian' });
  });
});

describe('a further appeal', () => {
  const further = (given = judged('dismissed')) => given.told('lawyer', '2028-05-10', 'appealFiled', { interimMeasureAsked: true });

  it('that is not upheld starts nothing', () => {
    const given = judged('dismissed', further(), '2028-06-01');
    expect(running(given)).toEqual([]);
    expect(given.refusal('lawyer', '2028-06-02', 'appealFiled', { interimMeasureAsked: false })?.code).toBe('fact-not-possible');
  });

  it('that is upheld has IND decide on the objection anew', () => {
    const given = judged('upheld', further(), '2028-06-01');
    expect(running(given)).toEqual(['objection-decision-2 2028-10-12']);
  });

  it('says with its date that the term was not read', () => {
    const given = judged('dismissed');
    const certificate = certificateOf(given.file, 'further-appeal', given.now);
    expect(certificate?.rule.doubt?.en).toMatch(/not read/);
  });
});

describe('a notice of default', () => {
  it('is due a week after the day after IND let its term on the application pass', () => {
    const given = applicant().completed('2027-09-06', 'm55-cooperation-notice').until('2027-12-06');
    expect(terms(given, 'ind-decision')).toEqual(['ind-decision 2027-12-05 passed']);
    expect(given.task('notice-of-default')).toMatchObject({ kind: 'legal', statutory: false, owner: 'caseworker', dueOn: '2027-12-13' });
    expect(given.until('2027-12-07').mailsAbout('notice-of-default')).toEqual(['2027-12-06T09:00 caseworker-1 planned']);
    expect(certificateOf(given.file, 'ind-decision', given.now)?.passing?.tasks).toEqual(['notice-of-default']);
  });

  it('is due in the same way after the term on the objection', () => {
    expect(objected().until('2028-02-29').task('notice-of-default').dueOn).toBe('2028-03-07');
    expect(objected().until('2028-02-28T23:59').taskIds()).not.toContain('notice-of-default');
  });

  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['IND decides on the objection', (given) => decided('dismissed', given, '2028-03-02')],
    [
      'IND extends the term after all',
      (given) => given.told('ind', '2028-03-02', 'decisionTermExtended', { reason: 'other', of: 'objection' }),
    ],
    ['the person travels', (given) => given.told('caseworker', '2028-03-02', 'travelled', {})],
    [
      'a supervisor lifts the term',
      (given) => given.told('supervisor', '2028-03-02', 'deadlineLifted', { deadline: 'objection-decision', reason: 'ownWish' }),
    ],
  ])('lapses when %s', (_, fact) => {
    expect(fact(objected().until('2028-03-01')).stateOf('notice-of-default')).toBe('lapsed');
  });

  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['grants', (given) => given.granted('2027-12-08', '2028-12-07')],
    ['refuses', (given) => given.told('ind', '2027-12-08', 'permitRefused', {})],
    ['extends its term', (given) => given.told('ind', '2027-12-08', 'decisionTermExtended', { reason: 'other' })],
    ['records a withdrawal', (given) => given.told('ind', '2027-12-08', 'applicationWithdrawn', {})],
  ])('on an application lapses when IND %s', (_, fact) => {
    const given = applicant().completed('2027-09-06', 'm55-cooperation-notice').until('2027-12-07');
    expect(fact(given).stateOf('notice-of-default')).toBe('lapsed');
  });

  it('comes back when the longer term passes too', () => {
    const given = objected().until('2028-03-01').told('ind', '2028-03-02', 'decisionTermExtended', { reason: 'other', of: 'objection' });
    expect(given.until('2028-05-30').task('notice-of-default-2').dueOn).toBe('2028-06-06');
  });
});
