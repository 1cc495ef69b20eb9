import { deadlineState } from '../../src/domain/plan/deadlines';
import { aCase, instantOfWhen, type CaseOnTheClock, type When } from '../support/aCase';

/** The case opens on 1 September 2027. The period starts that day and ends on 1 December. */
const inReflection = () => aCase().startedReflection('2027-09-01T11:00');
const applicant = () => inReflection().cooperated('2027-09-10');
const withLawyer = () => applicant().told('supervisor', '2027-09-10T12:00', 'teamChanged', { role: 'lawyer', staffId: 'lawyer-1' });
const holder = () => applicant().granted('2027-09-15', '2028-09-14');
const goingHome = () => inReflection().took('2027-09-06', 'return');

describe('the date of a deadline', () => {
  it.each<[string, string, () => CaseOnTheClock, string]>([
    ['reflection-period', 'three months after the start', inReflection, '2027-12-01'],
    [
      'reflection-period',
      'thirty days after it in a Dublin case',
      () => aCase({ person: { residence: 'dublin' } }).startedReflection('2027-09-01T11:00'),
      '2027-10-01',
    ],
    [
      'ind-decision',
      'ninety days after the M55 was sent',
      () => applicant().completed('2027-09-13', 'm55-cooperation-notice'),
      '2027-12-12',
    ],
    [
      'ind-decision',
      'ninety days after an application',
      () => inReflection().declined('2027-09-05').told('lawyer', '2027-09-06', 'applicationSent', { kind: 'humanitarian' }),
      '2027-12-05',
    ],
    [
      'ind-decision',
      'six months after the last of the ninety days once extended',
      () =>
        applicant()
          .completed('2027-09-13', 'm55-cooperation-notice')
          .told('ind', '2027-10-01', 'decisionTermExtended', { reason: 'other' }),
      '2028-06-12',
    ],
    [
      'ind-decision-target',
      'the day after the M55 was sent',
      () => applicant().completed('2027-09-13', 'm55-cooperation-notice'),
      '2027-09-14',
    ],
    ['permit-end', 'the last day of the permit', holder, '2028-09-14'],
    ['objection', 'four weeks after a refusal', () => applicant().told('ind', '2027-09-20', 'permitRefused', {}), '2027-10-18'],
    [
      'objection',
      'four weeks after a permit was withdrawn',
      () => holder().told('ind', '2027-09-20', 'permitEnded', { reason: 'withdrawn' }),
      '2027-10-18',
    ],
    [
      'departure-term',
      'four weeks after a return decision',
      () => applicant().told('ind', '2027-09-20', 'returnDecisionIssued', {}),
      '2027-10-18',
    ],
    ['art12-complaint', 'three months after a formal notice of dismissal', dismissed, '2027-12-20'],
    [
      'risk-assessment',
      'thirty days after an assessment that allows travel, also one that was told before the person began to prepare',
      () => inReflection().told('careCoordinator', '2027-09-03', 'riskAssessed', { outcome: 'acceptable' }).took('2027-09-06', 'return'),
      '2027-10-03',
    ],
    [
      'risk-assessment',
      'thirty days after an assessment that allows travel',
      () => goingHome().told('careCoordinator', '2027-09-20', 'riskAssessed', { outcome: 'acceptableWithMeasures' }),
      '2027-10-20',
    ],
    [
      'arrival-confirmation',
      'the day after the journey',
      () => goingHome().told('caseworker', '2027-09-20', 'travelled', {}),
      '2027-09-21',
    ],
  ])('%s: %s', (id, _, given, date) => {
    expect(running(given())).toContain(`${id} ${date}`);
  });

  it('is counted from the date of the fact, not from the day of its recording', () => {
    expect(running(aCase({ observedOn: '2027-08-20' }).startedReflection('2027-09-10', '2027-08-31'))).toEqual([
      'reflection-period 2027-11-30',
    ]);
  });

  it('for a witness is that of the ninety days, without the target of one day', () => {
    const given = inReflection()
      .told('police', '2027-09-10', 'cooperated', { form: 'witness' })
      .completed('2027-09-13', 'm55-cooperation-notice');
    expect(running(given)).toEqual(['ind-decision 2027-12-12']);
  });

  it('of IND does not start by a notice that is sent when nothing is pending any more', () => {
    const given = applicant().told('ind', '2027-09-12', 'permitRefused', {});
    expect(given.stateOf('m55-cooperation-notice')).toBe('lapsed');
    expect(given.refusal('caseworker', '2027-09-13', 'taskCompleted', { task: 'm55-cooperation-notice' })?.code).toBe('already-recorded');
    const reopened = given
      .told('caseworker', '2027-09-13T11:00', 'taskReopened', { task: 'm55-cooperation-notice' })
      .completed('2027-09-13T12:00', 'm55-cooperation-notice');
    expect(running(reopened)).toEqual(['objection 2027-10-10']);
  });

  it('of IND stays for the running term, and a second term gets the next number', () => {
    const sent = applicant()
      .completed('2027-09-13', 'm55-cooperation-notice')
      .told('lawyer', '2027-09-20', 'applicationSent', { kind: 'humanitarian' });
    expect(running(sent)).toContain('ind-decision 2027-12-12');
    const again = sent
      .told('ind', '2027-09-21', 'permitRefused', {})
      .told('lawyer', '2027-09-22', 'applicationSent', { kind: 'longerStay' });
    expect(running(again)).toContain('ind-decision-2 2027-12-21');
  });

  it('of a second permit has its own number, and the second permit meets the first deadline', () => {
    const given = holder().told('ind', '2028-09-01', 'permitRenewed', { from: '2028-09-15', until: '2029-09-14' });
    expect(all(given).filter((each) => each.startsWith('permit-end'))).toEqual(['permit-end met', 'permit-end-2 running']);
  });

  it('for a complaint does not exist without a formal notice', () => {
    expect(running(inReflection().told('prosecution', '2027-09-20', 'caseDismissed', { formalNotice: false }))).toEqual([
      'reflection-period 2027-12-01',
    ]);
  });

  it('does not exist for an arrival before the journey, nor for the risk outside a return', () => {
    expect(running(goingHome())).toEqual(['reflection-period 2027-12-01']);
    expect(running(inReflection().told('careCoordinator', '2027-09-03', 'riskAssessed', { outcome: 'acceptable' }))).toEqual([
      'reflection-period 2027-12-01',
    ]);
  });
});

