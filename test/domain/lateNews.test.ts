import { pathwayView } from '../../src/domain/views/pathway';
import { daysAfter, type PlainDate } from '../../src/domain/basics/calendar';
import { deadlineState } from '../../src/domain/plan/deadlines';
import type { FactType } from '../../src/domain/facts/catalogue';
import { aCase, callerOf, instantOfWhen, type CaseOnTheClock, type When } from '../support/aCase';

/** The period runs from 30 November 2027 to the end of 29 February 2028. */
const inReflection = () => aCase({ registered: '2027-11-30T09:00' }).startedReflection('2027-11-30T11:00');
const lastMinute = '2028-02-29T23:59';
const firstMinute = '2028-03-01T00:00';

describe('the end of the three months', () => {
  it('is the end of the last day of February, not the ninetieth day', () => {
    const given = inReflection();
    expect(given.stageAt('2028-02-28T12:00')).toBe('reflection');
    expect(given.stageAt(lastMinute)).toBe('reflection');
    expect(given.at(firstMinute)).toMatchObject({
      stage: 'decision',
      since: '2028-03-01',
      because: { fact: 'expiry', on: '2028-03-01' },
      period: { endsOn: '2028-02-29', end: 'expired', endedOn: '2028-02-29' },
    });
  });

  it.each<[PlainDate, PlainDate]>([
    ['2027-07-31', '2027-10-31'],
    ['2027-12-28', '2028-03-28'],
    ['2027-12-26', '2028-03-26'],
  ])('after a start on %s comes at midnight after %s, despite clock changes in that night', (start, end) => {
    const given = aCase({ registered: `${start}T09:00` }).startedReflection(`${start}T11:00`);
    expect(given.stageAt(`${end}T23:59`)).toBe('reflection');
    expect(given.at(`${end}T23:59`).period?.endsOn).toBe(end);
    expect(given.stageAt(`${daysAfter(end, 1)}T00:00`)).toBe('decision');
  });

  it('is shown in the stage decision, with the date since when nothing suspends departure', () => {
    const view = (given: CaseOnTheClock, when: string) => pathwayView(given.file, instantOfWhen(when), callerOf('caseworker'), 'en');
    expect(view(inReflection(), firstMinute).suspensionEndedOn).toBe('2028-03-01');
    expect(view(inReflection(), lastMinute).suspensionEndedOn).toBeNull();
  });

  it('does not come after a journey home, nor while the case is closed', () => {
    const travelled = inReflection().told('caseworker', '2028-01-10', 'travelled', {});
    expect(travelled.at('2028-04-01')).toMatchObject({ stage: 'aftercare', period: { end: null } });
    expect(travelled.at('2028-04-01').tasks.map(({ id }) => id)).not.toContain('tell-dtv');
  });

  it('outside reflection changes no stage, but DT&V gets a task', () => {
    const given = inReflection().took('2028-01-10', 'return').until(firstMinute);
    expect(given.situation).toMatchObject({ stage: 'safeReturn', period: { end: 'expired' } });
    expect(given.openTasks()).toContain('tell-dtv');
  });

  it('comes once: a second period is refused in every stage', () => {
    for (const given of [
      inReflection(),
      inReflection().declined('2028-01-10'),
      inReflection().cooperated('2028-01-10'),
      inReflection().until('2028-03-02'),
    ]) {
      expect(given.refusal('police', '2028-03-05', 'reflectionStarted', {})?.code).toBe('no-second-period');
    }
  });

  it('may still lie ahead of a person who first said no and starts later, from decision', () => {
    const given = aCase().told('police', '2027-09-03', 'reflectionDeclined', { confirmed: true }).startedReflection('2027-09-20');
    expect(given.situation).toMatchObject({ stage: 'reflection', period: { startedOn: '2027-09-20', endsOn: '2027-12-20' } });
    expect(
      aCase()
        .told('police', '2027-09-03', 'eligibilityDecided', { eligible: false, ground: 'refusedEntry' })
        .refusal('police', '2027-09-20', 'reflectionStarted', {})?.code,
    ).toBe('fact-not-possible');
  });
});

