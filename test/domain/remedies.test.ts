import { certificateOf, dateFrom } from '../../src/domain/views/certificate';
import { type CaseOnTheClock } from '../support/aCase';
import {
  notUpheld,
  applicant,
  refused,
  holder,
  withdrawn,
  mustLeave,
  objected,
  decided,
  measure,
  refusedTwice,
  refusedTwiceAndObjectedTwice,
  terms,
} from '../support/remedies';

describe('an objection', () => {
  it('that is filed on the last day is in time: it meets its term and lifts that to leave', () => {
    const given = mustLeave().told('lawyer', '2027-10-18', 'objectionFiled', {});
    expect(terms(given, 'objection', 'departure-term')).toEqual(['objection 2027-10-18 met', 'departure-term 2027-10-19 lifted']);
  });

  it('that is filed a day late meets its term too, and suspends nothing', () => {
    const given = mustLeave().told('lawyer', '2027-10-19', 'objectionFiled', {});
    expect(terms(given, 'objection', 'departure-term')).toEqual(['objection 2027-10-18 met', 'departure-term 2027-10-19 running']);
  });

  it('is in time by its own date, whenever it is told', () => {
    const given = mustLeave().told('lawyer', '2027-10-25', 'objectionFiled', { on: '2027-10-18' });
    expect(terms(given, 'departure-term')).toEqual(['departure-term 2027-10-19 lifted']);
  });

  it.each([
    ['2027-10-01', false, 'running'],
    ['2027-10-19', true, 'lifted'],
  ])('filed on %s suspends departure or not as it is told: %s', (when, suspends, state) => {
    const given = mustLeave().told('lawyer', when, 'objectionFiled', { suspends });
    expect(terms(given, 'departure-term')).toEqual([`departure-term 2027-10-19 ${state}`]);
  });

  it('keeps the allowance going while it suspends departure, which the care coordinator tells COA within a week', () => {
    const given = objected();
    expect(given.task('allowance-continues')).toMatchObject({
      kind: 'financial',
      statutory: true,
      owner: 'careCoordinator',
      dueOn: '2027-10-08',
    });
    expect(given.taskIds()).not.toContain('interim-measure-considered');
  });

  it('that suspends nothing makes the caseworker consider an interim measure the next day', () => {
    const given = refused().told('lawyer', '2027-10-19', 'objectionFiled', {});
    expect(given.task('interim-measure-considered')).toMatchObject({
      kind: 'legal',
      statutory: true,
      owner: 'caseworker',
      dueOn: '2027-10-20',
    });
    expect(given.taskIds()).not.toContain('allowance-continues');
  });

  it('is refused where there is nothing to object to, as after a permit that ended by time', () => {
    const given = holder().told('ind', '2028-09-06', 'permitEnded', { reason: 'expired' });
    expect(given.refusal('lawyer', '2028-09-07', 'objectionFiled', {})).toEqual({ code: 'fact-not-possible', missing: ['objection'] });
    expect(applicant().refusal('lawyer', '2027-09-07', 'objectionFiled', {})?.code).toBe('fact-not-possible');
  });

  it('is told by a lawyer or a caseworker, and by nobody else', () => {
    expect(refused().refusal('caseworker', '2027-10-01', 'objectionFiled', {})).toBeNull();
    for (const by of ['ind', 'police', 'supervisor', 'careCoordinator'] as const)
      expect(refused().refusal(by, '2027-10-01', 'objectionFiled', {})?.code).toBe('role-not-allowed');
  });

  it('that is corrected from late to in time suspends departure after all', () => {
    const given = mustLeave().told('lawyer', '2027-10-20', 'objectionFiled', { on: '2027-10-19' });
    const filed = given.file.entries.at(-1)?.id ?? '';
    given.corrects('lawyer', '2027-10-21', filed, { type: 'objectionFiled', on: '2027-10-15' });
    expect(terms(given, 'departure-term', 'objection-decision')).toEqual([
      'departure-term 2027-10-19 lifted',
      'objection-decision 2028-02-28 running',
    ]);
    expect(given.openTasks()).toContain('allowance-continues');
    expect(given.openTasks()).not.toContain('interim-measure-considered');
  });

  it('stops a return decision from starting a term to leave, while it suspends departure', () => {
    expect(terms(mustLeave(objected(withdrawn())), 'departure-term')).toEqual([]);
    const late = refused().told('lawyer', '2027-10-19', 'objectionFiled', {}).told('police', '2027-10-20', 'returnDecisionIssued', {});
    expect(terms(late, 'departure-term')).toEqual(['departure-term 2027-11-17 running']);
  });
});

