import fc from 'fast-check';
import { epoch, instantOf } from '../../src/domain/basics/calendar';
import type { FactType } from '../../src/domain/facts/catalogue';
import { deadlineState } from '../../src/domain/plan/deadlines';
import { pathwayView } from '../../src/domain/views/pathway';
import { sentenceOf } from '../../src/domain/views/timeline';
import { aCase, callerOf, localTime, type CaseOnTheClock, type Fields } from '../support/aCase';
import { attempt, someAttempts, someOpening } from '../support/someFacts';

/* A case is reopened because it goes on, or because closing it was a mistake (docs/policy.md, fine print 11, fine print 12, fine print 21). */

type Reason = Fields<'reopened'>['reason'];
const inReflection = () => aCase().startedReflection('2027-09-01T11:00');
/** Every task that is owed by law is settled, so that the case may be closed. */
const settled = (given: CaseOnTheClock, when: string) => {
  for (const { id, rule, statutory, end } of given.situation.tasks)
    if (statutory && end === null && rule !== 'decide-route')
      given.told('supervisor', when, 'taskWaived', { task: id, reason: 'notNeeded' });
  return given;
};
const closed = (given: CaseOnTheClock, when: string, result: Fields<'closed'>['result'] = 'assisted') =>
  given.told('supervisor', when, 'closed', { result });
const reopened = (given: CaseOnTheClock, when: string, reason: Reason) => given.told('supervisor', when, 'reopened', { reason });
const closedAndReopened = (given: CaseOnTheClock, reason: Reason, when = '2027-09-11T11:00') =>
  reopened(closed(settled(given, '2027-09-10T10:00'), '2027-09-10T11:00'), when, reason);
const deadlines = ({ situation, now }: CaseOnTheClock) =>
  situation.deadlines.map((each) => `${each.id} ${each.date} ${deadlineState(each, now)}`);
const mailsSince = ({ mails }: CaseOnTheClock, at: string) =>
  mails.filter((mail) => mail.at > at).map((mail) => `${mail.at} ${mail.to} ${mail.items.join(', ')}`);
const warnings = (given: CaseOnTheClock, reader: string) =>
  given.mailsAbout('reflection-period', reader).map((mail) => mail.replace(`T09:00 ${reader}`, ''));

describe('the closing of a case', () => {
  it('waits for each task that is owed by law, which the refusal names', () => {
    expect(inReflection().refusal('supervisor', '2027-09-02', 'closed', { result: 'assisted' })).toMatchObject({
      code: 'fact-not-possible',
      missing: expect.arrayContaining(['comensha-registration', 'm55-reflection-notice', 'rvb-form', 'reporting-duty-1']) as string[],
    });
  });

  it.each(['died', 'notAVictim'] as const)('with the result %s waits for nothing, and ends every task', (result) => {
    const given = closed(inReflection(), '2027-09-02', result);
    expect(given.situation).toMatchObject({ stage: 'closed', result });
    expect(given.openTasks()).toEqual([]);
    expect(['comensha-registration', 'rvb-form', 'safety-plan'].map((task) => given.stateOf(task))).toEqual(['lapsed', 'lapsed', 'lapsed']);
    expect(mailsSince(given.until('2028-03-01'), '2027-09-02T10:00')).toEqual([]);
  });

  it.each(['permit', 'longerStay', 'returned', 'otherProcedure', 'contactLost'] as const)('with the result %s waits for them', (result) => {
    expect(inReflection().refusal('supervisor', '2027-09-02', 'closed', { result })?.code).toBe('fact-not-possible');
  });

  it('ends the choice of a route as done', () => {
    const given = closed(inReflection().declined('2027-09-02'), '2027-09-03', 'died');
    expect(given.stateOf('decide-route')).toBe('done');
  });
});