describe('an answer on the last day of the period', () => {
  it('recorded in its last minute is within the period', () => {
    expect(inReflection().cooperated(lastMinute).situation).toMatchObject({
      stage: 'permitApplication',
      period: { end: 'cooperated', endedOn: '2028-02-29' },
    });
  });

  it('recorded in the first minute after it, about that day, replaces the expiry', () => {
    const given = inReflection().cooperated(firstMinute, '2028-02-29');
    expect(given.situation).toMatchObject({ stage: 'permitApplication', period: { end: 'cooperated', endedOn: '2028-02-29' } });
    expect(given.stateOf('tell-dtv')).toBe('lapsed');
    expect(given.stateOf('decide-route')).toBe('done');
    expect(given.situation.deadlines[0]?.end?.state).toBe('met');
  });

  it('recorded in that minute, about the new day, leaves the period expired', () => {
    expect(inReflection().cooperated(firstMinute).situation).toMatchObject({
      stage: 'permitApplication',
      period: { end: 'expired', endedOn: '2028-02-29' },
    });
  });

  it('gives the same case whether another fact came before or after midnight', () => {
    const one = inReflection().told('lawyer', lastMinute, 'legalAdviceTaken', {}).cooperated('2028-03-02', '2028-02-20');
    const other = inReflection()
      .told('lawyer', firstMinute, 'legalAdviceTaken', { on: '2028-02-29' })
      .cooperated('2028-03-02', '2028-02-20');
    expect(one.situation.period).toEqual(other.situation.period);
    expect(one.situation.stage).toBe(other.situation.stage);
  });

  it('gives the same help in a later decision, whichever fact was recorded first', () => {
    const applied = [
      inReflection().cooperated(lastMinute).told('lawyer', firstMinute, 'legalAdviceTaken', {}),
      inReflection().told('lawyer', firstMinute, 'legalAdviceTaken', {}).cooperated('2028-03-01T00:01', '2028-02-29'),
    ];
    for (const given of applied) {
      given.told('ind', '2028-03-20', 'permitRefused', {});
      expect(given.openTasks().map((id) => id.replace(/-2$/, ''))).toEqual(expect.arrayContaining(['victim-statement', 'decide-route']));
      expect(given.openTasks()).not.toContain('tell-dtv');
    }
  });
});

describe('an answer recorded in time and corrected to a day after the period', () => {
  const right = { on: '2028-03-02' } as const;

  it.each<[string, (given: CaseOnTheClock, when: When) => CaseOnTheClock, FactType, object]>([
    ['the cooperation', (given, when) => given.cooperated(when), 'cooperated', { form: 'reportSigned' }],
    ['another route', (given, when) => given.told('ind', when, 'otherApplicationFiled', {}), 'otherApplicationFiled', {}],
  ])('leaves the same case as if it was recorded after the period: %s', (_, told, type, fields) => {
    const corrected = told(inReflection(), '2028-02-28').corrects('supervisor', '2028-03-03', 'fact-2', { type, ...fields, ...right });
    const after = told(inReflection(), '2028-03-02').until('2028-03-03');
    const of = ({ situation: { stage, period, tasks } }: CaseOnTheClock) => ({
      stage,
      period,
      ended: tasks.map(({ id, end }) => [id, end?.state ?? 'open']),
    });
    expect(of(corrected)).toEqual(of(after));
    expect(corrected.situation.period?.end).toBe('expired');
  });

  it('is not possible if it is not possible after the period: a no', () => {
    const wrong = { replaces: 'fact-2', with: { type: 'declined', confirmed: true, ...right }, reason: 'mistake' } as const;
    expect(inReflection().declined('2028-02-28').refusal('supervisor', '2028-03-03', 'corrected', wrong)?.code).toBe('fact-not-possible');
  });
});