describe('the term of IND to decide on an objection', () => {
  it('is nineteen weeks from the end of the term to object, however early the objection', () => {
    expect(terms(objected(), 'objection-decision')).toEqual(['objection-decision 2028-02-28 running']);
  });

  it('counts from a late objection itself', () => {
    const given = refused().told('lawyer', '2027-10-25', 'objectionFiled', {});
    expect(terms(given, 'objection-decision')).toEqual(['objection-decision 2028-03-06 running']);
  });

  it('is not counted from the end of a permit that a refused application would have followed', () => {
    const given = holder()
      .told('lawyer', '2027-09-10', 'applicationSent', { kind: 'longerStay' })
      .told('ind', '2027-09-20', 'permitRefused', {})
      .told('lawyer', '2027-10-01', 'objectionFiled', {});
    expect(terms(given, 'objection-decision')).toEqual(['objection-decision 2028-02-28 running']);
  });

  it('is extended by thirteen weeks, once, and only while an objection is undecided', () => {
    const extend = { reason: 'other', of: 'objection' } as const;
    const given = objected().told('ind', '2027-12-01', 'decisionTermExtended', extend);
    expect(terms(given, 'objection-decision')).toEqual(['objection-decision 2028-05-29 running']);
    expect(given.refusal('ind', '2027-12-02', 'decisionTermExtended', extend)?.code).toBe('already-recorded');
    expect(refused().refusal('ind', '2027-10-02', 'decisionTermExtended', extend)).toEqual({
      code: 'fact-not-possible',
      missing: ['objectionFiled'],
    });
  });

  it('differs from the term on the application: each is extended by itself', () => {
    const given = objected();
    expect(given.refusal('ind', '2027-12-01', 'decisionTermExtended', { reason: 'other' })).toEqual({
      code: 'fact-not-possible',
      missing: ['applicationSent'],
    });
    given
      .told('lawyer', '2027-12-01', 'applicationSent', { kind: 'humanitarian' })
      .told('ind', '2027-12-02', 'decisionTermExtended', { reason: 'other' });
    expect(terms(given, 'ind-decision', 'objection-decision').toSorted()).toEqual([
      'ind-decision 2028-08-29 running',
      'objection-decision 2028-02-28 running',
    ]);
  });

  it('warns the caseworker two weeks and a day before, and tells them once that it passed', () => {
    const given = objected().until('2028-03-20');
    expect(given.mailsAbout('objection-decision')).toEqual([
      '2028-02-14T09:00 caseworker-1 warning',
      '2028-02-27T09:00 caseworker-1 warning',
      '2028-02-29T09:00 caseworker-1 expired',
    ]);
  });

  it('is lifted by a journey', () => {
    expect(terms(objected().told('caseworker', '2027-11-01', 'travelled', {}), 'objection-decision')).toEqual([
      'objection-decision 2028-02-28 lifted',
    ]);
  });

  it('that a supervisor lifts ends the objection: it is given up and suspends nothing any more', () => {
    const given = objected().told('supervisor', '2027-11-01', 'deadlineLifted', { deadline: 'objection-decision', reason: 'ownWish' });
    expect(given.refusal('ind', '2027-11-02', 'objectionDecided', { outcome: 'upheld' })).toEqual({
      code: 'fact-not-possible',
      missing: ['objectionFiled'],
    });
    given.told('ind', '2027-11-03', 'returnDecisionIssued', {});
    expect(terms(given, 'departure-term')).toEqual(['departure-term 2027-12-01 running']);
  });
});