describe('the end of a deadline', () => {
  it.each<[string, string, () => CaseOnTheClock]>([
    ['reflection-period met', 'the person cooperates', applicant],
    ['reflection-period met', 'the person declines', () => inReflection().declined('2027-09-10')],
    [
      'reflection-period lifted',
      'the person leaves for an unknown destination',
      () => inReflection().told('police', '2027-09-10', 'departedUnknown', {}),
    ],
    [
      'reflection-period lifted',
      'the person files another application',
      () => inReflection().told('lawyer', '2027-09-10', 'otherApplicationFiled', {}),
    ],
    ['reflection-period lifted', 'the humanitarian permit is asked for', () => inReflection().took('2027-09-10', 'humanitarianPermit')],
    ['reflection-period lifted', 'the person travels', () => inReflection().told('police', '2027-09-10', 'travelled', {})],
    ['reflection-period running', 'the person chooses to go home', goingHome],
    ['reflection-period passed', 'nobody says anything', () => inReflection().until('2027-12-02')],
    ['ind-decision met', 'IND grants', () => sent().granted('2027-09-20', '2028-09-19')],
    ['ind-decision met', 'IND refuses', () => sent().told('ind', '2027-09-20', 'permitRefused', {})],
    ['ind-decision lifted', 'the application is withdrawn', () => sent().told('lawyer', '2027-09-20', 'applicationWithdrawn', {})],
    ['ind-decision lifted', 'the person travels', () => sent().told('police', '2027-09-20', 'travelled', {})],
    ['ind-decision passed', 'IND does not answer', () => sent().until('2027-12-13')],
    ['ind-decision-target met', 'IND answers within the day', () => sent().granted('2027-09-14T09:00', '2028-09-13')],
    [
      'ind-decision-target lifted',
      'the application is withdrawn',
      () => sent().told('ind', '2027-09-14T09:00', 'applicationWithdrawn', {}),
    ],
    ['permit-end lifted', 'the permit is ended', () => holder().told('ind', '2027-10-01', 'permitEnded', { reason: 'withdrawn' })],
    ['permit-end lifted', 'the person travels', () => holder().told('caseworker', '2027-10-01', 'travelled', {})],
    ['objection met', 'an objection is filed', () => refused().told('lawyer', '2027-10-01', 'objectionFiled', {})],
    [
      'objection lifted',
      'a supervisor lifts it',
      () => refused().told('supervisor', '2027-10-01', 'deadlineLifted', { deadline: 'objection', reason: 'ownWish' }),
    ],
    ['art12-complaint met', 'a complaint is filed', () => dismissed().told('lawyer', '2027-10-01', 'complaintFiled', {})],
    [
      'art12-complaint lifted',
      'a supervisor lifts it',
      () => dismissed().told('supervisor', '2027-10-01', 'deadlineLifted', { deadline: 'art12-complaint', reason: 'ownWish' }),
    ],
    ['art12-complaint running', 'judgment is given', () => dismissed().told('prosecution', '2027-10-01', 'judgmentGiven', { final: true })],
    [
      'permit-end met',
      'another permit is granted',
      () => holder().told('lawyer', '2027-09-20', 'applicationSent', { kind: 'longerStay' }).granted('2027-09-21', '2028-09-20'),
    ],
    ['departure-term lifted', 'the person travels', () => mustLeave().told('caseworker', '2027-10-01', 'travelled', {})],
    ['departure-term lifted', 'a permit is granted', () => mustLeave().granted('2027-10-01', '2028-09-30')],
    [
      'departure-term lifted',
      'a supervisor lifts it',
      () => mustLeave().told('supervisor', '2027-10-01', 'deadlineLifted', { deadline: 'departure-term', reason: 'newInformation' }),
    ],
    [
      'risk-assessment met',
      'a newer assessment comes',
      () => assessed().told('careCoordinator', '2027-09-25', 'riskAssessed', { outcome: 'notAcceptable' }),
    ],
    [
      'risk-assessment lifted',
      'the return is stopped',
      () => assessed().told('caseworker', '2027-09-25', 'returnStopped', { reason: 'ownWish' }),
    ],
    [
      'arrival-confirmation met',
      'the arrival is confirmed',
      () =>
        assessed()
          .told('caseworker', '2027-09-25', 'travelled', {})
          .told('caseworker', '2027-09-26', 'arrivalConfirmed', { followUpWanted: false }),
    ],
  ])('%s: %s', (state, _, given) => {
    expect(all(given())).toContain(state);
  });

  it('does not come by a fact that is not listed here', () => {
    const given = sent()
      .told('caseworker', '2027-09-20', 'riskAssessed', { outcome: 'notAcceptable' })
      .told('lawyer', '2027-09-20', 'legalAdviceTaken', {});
    expect(all(given)).toContain('ind-decision running');
  });

  it('is the end of its last day, not its start', () => {
    const given = inReflection();
    expect(all(given, '2027-12-01T23:59')).toEqual(['reflection-period running']);
    expect(all(given, '2027-12-02T00:00')).toEqual(['reflection-period passed']);
  });

  it('comes for all deadlines when the case is closed', () => {
    const given = inReflection().declined('2027-09-05').told('ind', '2027-09-06', 'returnDecisionIssued', {});
    for (const task of given.situation.tasks.filter(({ statutory, end }) => statutory && end === null)) {
      if (task.rule !== 'decide-route') given.told('supervisor', '2027-09-07', 'taskCompleted', { task: task.id });
    }
    expect(all(given.told('supervisor', '2027-09-08', 'closed', { result: 'assisted' }))).toEqual([
      'reflection-period met',
      'departure-term lifted',
    ]);
  });

  it('cannot be recorded by hand for the three months, nor for a missing deadline', () => {
    const reason = 'other' as const;
    const given = inReflection();
    expect(given.refusal('supervisor', '2027-09-05', 'deadlineLifted', { deadline: 'reflection-period', reason })?.code).toBe(
      'fact-not-possible',
    );
    expect(given.refusal('supervisor', '2027-09-05', 'deadlineLifted', { deadline: 'objection', reason })?.code).toBe('fact-not-possible');
    expect(refused().refusal('caseworker', '2027-10-05', 'deadlineLifted', { deadline: 'objection', reason })?.code).toBe(
      'role-not-allowed',
    );
  });

  it('moves once by an extension of IND, and only while an application is pending', () => {
    const extended = sent().told('ind', '2027-10-01', 'decisionTermExtended', { reason: 'other' });
    expect(extended.refusal('ind', '2027-10-02', 'decisionTermExtended', { reason: 'other' })?.code).toBe('already-recorded');
    expect(refused().refusal('ind', '2027-10-02', 'decisionTermExtended', { reason: 'other' })?.code).toBe('fact-not-possible');
  });
});