describe('a case that is reopened since there is news', () => {
  it('has its term again, which is not shown as lifted and warns of what is ahead', () => {
    const given = closedAndReopened(inReflection(), 'newInformation', '2027-11-05T11:00');
    expect(deadlines(given)).toEqual(['reflection-period 2027-12-01 running']);
    given.until('2028-01-01');
    expect(warnings(given, 'caseworker-1').slice(0, 6)).toEqual([
      '2027-11-17 warning',
      '2027-11-24 warning',
      '2027-11-28 warning',
      '2027-11-30 warning',
      '2027-12-02 expired',
      '2027-12-03 expired',
    ]);
    expect(warnings(given, 'supervisor-1')[0]).toBe('2027-11-24 warning');
    expect(given.situation).toMatchObject({ stage: 'decision', period: { end: 'expired' } });
  });

  it('has no tasks again but those of entering its stage', () => {
    const given = closedAndReopened(inReflection(), 'newInformation').until('2027-11-30');
    expect(given.openTasks()).toEqual([]);
    expect(given.stateOf('safety-plan')).toBe('lapsed');
    const decision = closedAndReopened(inReflection().declined('2027-09-02'), 'other');
    expect(decision.openTasks()).toEqual(['ask-reporting-duty-2', 'decide-route-2']);
  });

  it('leaves a term lifted of which the last day is over', () => {
    const given = closedAndReopened(inReflection(), 'newInformation', '2027-12-02T00:00');
    expect(given.situation.stage).toBe('decision');
    expect(deadlines(given)).toEqual(['reflection-period 2027-12-01 lifted']);
    expect(given.until('2028-01-01').mailsAbout('reflection-period')).toEqual([]);
    expect(deadlines(closedAndReopened(inReflection(), 'newInformation', '2027-12-01T23:59'))).toEqual([
      'reflection-period 2027-12-01 running',
    ]);
  });

  it('leaves a term met or lifted that was so before the closing', () => {
    const refused = () => inReflection().cooperated('2027-09-02').told('ind', '2027-09-03', 'permitRefused', {});
    const objected = refused().told('lawyer', '2027-09-04', 'objectionFiled', {});
    expect(deadlines(closedAndReopened(objected, 'other'))).toEqual([
      'reflection-period 2027-12-01 met',
      'objection 2027-10-01 met',
      'objection-decision 2028-02-11 running',
    ]);
    const lifted = refused().told('supervisor', '2027-09-04', 'deadlineLifted', { deadline: 'objection', reason: 'ownWish' });
    expect(deadlines(closedAndReopened(lifted, 'other'))).toContain('objection 2027-10-01 lifted');
  });

  it('has every other term again too, each with its old number', () => {
    const given = closedAndReopened(inReflection().cooperated('2027-09-02').granted('2027-09-03', '2028-09-02'), 'other');
    expect(given.situation.stage).toBe('permit');
    expect(deadlines(given)).toEqual([
      'reflection-period 2027-12-01 met',
      'permit-end 2028-09-02 running',
      'renewal-application 2028-09-02 running',
      'three-years 2030-09-03 running',
    ]);
    expect(given.until('2028-07-01').mailsAbout('renewal-application')).toEqual(['2028-06-04T09:00 caseworker-1 warning']);
  });

  it('keeps its closing in the timeline, and may be closed again', () => {
    const given = closedAndReopened(inReflection(), 'newInformation');
    expect(closed(given, '2027-09-12').situation).toMatchObject({ stage: 'closed', result: 'assisted' });
    expect(deadlines(given)).toEqual(['reflection-period 2027-12-01 lifted']);
    expect(deadlines(reopened(given, '2027-09-13', 'other'))).toEqual(['reflection-period 2027-12-01 running']);
  });
});