describe('a decision on an objection', () => {
  it('that is upheld makes a refused application pending again, with its kind, and IND has ninety days anew', () => {
    const given = decided('upheld', objected(), '2027-12-01');
    expect(given.situation).toMatchObject({ stage: 'permitApplication', application: { kind: 'cooperation' } });
    expect(terms(given, 'ind-decision', 'objection-decision', 'appeal').toSorted()).toEqual([
      'ind-decision 2028-02-29 running',
      'objection-decision 2028-02-28 met',
    ]);
    expect(given.granted('2027-12-10', '2028-12-09').situation).toMatchObject({ stage: 'permit', permit: { kind: 'cooperation' } });
  });

  it('that is upheld puts the refused application in place of another', () => {
    const other = objected().told('lawyer', '2027-11-01', 'applicationSent', { kind: 'humanitarian' });
    expect(decided('upheld', other, '2027-12-01').situation.application).toMatchObject({ kind: 'cooperation' });
    // The term of the other application still runs, and no second one begins beside it.
    expect(terms(other, 'ind-decision')).toEqual(['ind-decision 2028-01-30 running']);
  });

  it('that is upheld lets a withdrawn permit run again, with all that goes by its dates', () => {
    const given = decided('upheld', objected(withdrawn()), '2027-12-01');
    expect(given.situation).toMatchObject({ stage: 'permit', permit: { kind: 'cooperation', from: '2027-09-06', until: '2028-09-05' } });
    expect(terms(given, 'permit-end', 'renewal-application', 'three-years').toSorted()).toEqual([
      'permit-end 2028-09-05 lifted',
      'permit-end-2 2028-09-05 running',
      'renewal-application 2028-09-05 lifted',
      'renewal-application-2 2028-09-05 running',
      'three-years 2030-09-06 lifted',
      'three-years-2 2030-09-06 running',
    ]);
    expect(given.task('renewal-check-2')).toMatchObject({ dueOn: '2028-06-07', end: null });
  });

  it('explains the last day of a permit that runs again by the fact that set it', () => {
    const given = decided('upheld', objected(withdrawn()), '2027-12-01');
    const certificate = certificateOf(given.file, 'permit-end-2', given.now);
    expect(certificate?.facts.map(({ type }) => type)).toEqual(['objectionDecided', 'permitGranted']);
    expect(certificate && dateFrom(certificate)).toBe('2028-09-05');
  });

  it('that undoes a withdrawal changes nothing while another permit runs', () => {
    const given = objected(withdrawn())
      .told('lawyer', '2027-10-05', 'applicationSent', { kind: 'humanitarian' })
      .granted('2027-10-10', '2028-10-09');
    given.told('ind', '2027-12-01', 'objectionDecided', { outcome: 'upheld' });
    expect(given.situation.permit).toMatchObject({ kind: 'humanitarian', until: '2028-10-09' });
    expect(terms(given, 'permit-end')).toEqual(['permit-end 2028-09-05 lifted', 'permit-end-2 2028-10-09 running']);
  });

  it.each<[string, string, string, () => CaseOnTheClock]>([
    ['decision', 'a refusal', 'permitApplication', objected],
    ['decision', 'a withdrawal', 'permit', () => objected(withdrawn())],
    ['assistance', 'a refusal', 'permitApplication', () => objected(refused()).took('2027-10-02', 'assistance')],
    ['assistance', 'a withdrawal', 'permit', () => objected(withdrawn()).took('2027-10-02', 'assistance')],
    ['otherProcedure', 'a refusal', 'permitApplication', () => objected(refused()).took('2027-10-02', 'otherProcedure')],
    ['otherProcedure', 'a withdrawal', 'permit', () => objected(withdrawn()).took('2027-10-02', 'otherProcedure')],
    // From a stage whose row does not name it nobody moves.
    ['safeReturn', 'a refusal', 'safeReturn', () => objected().took('2027-10-02', 'return')],
    ['contactLost', 'a withdrawal', 'contactLost', () => objected(withdrawn()).told('police', '2027-10-02', 'departedUnknown', {})],
  ])('leads from %s, where it undoes %s, to %s', (from, _, to, given) => {
    const before = given();
    expect(before.situation.stage).toBe(from);
    expect(decided('upheld', before).situation.stage).toBe(to);
  });

  it('leaves what it undid to the next step of a person who prepares to go home, or who was lost', () => {
    const stopped = decided('upheld', objected().took('2027-10-02', 'return')).told('caseworker', '2028-01-11', 'returnStopped', {
      reason: 'ownWish',
    });
    expect(stopped.situation.stage).toBe('permitApplication');
    const lost = objected(withdrawn()).told('police', '2027-10-02', 'departedUnknown', {});
    expect(decided('upheld', lost).told('caseworker', '2028-01-11', 'returnedToContact', {}).situation.stage).toBe('permit');
  });

  it('about a renewal makes it pending again beside the permit, and moves nobody; about a longer stay it does', () => {
    const about = (kind: 'renewal' | 'longerStay') =>
      holder()
        .told('lawyer', '2027-09-10', 'applicationSent', { kind })
        .told('ind', '2027-09-20', 'permitRefused', {})
        .told('lawyer', '2027-10-01', 'objectionFiled', {})
        .told('ind', '2027-12-01', 'objectionDecided', { outcome: 'upheld' }).situation;
    expect(about('renewal')).toMatchObject({ stage: 'permit', application: { kind: 'renewal', renews: 'cooperation' } });
    expect(about('longerStay')).toMatchObject({ stage: 'permitApplication', application: { kind: 'longerStay' } });
  });

  it('that is upheld lifts the term to leave', () => {
    const late = mustLeave().told('lawyer', '2027-10-19T12:00', 'objectionFiled', {});
    expect(terms(decided('upheld', late, '2027-10-19T13:00'), 'departure-term')).toEqual(['departure-term 2027-10-19 lifted']);
  });

  it.each(notUpheld)('that is %s opens an appeal within four weeks, and a term to leave where it ends a suspension', (outcome) => {
    const given = decided(outcome);
    expect(terms(given, 'objection-decision', 'appeal', 'departure-term')).toEqual([
      'objection-decision 2028-02-28 met',
      'appeal 2028-02-07 running',
      'departure-term 2028-02-07 running',
    ]);
    expect(given.task('interim-measure-considered')).toMatchObject({ dueOn: '2028-01-11', owner: 'caseworker', statutory: true });
    expect(given.situation.stage).toBe('decision');
  });

  it.each<[string, () => CaseOnTheClock]>([
    ['suspended nothing', () => refused().told('lawyer', '2027-10-01', 'objectionFiled', { suspends: false })],
    ['was beside a pending application', () => objected().told('lawyer', '2027-10-05', 'applicationSent', { kind: 'humanitarian' })],
    [
      'was beside a permit that runs',
      () => objected().told('lawyer', '2027-10-05', 'applicationSent', { kind: 'humanitarian' }).granted('2027-10-06', '2028-10-05'),
    ],
    ['still has an interim measure beside another objection', () => measure(refusedTwiceAndObjectedTwice(), '2027-12-10')],
  ])('dismissed starts no term to leave if the objection %s', (_, given) => {
    expect(terms(decided('dismissed', given(), '2027-12-20'), 'departure-term')).toEqual([]);
  });

  it('warns of the appeal as of the objection, and the care coordinator too of the term to leave', () => {
    const given = decided('dismissed').until('2028-02-09');
    const mails = (about: string) => given.mailsAbout(about).map((mail) => mail.replace('T09:00', ''));
    expect(mails('appeal')).toEqual([
      ...['01-24', '01-31', '02-04', '02-06'].flatMap((day) => [`2028-${day} caseworker-1 warning`, `2028-${day} lawyer-1 warning`]),
      ...['02-08', '02-09'].flatMap((day) => [`2028-${day} caseworker-1 expired`, `2028-${day} supervisor-1 expired`]),
    ]);
    expect(mails('departure-term').filter((mail) => mail.includes('care-coordinator-1'))).toEqual(
      ['01-24', '01-31', '02-04', '02-06'].map((day) => `2028-${day} care-coordinator-1 warning`),
    );
  });

  it('is told by IND or the lawyer while an objection is undecided', () => {
    expect(objected().refusal('lawyer', '2027-10-05', 'objectionDecided', { outcome: 'upheld' })).toBeNull();
    expect(objected().refusal('caseworker', '2027-10-05', 'objectionDecided', { outcome: 'upheld' })?.code).toBe('role-not-allowed');
    expect(decided('dismissed').refusal('ind', '2028-01-11', 'objectionDecided', { outcome: 'upheld' })).toEqual({
      code: 'fact-not-possible',
      missing: ['objectionFiled'],
    });
  });
});