describe('the mails about a deadline', () => {
  it('warn caseworker and lawyer of the last day to object, then go to caseworker and supervisor', () => {
    const given = withLawyer().told('ind', '2027-09-20', 'permitRefused', {}).until('2027-11-02');
    expect(people(given, 'objection')).toEqual([
      ...['2027-10-04', '2027-10-11', '2027-10-15', '2027-10-17'].map((day) => `${day} warning caseworker-1 lawyer-1`),
      ...['2027-10-19', '2027-10-20', '2027-10-21', '2027-10-22', '2027-10-24', '2027-10-26', '2027-11-01'].map(
        (day) => `${day} expired caseworker-1 supervisor-1`,
      ),
    ]);
  });

  it('warn of the last day to complain in the same way, and end when a complaint is filed, late or not', () => {
    const given = dismissed().told('lawyer', '2027-12-22T12:00', 'complaintFiled', {}).until('2028-01-10');
    expect(people(given, 'art12-complaint')).toEqual([
      ...['2027-12-06', '2027-12-13', '2027-12-17', '2027-12-19'].map((day) => `${day} warning caseworker-1`),
      ...['2027-12-21', '2027-12-22'].map((day) => `${day} expired caseworker-1 supervisor-1`),
    ]);
  });

  it('warn of the longer term of IND once it is extended, not of the shorter one', () => {
    const given = sent().told('ind', '2027-10-01', 'decisionTermExtended', { reason: 'other' }).until('2028-06-20');
    expect(people(given, 'ind-decision')).toEqual([
      '2028-05-29 warning caseworker-1',
      '2028-06-11 warning caseworker-1',
      '2028-06-13 expired caseworker-1',
    ]);
  });

  it('leave out a lawyer if the case has none', () => {
    expect(people(refused().until('2027-10-05'), 'objection')).toEqual(['2027-10-04 warning caseworker-1']);
  });

  it('notify the care coordinator too of a departure term, since the allowance ends with it', () => {
    const given = withLawyer().told('ind', '2027-09-20', 'returnDecisionIssued', {}).until('2027-10-05');
    expect(people(given, 'departure-term')).toEqual(['2027-10-04 warning caseworker-1 care-coordinator-1 lawyer-1']);
  });

  it('notify only the caseworker, once, that IND let its terms pass', () => {
    const given = sent().until('2027-12-25');
    expect(people(given, 'ind-decision-target')).toEqual(['2027-09-15 expired caseworker-1']);
    expect(people(given, 'ind-decision')).toEqual([
      '2027-11-28 warning caseworker-1',
      '2027-12-11 warning caseworker-1',
      '2027-12-13 expired caseworker-1',
    ]);
  });

  it('warn of the end of a permit a week before, and of its passing as of other deadlines', () => {
    const given = holder().didEverything('2027-09-16').until('2028-09-18');
    expect(people(given, 'permit-end')).toEqual([
      '2028-09-07 warning caseworker-1 supervisor-1',
      ...['2028-09-15', '2028-09-16', '2028-09-17'].map((day) => `${day} expired caseworker-1 supervisor-1`),
      // Day three is Monday the 18th.
      '2028-09-18 expired caseworker-1 supervisor-1',
    ]);
    expect(given.situation.stage).toBe('permit');
  });

  it.each<[string, string[]]>([
    ['2027-09-15T08:00', ['2027-09-15 warning caseworker-1 supervisor-1']],
    ['2027-09-15T09:00', []],
  ])('warn on that morning of a permit of a week granted before nine: told at %s', (when, warnings) => {
    const given = applicant().granted(when, '2027-09-22').until('2027-09-22');
    expect(people(given, 'permit-end')).toEqual(warnings);
  });

  it('warn the care coordinator before a risk assessment becomes too old', () => {
    expect(people(assessed().until('2027-10-22'), 'risk-assessment')).toEqual([
      '2027-10-13 warning care-coordinator-1',
      '2027-10-19 warning care-coordinator-1',
      '2027-10-21 expired caseworker-1 supervisor-1',
      '2027-10-22 expired caseworker-1 supervisor-1',
    ]);
  });

  it('are an alarm at the midnight after an unconfirmed arrival, and go on the next morning', () => {
    const given = goingHome().told('caseworker', '2027-09-20', 'travelled', {}).until('2027-09-24T10:00');
    expect(given.mailsAbout('arrival-confirmation')).toEqual([
      '2027-09-22T00:00 caseworker-1 alarm',
      '2027-09-22T00:00 supervisor-1 alarm',
      ...['2027-09-23', '2027-09-24'].flatMap((day) => [`${day}T09:00 caseworker-1 expired`, `${day}T09:00 supervisor-1 expired`]),
    ]);
  });

  it('include an alarm to the return counsellor if the case has one', () => {
    const given = goingHome()
      .told('supervisor', '2027-09-07', 'teamChanged', { role: 'returnCounsellor', staffId: 'return-counsellor-1' })
      .told('caseworker', '2027-09-20', 'travelled', {})
      .until('2027-09-23');
    expect(given.mailsAbout('arrival-confirmation', 'return-counsellor-1')).toEqual(['2027-09-22T00:00 return-counsellor-1 alarm']);
  });

  it('stop when the deadline is met, even after it has passed', () => {
    const given = withLawyer()
      .told('ind', '2027-09-20', 'permitRefused', {})
      .told('lawyer', '2027-10-20', 'objectionFiled', {})
      .until('2027-11-10');
    expect(people(given, 'objection').filter((mail) => mail.includes('expired'))).toEqual([
      '2027-10-19 expired caseworker-1 supervisor-1',
      '2027-10-20 expired caseworker-1 supervisor-1',
    ]);
  });
});