describe('a route that was decided on the last day and recorded afterwards', () => {
  const proposed = () => inReflection().proposed('2028-02-29T20:00', 'return');
  const decided = { route: 'return', grounds: ['ownWish'], on: '2028-02-29' } as const;

  it('is judged as in reflection, if its proposal was open', () => {
    const given = proposed().told('supervisor', '2028-03-02', 'routeDecided', decided);
    expect(given.situation).toMatchObject({ stage: 'safeReturn', period: { end: 'expired' } });
  });

  it('is judged so whatever people did since, and changes the stage if the table allows it', () => {
    const given = proposed().told('police', '2028-03-02T09:00', 'departedUnknown', {});
    given.told('supervisor', '2028-03-02T10:00', 'routeDecided', decided);
    expect(given.situation.stage).toBe('contactLost');
  });

  it('needs a new proposal if the decision was after that day', () => {
    expect(proposed().refusal('supervisor', '2028-03-02', 'routeDecided', { ...decided, on: '2028-03-01' })?.code).toBe('no-proposal');
    const { file, now } = proposed().until('2028-03-02');
    expect(pathwayView(file, now, callerOf('supervisor'), 'en').allowedFacts).not.toContain('routeDecided');
  });

  it('is refused if the supervisor had rejected the proposal', () => {
    const given = proposed().told('supervisor', '2028-02-29T21:00', 'routeRejected', { route: 'return', reason: 'other' });
    expect(given.refusal('supervisor', '2028-03-02', 'routeDecided', decided)?.code).toBe('no-proposal');
  });
});