describe('several objections', () => {
  it('are decided, extended and given up one by one, the one filed first in front', () => {
    const given = refusedTwiceAndObjectedTwice();
    expect(terms(given, 'objection-decision')).toEqual([
      'objection-decision 2028-02-28 running',
      'objection-decision-2 2028-04-19 running',
    ]);
    given.told('ind', '2027-12-15', 'decisionTermExtended', { reason: 'other', of: 'objection' });
    expect(terms(given, 'objection-decision')).toEqual([
      'objection-decision 2028-05-29 running',
      'objection-decision-2 2028-04-19 running',
    ]);
    decided('upheld', given);
    expect(given.situation.application).toMatchObject({ kind: 'cooperation' });
    expect(terms(given, 'objection-decision')).toEqual(['objection-decision 2028-05-29 met', 'objection-decision-2 2028-04-19 running']);
    given.told('ind', '2028-01-12', 'decisionTermExtended', { reason: 'other', of: 'objection' });
    expect(terms(given, 'objection-decision').at(-1)).toBe('objection-decision-2 2028-07-19 running');
    given.told('ind', '2028-02-01', 'objectionDecided', { outcome: 'upheld' });
    expect(given.situation.application).toMatchObject({ kind: 'humanitarian' });
  });

  it('suspend departure until the last of them that suspends is decided', () => {
    const given = decided('dismissed', refusedTwiceAndObjectedTwice());
    expect(terms(given, 'departure-term')).toEqual([]);
    expect(terms(decided('dismissed', given, '2028-02-01'), 'departure-term')).toEqual(['departure-term 2028-02-29 running']);
  });

  it('may be one: it meets all terms to object, and is about the decision with the latest date', () => {
    const given = refusedTwice().told('lawyer', '2027-12-10', 'objectionFiled', {});
    expect(terms(given, 'objection')).toEqual(['objection 2027-10-18 met', 'objection-2 2027-12-08 met']);
    // Late for both, so it suspends nothing, and its term counts from its own date.
    expect(terms(given, 'objection-decision')).toEqual(['objection-decision 2028-04-21 running']);
    expect(decided('upheld', given).situation.application).toMatchObject({ kind: 'humanitarian' });
  });

  it('are in time if they are in time for one of the decisions', () => {
    const given = refusedTwice().told('lawyer', '2027-12-08', 'objectionFiled', {}).told('ind', '2027-12-09', 'returnDecisionIssued', {});
    expect(terms(given, 'departure-term')).toEqual([]);
  });
});