function sent(): CaseOnTheClock {
  return applicant().completed('2027-09-13', 'm55-cooperation-notice');
}
function refused(): CaseOnTheClock {
  return applicant().told('ind', '2027-09-20', 'permitRefused', {});
}
function dismissed(): CaseOnTheClock {
  return inReflection().told('prosecution', '2027-09-20', 'caseDismissed', { formalNotice: true });
}
function mustLeave(): CaseOnTheClock {
  return applicant().told('ind', '2027-09-20', 'returnDecisionIssued', {});
}
function assessed(): CaseOnTheClock {
  return goingHome().told('careCoordinator', '2027-09-20', 'riskAssessed', { outcome: 'acceptable' });
}

function all(given: CaseOnTheClock, when?: When): string[] {
  const now = when === undefined ? given.now : instantOfWhen(when);
  const { deadlines } = when === undefined ? given.situation : given.at(when);
  return deadlines.map((each) => `${each.id} ${deadlineState(each, now)}`);
}

function running(given: CaseOnTheClock): string[] {
  const { deadlines } = given.situation;
  return deadlines.filter((each) => deadlineState(each, given.now) === 'running').map(({ id, date }) => `${id} ${date}`);
}

/** The mornings with mail about a deadline, each with the step and the recipients. */
function people(given: CaseOnTheClock, about: string): string[] {
  const mails = given.mailsAbout(about).map((mail) => mail.split(/T09:00 | /));
  const mornings = [...new Set(mails.map(([day, , step]) => `${String(day)} ${String(step)}`))];
  const order = ['caseworker-1', 'care-coordinator-1', 'lawyer-1', 'supervisor-1'];
  return mornings.map((morning) => {
    const to = mails.filter(([day, , step]) => `${String(day)} ${String(step)}` === morning).map(([, person]) => String(person));
    return [morning, ...to.sort((one, other) => order.indexOf(one) - order.indexOf(other))].join(' ');
  });
}