describe('late news about the period', () => {
  const late = '2028-03-10T10:00';
  const within: PlainDate = '2028-02-10';

  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock, string, string]>([
    ['the person cooperated', (given) => given.cooperated(late, within), 'cooperated', 'permitApplication'],
    ['the person declined', (given) => given.declined(late, within), 'declined', 'decision'],
    ['the person left', (given) => given.told('police', late, 'departedUnknown', { on: within }), 'departedUnknown', 'contactLost'],
    [
      'the person filed another application',
      (given) => given.told('ind', late, 'otherApplicationFiled', { on: within }),
      'otherApplication',
      'otherProcedure',
    ],
  ])('that %s within the three months ends them by its own date', (_, fact, end, stage) => {
    const given = fact(inReflection());
    expect(given.situation).toMatchObject({ stage, period: { end, endedOn: within } });
    // DT&V is told of whoever declined, after all.
    expect(given.stateOf('tell-dtv')).toBe(end === 'declined' ? 'overdue' : 'lapsed');
    expect(given.situation.deadlines[0]?.end?.state).toBe(end === 'cooperated' || end === 'declined' ? 'met' : 'lifted');
    const ladder = given.until('2028-04-10').mailsAbout('reflection-period');
    expect(ladder.filter((mail) => mail > late)).toEqual([]);
  });

  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock, string]>([
    ['cooperated', (given) => given.cooperated(late), 'permitApplication'],
    ['left', (given) => given.told('police', late, 'departedUnknown', {}), 'contactLost'],
    ['filed another application', (given) => given.told('ind', late, 'otherApplicationFiled', {}), 'otherProcedure'],
  ])('that the person %s only after them leaves them expired', (_, fact, stage) => {
    expect(fact(inReflection()).situation).toMatchObject({ stage, period: { end: 'expired', endedOn: '2028-02-29' } });
  });

  it('that the person travelled within the three months takes the expiry back', () => {
    const given = inReflection().told('caseworker', late, 'travelled', { on: within });
    expect(given.situation).toMatchObject({ stage: 'aftercare', period: { end: null, endedOn: null } });
    expect(given.situation.deadlines[0]?.end?.state).toBe('lifted');
    expect(given.stateOf('tell-dtv')).toBe('lapsed');
  });

  it('that the person travelled after them leaves them expired, and their deadline passed', () => {
    const given = inReflection().told('caseworker', late, 'travelled', {});
    expect(given.situation.period).toMatchObject({ end: 'expired' });
    expect(
      given
        .at(late)
        .deadlines.slice(0, 1)
        .map((each) => deadlineState(each, instantOfWhen(late))),
    ).toEqual(['passed']);
  });

  it('of a no is accepted for a day within the period, and for no other', () => {
    const given = inReflection();
    expect(given.refusal('police', late, 'declined', { confirmed: true, on: within })).toBeNull();
    expect(given.refusal('police', late, 'declined', { confirmed: true, on: '2028-02-29' })).toBeNull();
    expect(given.refusal('police', late, 'declined', { confirmed: true, on: '2028-03-01' })?.code).toBe('fact-not-possible');
  });

  it('about the days before the period does not count for the period', () => {
    const given = aCase({ registered: '2027-11-30T09:00', observedOn: '2027-11-01' }).startedReflection('2027-11-30T11:00');
    expect(given.refusal('police', late, 'declined', { confirmed: true, on: '2027-11-20' })?.code).toBe('fact-not-possible');
    expect(given.cooperated(late, '2027-11-20').situation.period?.end).toBe('expired');
  });

  it('about the days before never ends a running period earlier than its start', () => {
    const given = aCase({ registered: '2027-11-30T09:00', observedOn: '2027-11-01' }).startedReflection('2027-11-30T11:00');
    expect(given.cooperated('2027-12-05', '2027-11-20').situation.period).toMatchObject({ end: 'cooperated', endedOn: '2027-11-30' });
  });

  it('counts whatever people did since the end, and changes the stage only if its own row allows it', () => {
    const given = inReflection().took('2028-03-05', 'return').declined(late, within);
    expect(given.situation).toMatchObject({ stage: 'safeReturn', period: { end: 'declined', endedOn: within } });
    const assisted = inReflection().took('2028-03-05', 'assistance').cooperated(late, within);
    expect(assisted.situation).toMatchObject({ stage: 'permitApplication', period: { end: 'cooperated', endedOn: within } });
  });

  it('of a no is refused if a route home was chosen before the end of the period', () => {
    const goingHome = inReflection().took('2028-01-10', 'return');
    expect(goingHome.refusal('police', '2028-02-20', 'declined', { confirmed: true })?.code).toBe('fact-not-possible');
    expect(goingHome.refusal('police', late, 'declined', { confirmed: true, on: within })?.code).toBe('fact-not-possible');
    const back = goingHome.told('caseworker', '2028-03-05', 'returnStopped', { reason: 'ownWish' });
    expect(back.refusal('police', late, 'declined', { confirmed: true, on: within })?.code).toBe('fact-not-possible');
  });

  it('is accepted once: the next of its kind finds no expired period', () => {
    const given = inReflection().cooperated(late, within);
    expect(given.refusal('police', '2028-03-11', 'declined', { confirmed: true, on: '2028-02-05' })?.code).toBe('fact-not-possible');
    expect(given.cooperated('2028-03-11', '2028-02-01').situation.period).toMatchObject({ end: 'cooperated', endedOn: within });
  });

  it('ends nothing in a closed case', () => {
    const given = inReflection();
    for (const { id, statutory } of given.situation.tasks)
      if (statutory && id !== 'offer-reflection-period') given.completed('2027-12-01', id);
    given.until(firstMinute).completed('2028-03-02', 'victim-statement').told('supervisor', '2028-03-03', 'closed', { result: 'assisted' });
    expect(given.refusal('police', late, 'cooperated', { form: 'reportSigned', on: within })?.code).toBe('fact-not-possible');
  });

  it('is not about events after the last day, also if the case was closed that day and reopened', () => {
    const given = inReflection().didEverything('2027-12-01').told('supervisor', '2027-12-02', 'closed', { result: 'assisted' });
    given.told('supervisor', '2028-03-05', 'reopened', { reason: 'newInformation' }).cooperated(late);
    expect(given.situation).toMatchObject({ stage: 'permitApplication', period: { end: null, endedOn: null } });
  });
});

describe('the date of a fact', () => {
  it('in the future is refused, and today is accepted', () => {
    const given = inReflection();
    expect(given.refusal('police', '2027-12-05T23:59', 'interviewHeld', { on: '2027-12-06' })?.code).toBe('date-in-future');
    expect(given.refusal('police', '2027-12-06T00:00', 'interviewHeld', { on: '2027-12-06' })).toBeNull();
  });

  it('before the indication is refused, and that day is accepted', () => {
    const given = aCase({ registered: '2027-11-30T09:00', observedOn: '2027-11-28' });
    expect(given.refusal('police', '2027-12-05', 'reflectionStarted', { on: '2027-11-27' })?.code).toBe('date-before-start');
    expect(given.refusal('police', '2027-12-05', 'reflectionStarted', { on: '2027-11-28' })).toBeNull();
  });
});