describe('a case that is reopened since closing it was a mistake', () => {
  const neverClosed = () => settled(inReflection(), '2027-09-10T10:00').until('2027-09-11T11:00');
  const whatIs = ({ situation }: CaseOnTheClock) => ({
    ...situation,
    tasks: situation.tasks.map(({ plannedAt: _, ...task }) => task),
    deadlines: situation.deadlines.map(({ knownAt: _, corrected: __, ...deadline }) => deadline),
    effectiveFacts: Object.fromEntries(Object.entries(situation.effectiveFacts).filter(([type]) => type !== 'corrected')),
  });

  it('is as if it had never been closed: stage, tasks, terms, period, team', () => {
    expect(whatIs(closedAndReopened(inReflection(), 'mistake'))).toEqual(whatIs(neverClosed()));
  });

  it('is so in whatever story, whenever it is reopened', () => {
    const tellable = (type: FactType) => !['closed', 'reopened', 'corrected', 'intakeCorrected'].includes(type);
    const withoutTimes = (given: CaseOnTheClock) => {
      const { notices, referral: _, alarms, ...situation } = whatIs(given);
      return { ...situation, notices: notices.map(({ id }) => id), alarms: alarms.map(({ about, cause }) => `${about} ${cause}`) };
    };
    fc.assert(
      fc.property(someOpening, someAttempts(10), fc.nat(60 * 24 * 60), (opening, attempts, minutes) => {
        const [wrong, never] = [aCase({ ...opening, post: 'closed' }), aCase({ ...opening, post: 'closed' })];
        for (const each of attempts) for (const given of [wrong, never]) attempt(given, each, tellable);
        const later = localTime(instantOf(epoch(wrong.now) + minutes * 60_000));
        reopened(closed(wrong, localTime(wrong.now), 'died'), later, 'mistake');
        expect(withoutTimes(wrong)).toEqual(withoutTimes(never.until(later)));
      }),
      { numRuns: 25 },
    );
  });

  it('tells partners that what they were told of the closing was wrong', () => {
    const home = inReflection()
      .took('2027-09-02', 'return')
      .told('caseworker', '2027-09-02T12:00', 'returnRequested', {})
      .told('caseworker', '2027-09-02T12:05', 'consentGiven', { purpose: 'returnDataExchange' });
    const given = reopened(closed(home, '2027-09-03', 'died'), '2027-09-04', 'mistake').until('2027-09-10');
    expect(given.notices.map(({ at, partner, notice }) => `${at} ${partner} ${notice}`)).toEqual([
      '2027-09-02T12:05 iom return-referral',
      '2027-09-03T10:00 iom return-stopped',
      '2027-09-04T10:00 iom correction',
    ]);
    expect(given.mailsAbout('return-referral')).toEqual(['2027-09-09T09:00 caseworker-1 overdue']);
  });

  it('goes on as if it had never been closed: the same mails for months, but for what is new on the first morning', () => {
    const [again, never] = [closedAndReopened(inReflection(), 'mistake'), neverClosed()].map((given) =>
      mailsSince(given.until('2028-03-01'), '2027-09-12T09:00'),
    );
    expect(again).toEqual(never);
    expect(again?.length).toBeGreaterThan(100);
  });

  it('treats the tasks that closing had lapsed as new: those of hours at once, the others on the next morning', () => {
    const given = closedAndReopened(inReflection(), 'mistake').until('2027-09-12T12:00');
    const since = given.mails.filter(({ at }) => at > '2027-09-11T10:00');
    const ofHours = ['safety-assessment', 'interpreter', 'own-language-information', 'phone-and-location-safety'];
    expect(since.filter(({ to }) => to === 'caseworker-1').map(({ at, items }) => [at, ...items])[0]).toEqual([
      '2027-09-11T11:00',
      ...ofHours.map((task) => `${task} planned`),
    ]);
    expect(given.mailsAbout('care-plan', 'care-coordinator-1').at(-1)).toBe('2027-09-12T09:00 care-coordinator-1 planned');
    expect(since.map((mail) => mail.class)).not.toContain('alarm');
  });

  it('has its recurring tasks again, each month', () => {
    const given = closedAndReopened(inReflection(), 'mistake', '2027-10-20T11:00').until('2027-11-15');
    expect(given.taskIds().filter((id) => id.startsWith('risk-and-plan-review'))).toEqual([
      'risk-and-plan-review-1',
      'risk-and-plan-review-2',
      'risk-and-plan-review-3',
    ]);
    expect(given.stateOf('risk-and-plan-review-1')).toBe('overdue');
  });

  it('sends no alarm for an hour that passed while it was closed', () => {
    const given = closed(settled(aCase(), '2027-09-01T10:00'), '2027-09-01T11:00');
    reopened(given, '2027-09-03T11:00', 'mistake').until('2027-09-05');
    expect(given.mails.filter((mail) => mail.class === 'alarm')).toEqual([]);
    expect(given.stateOf('safety-assessment')).toBe('overdue');
    expect(given.mailsAbout('safety-assessment', 'caseworker-1').at(-1)).toMatch(/^2027-09-0[45]T09:00 caseworker-1 (planned|overdue)$/);
  });

  it('sends no step of the days while it was closed, but the last warning of a term', () => {
    const given = closedAndReopened(inReflection(), 'mistake', '2027-11-20T11:00').until('2027-11-22');
    expect(warnings(given, 'caseworker-1')).toEqual(['2027-11-21 warning']);
  });

  it('has ended by silence if the three months ran out while it was closed, and people are told as of other silences', () => {
    const given = closedAndReopened(inReflection(), 'mistake', '2027-12-10T11:00');
    expect(given.situation).toMatchObject({
      stage: 'decision',
      because: { fact: 'expiry' },
      period: { end: 'expired', endedOn: '2027-12-01' },
    });
    expect(deadlines(given)).toEqual(['reflection-period 2027-12-01 passed']);
    expect(given.openTasks()).toEqual(expect.arrayContaining(['decide-route', 'victim-statement', 'tell-dtv', 'safety-plan']));
    given.until('2027-12-14');
    expect(warnings(given, 'caseworker-1')).toEqual(['2027-12-11 expired', '2027-12-13 expired']);
    expect(given.mails.filter((mail) => mail.class === 'alarm' && mail.at > '2027-09-10T11:00')).toEqual([]);
  });

  it('strikes out the last closing of several alone', () => {
    const given = closed(closedAndReopened(inReflection(), 'other'), '2027-09-12');
    reopened(given, '2027-09-13', 'mistake');
    expect(given.situation.stage).toBe('reflection');
    expect(given.openTasks()).toEqual([]);
    expect(deadlines(given)).toEqual(['reflection-period 2027-12-01 running']);
  });

  it('keeps both facts in the timeline', () => {
    const given = closedAndReopened(inReflection(), 'mistake');
    expect(given.file.entries.slice(-2).map((entry) => sentenceOf(entry, 'en'))).toEqual([
      'Case closed: assisted.',
      'Case reopened: a mistake.',
    ]);
  });

  it('is closed again if the reopening itself was wrong', () => {
    const given = closedAndReopened(inReflection(), 'mistake');
    const id = given.file.entries.at(-1)?.id ?? '';
    expect(given.refusal('caseworker', '2027-09-12', 'corrected', { replaces: id, reason: 'mistake' })?.code).toBe('role-not-allowed');
    given.corrects('supervisor', '2027-09-12', id);
    expect(given.situation).toMatchObject({ stage: 'closed', result: 'assisted' });
    expect(given.openTasks()).toEqual([]);
    expect(reopened(given, '2027-09-13', 'mistake').situation.stage).toBe('reflection');
  });

  it('is as if it had never been closed also where that reason is put right later, until the correction is taken back', () => {
    const asMistake = { type: 'reopened', reason: 'mistake' } as const;
    const given = closedAndReopened(inReflection(), 'newInformation');
    const [reopening = '', at] = [given.file.entries.at(-1)?.id, '2027-09-11T12:00'];
    given.corrects('supervisor', at, reopening, asMistake);
    expect(whatIs(given)).toEqual(whatIs(neverClosed().until(at)));
    given.corrects('supervisor', '2027-09-12', given.file.entries.at(-1)?.id ?? '');
    expect(given.situation.stage).toBe('reflection');
    expect(given.stateOf('safety-plan')).toBe('lapsed');
  });

  it('strikes out the closing before the reopening of which the reason is put right, and no later one', () => {
    const given = closedAndReopened(inReflection(), 'newInformation');
    const reopening = given.file.entries.at(-1)?.id ?? '';
    closed(given, '2027-09-12', 'died').corrects('supervisor', '2027-09-13', reopening, { type: 'reopened', reason: 'mistake' });
    expect(given.situation).toMatchObject({ stage: 'closed', result: 'died' });
    reopened(given, '2027-09-14', 'mistake');
    expect(given.situation.stage).toBe('reflection');
    expect(given.stateOf('safety-plan')).toBe('overdue');
  });

  it('says what comes next', () => {
    const given = closedAndReopened(inReflection(), 'mistake');
    const { next, stage } = pathwayView(given.file, given.now, callerOf('supervisor'), 'en');
    expect(stage).toBe('reflection');
    expect(next.length).toBeGreaterThan(0);
  });
});
