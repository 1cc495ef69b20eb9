import { currentEdition } from '../../src/domain/policy/editions';
import { aCase, type CaseOnTheClock } from '../support/aCase';

/** The case opens on Wednesday 1 September 2027 at nine. The period starts at eleven and ends on 1 December. */
const inReflection = () => aCase().startedReflection('2027-09-01T11:00');

describe('the ladder of a task', () => {
  it('goes from a first mail over the days before and of the date to every Monday, and once to the supervisor', () => {
    const mails = inReflection().until('2027-10-05').mailsAbout('safety-plan');
    expect(mails).toEqual([
      '2027-09-02T09:00 care-coordinator-1 planned',
      '2027-09-03T09:00 care-coordinator-1 soon',
      '2027-09-04T09:00 care-coordinator-1 due',
      '2027-09-05T09:00 care-coordinator-1 overdue',
      '2027-09-07T09:00 care-coordinator-1 overdue',
      '2027-09-11T09:00 care-coordinator-1 overdue',
      '2027-09-11T09:00 supervisor-1 escalated',
      '2027-09-13T09:00 care-coordinator-1 overdue',
      '2027-09-20T09:00 care-coordinator-1 overdue',
      '2027-09-27T09:00 care-coordinator-1 overdue',
      '2027-10-04T09:00 care-coordinator-1 overdue',
    ]);
  });

  it('is steeper for a statutory task, and continues with the supervisor', () => {
    const given = inReflection().until('2027-10-05');
    const days = (to: string) => given.mailsAbout('rvb-application', to).map((mail) => mail.replace('T09:00', ''));
    expect(days('care-coordinator-1')).toEqual([
      '2027-09-02 care-coordinator-1 planned',
      '2027-09-14 care-coordinator-1 soon',
      '2027-09-15 care-coordinator-1 due',
      '2027-09-16 care-coordinator-1 overdue',
      '2027-09-17 care-coordinator-1 overdue',
      '2027-09-18 care-coordinator-1 overdue',
      '2027-09-20 care-coordinator-1 overdue',
      '2027-09-22 care-coordinator-1 overdue',
      '2027-09-27 care-coordinator-1 overdue',
      '2027-10-04 care-coordinator-1 overdue',
    ]);
    expect(days('supervisor-1')).toEqual([
      '2027-09-17 supervisor-1 escalated',
      '2027-09-18 supervisor-1 escalated',
      '2027-09-20 supervisor-1 escalated',
      '2027-09-22 supervisor-1 escalated',
      '2027-09-27 supervisor-1 escalated',
      '2027-10-04 supervisor-1 escalated',
    ]);
  });

  it('of hours starts at the intake, raises an alarm at its end, and continues from that date', () => {
    expect(aCase().until('2027-09-14').mailsAbout('interpreter')).toEqual([
      '2027-09-01T09:00 caseworker-1 planned',
      '2027-09-02T09:00 caseworker-1 alarm',
      '2027-09-02T09:00 supervisor-1 alarm',
      '2027-09-03T09:00 caseworker-1 overdue',
      '2027-09-05T09:00 caseworker-1 overdue',
      '2027-09-09T09:00 caseworker-1 overdue',
      '2027-09-09T09:00 supervisor-1 escalated',
      '2027-09-13T09:00 caseworker-1 overdue',
    ]);
  });

  it('of hours says due on its morning, if the alarm comes only later that day', () => {
    expect(aCase({ registered: '2027-09-01T14:00' }).until('2027-09-03T09:00').mailsAbout('interpreter')).toEqual([
      '2027-09-01T14:00 caseworker-1 planned',
      '2027-09-02T09:00 caseworker-1 due',
      '2027-09-02T14:00 caseworker-1 alarm',
      '2027-09-02T14:00 supervisor-1 alarm',
      '2027-09-03T09:00 caseworker-1 overdue',
    ]);
  });

  it('of hours ends an hour later on the clock across the short night, so its morning says due', () => {
    expect(aCase({ registered: '2027-03-27T09:00' }).until('2027-03-28T12:00').mailsAbout('interpreter', 'caseworker-1')).toEqual([
      '2027-03-27T09:00 caseworker-1 planned',
      '2027-03-28T09:00 caseworker-1 due',
      '2027-03-28T10:00 caseworker-1 alarm',
    ]);
  });

  it('of hours ends an hour earlier across the long night, and then nothing more comes that morning', () => {
    expect(aCase({ registered: '2027-10-30T09:00' }).until('2027-10-31T12:00').mailsAbout('interpreter', 'caseworker-1')).toEqual([
      '2027-10-30T09:00 caseworker-1 planned',
      '2027-10-31T08:00 caseworker-1 alarm',
    ]);
  });

  it('says due in the first mail about a task for tomorrow, and soon about one for the day after', () => {
    const given = inReflection().until('2027-09-02T09:00');
    expect(given.mailsAbout('m55-reflection-notice')).toEqual(['2027-09-02T09:00 police-1 due']);
    expect(aCase().until('2027-09-02T09:00').mailsAbout('informative-interview')).toEqual([
      '2027-09-01T09:00 police-1 planned',
      '2027-09-02T09:00 police-1 soon',
    ]);
  });

  it('of a fact that was recorded late is one mail that a task was planned, then the steps from today', () => {
    // The period started on 1 September, which is recorded on the 20th. So rvb-application was due five days ago, on the 15th.
    const given = aCase().startedReflection('2027-09-20T11:00', '2027-09-01').until('2027-09-28');
    expect(given.mailsAbout('rvb-application')).toEqual([
      '2027-09-21T09:00 care-coordinator-1 planned',
      '2027-09-22T09:00 care-coordinator-1 overdue',
      '2027-09-22T09:00 supervisor-1 escalated',
      '2027-09-27T09:00 care-coordinator-1 overdue',
      '2027-09-27T09:00 supervisor-1 escalated',
    ]);
    expect(given.stateOf('rvb-application', '2027-09-20T12:00')).toBe('overdue');
  });

  it.each([
    ['done', (given: CaseOnTheClock) => given.completed('2027-09-14T12:00', 'rvb-application')],
    [
      'waived',
      (given: CaseOnTheClock) =>
        given.told('supervisor', '2027-09-14T12:00', 'taskWaived', { task: 'rvb-application', reason: 'notNeeded' }),
    ],
    ['lapsed', (given: CaseOnTheClock) => given.told('police', '2027-09-14T12:00', 'travelled', {})],
  ])('ends when the task is %s', (_, end) => {
    const given = end(inReflection()).until('2027-10-01');
    expect(given.mailsAbout('rvb-application')).toEqual([
      '2027-09-02T09:00 care-coordinator-1 planned',
      '2027-09-14T09:00 care-coordinator-1 soon',
    ]);
  });

  it('starts again when a task is reopened', () => {
    const given = inReflection()
      .completed('2027-09-10T12:00', 'rvb-application')
      .told('caseworker', '2027-09-11T12:00', 'taskReopened', { task: 'rvb-application' })
      .until('2027-09-14T09:00');
    expect(given.mailsAbout('rvb-application')).toEqual([
      '2027-09-02T09:00 care-coordinator-1 planned',
      '2027-09-12T09:00 care-coordinator-1 planned',
      '2027-09-14T09:00 care-coordinator-1 soon',
    ]);
  });
});

describe('the ladder of a deadline that had passed before the case knew of it', () => {
  // The arrival has to be confirmed by the end of 11 September.
  const travelled = (when: string) =>
    aCase().startedReflection('2027-09-01T11:00').told('caseworker', when, 'travelled', { on: '2027-09-10' }).until('2027-09-21');
  const expired = (given: CaseOnTheClock) =>
    given
      .mailsAbout('arrival-confirmation', 'caseworker-1')
      .filter((mail) => mail.endsWith('expired'))
      .map((mail) => mail.slice(5, 10));
  const known = ['09-12', '09-13', '09-14', '09-15', '09-17', '09-19', '09-20'];

  it('with only one mail sends that mail once, at whatever hour the fact was recorded', () => {
    for (const time of ['08:59', '09:00', '09:01']) {
      const given = aCase().startedReflection('2027-09-01T11:00').told('caseworker', '2027-09-10T12:00', 'travelled', {});
      given.told('caseworker', `2027-11-20T${time}`, 'arrivalConfirmed', { followUpWanted: true, on: '2027-09-11' }).until('2027-11-25');
      expect(given.mailsAbout('follow-up-1', 'caseworker-1')).toHaveLength(1);
    }
  });

  it.each([
    ['on the day', '2027-09-10T12:00', known.slice(1)],
    ['two days late', '2027-09-13T12:00', ['09-14', '09-15', '09-17', '09-19', '09-20']],
    ['five days late', '2027-09-15T12:00', ['09-16', '09-17', '09-19', '09-20']],
  ])("of a fact told %s continues at today's step, and starts on the first morning", (_, when, mornings) => {
    expect(expired(travelled(when))).toEqual(mornings);
  });
});

describe('the ladder of the three months', () => {
  const warnings = [
    '2027-10-20T09:00 caseworker-1 warning',
    '2027-11-03T09:00 caseworker-1 warning',
    '2027-11-17T09:00 caseworker-1 warning',
    '2027-11-17T09:00 care-coordinator-1 warning',
    ...['2027-11-24', '2027-11-28', '2027-11-30'].flatMap((day) => [
      `${day}T09:00 caseworker-1 warning`,
      `${day}T09:00 care-coordinator-1 warning`,
      `${day}T09:00 supervisor-1 warning`,
    ]),
  ];

  it('warns more and more people, and after a silent end reminds caseworker and supervisor until a decision', () => {
    const expired = [2, 3, 4, 5, 7, 9, 13, 20].flatMap((day) => {
      const at = `2027-12-${String(day).padStart(2, '0')}T09:00`;
      return [`${at} caseworker-1 expired`, `${at} supervisor-1 expired`];
    });
    const given = inReflection().until('2027-12-21');
    expect(given.mailsAbout('reflection-period')).toEqual([...warnings, ...expired]);
    expect(given.situation.stage).toBe('decision');
  });

  it.each([
    ['the person cooperates', (given: CaseOnTheClock) => given.cooperated('2027-12-03')],
    ['a route is decided', (given: CaseOnTheClock) => given.took('2027-12-03', 'assistance')],
    ['the person leaves for an unknown destination', (given: CaseOnTheClock) => given.told('police', '2027-12-03', 'departedUnknown', {})],
    ['the person travels', (given: CaseOnTheClock) => given.told('police', '2027-12-03', 'travelled', {})],
    ['the person files another application', (given: CaseOnTheClock) => given.told('ind', '2027-12-03', 'otherApplicationFiled', {})],
  ])('stops once %s after the end', (_, fact) => {
    const given = fact(inReflection()).until('2027-12-25');
    expect(given.mailsAbout('reflection-period').filter((mail) => mail.endsWith('expired'))).toEqual([
      '2027-12-02T09:00 caseworker-1 expired',
      '2027-12-02T09:00 supervisor-1 expired',
      '2027-12-03T09:00 caseworker-1 expired',
      '2027-12-03T09:00 supervisor-1 expired',
    ]);
  });

  it('does not mention the end if a route was decided before', () => {
    const given = inReflection().took('2027-11-01', 'return').until('2027-12-25');
    expect(given.mailsAbout('reflection-period')).toEqual(warnings.filter((mail) => mail > '2027-10-20'));
    expect(given.situation.stage).toBe('safeReturn');
  });

  it('leaves out warnings for which a shorter period has no time', () => {
    // Thirty days from 1 September end on 1 October, so 42 days before the end lie before the start.
    const given = aCase({ person: { residence: 'dublin' } })
      .startedReflection('2027-09-01T11:00')
      .until('2027-10-01');
    expect(given.mailsAbout('reflection-period', 'caseworker-1').map((mail) => mail.slice(0, 10))).toEqual([
      '2027-09-03',
      '2027-09-17',
      '2027-09-24',
      '2027-09-28',
      '2027-09-30',
    ]);
  });
});

describe('the reminders about an answer of IOM', () => {
  const referred = () =>
    inReflection()
      .told('caseworker', '2027-09-05', 'consentGiven', { purpose: 'returnDataExchange' })
      .told('caseworker', '2027-09-06', 'returnRequested', {});

  it('come to the caseworker on the seventh day after the notice and every seventh day from there', () => {
    expect(referred().until('2027-09-28').mailsAbout('return-referral')).toEqual([
      '2027-09-13T09:00 caseworker-1 overdue',
      '2027-09-20T09:00 caseworker-1 overdue',
      '2027-09-27T09:00 caseworker-1 overdue',
    ]);
  });

  it.each([
    ['IOM tells anything', (given: CaseOnTheClock) => given.told('iom', '2027-09-14', 'riskAssessed', { outcome: 'acceptable' })],
    [
      'the return is stopped',
      (given: CaseOnTheClock) => given.took('2027-09-14', 'return').told('iom', '2027-09-14T11:00', 'returnStopped', { reason: 'ownWish' }),
    ],
    ['the person cooperates', (given: CaseOnTheClock) => given.cooperated('2027-09-14')],
    [
      'the person withdraws the consent',
      (given: CaseOnTheClock) => given.told('caseworker', '2027-09-14', 'consentWithdrawn', { purpose: 'returnDataExchange' }),
    ],
    ['the police report a journey', (given: CaseOnTheClock) => given.told('police', '2027-09-14', 'travelled', {})],
    [
      'the case is closed',
      (given: CaseOnTheClock) => given.didEverything('2027-09-14').told('supervisor', '2027-09-14T11:00', 'closed', { result: 'assisted' }),
    ],
  ])('end when %s', (_, fact) => {
    expect(fact(referred()).until('2027-10-10').mailsAbout('return-referral')).toEqual(['2027-09-13T09:00 caseworker-1 overdue']);
  });

  it('continue while other people record other facts', () => {
    const given = referred().told('caseworker', '2027-09-14', 'legalAdviceTaken', {}).took('2027-09-14T11:00', 'return');
    expect(given.until('2027-09-21').mailsAbout('return-referral')).toHaveLength(2);
  });
});

describe('the days of a ladder', () => {
  const { reminders, mail } = currentEdition;
  const edition = {
    ...currentEdition,
    reminders: {
      ...reminders,
      task: { ...reminders.task, soon: [2, 1], due: [] },
      statutoryTask: { ...reminders.statutoryTask, soon: [], due: [0, 1] },
      passedDeadline: { ...reminders.passedDeadline, once: [0, 2] },
    },
    mail: { ...mail, mailedAtOnceWithin: 'P1D' as const },
  };
  const inItsReflection = () => aCase({ edition }).startedReflection('2027-09-01T11:00');

  it('are those of its edition: before a task is due, on the day itself, and after', () => {
    const days = (id: string) =>
      inItsReflection()
        .until('2027-09-17')
        .mailsAbout(id, 'care-coordinator-1')
        .map((at) => at.replace('T09:00 care-coordinator-1', ''));
    expect(days('care-plan')).toEqual(['2027-09-02 planned', '2027-09-13 soon', '2027-09-14 soon', '2027-09-16 overdue']);
    expect(days('rvb-application')).toEqual(['2027-09-02 planned', '2027-09-15 due', '2027-09-16 overdue', '2027-09-17 overdue']);
  });

  it('are those of its edition after a deadline with one mail, if the edition has two', () => {
    const given = inItsReflection()
      .told('police', '2027-09-10', 'cooperated', { form: 'reportSigned' })
      .completed('2027-09-13T15:00', 'm55-cooperation-notice')
      .until('2027-09-28');
    expect(given.mailsAbout('ind-decision-target')).toEqual([
      '2027-09-15T09:00 caseworker-1 expired',
      '2027-09-17T09:00 caseworker-1 expired',
    ]);
  });

  it("include the edition's limit for mailing a near task at once", () => {
    const first = (given: CaseOnTheClock) => given.until('2027-09-03').mailsAbout('m55-reflection-notice')[0];
    expect(first(inItsReflection())).toBe('2027-09-01T11:00 police-1 planned');
    expect(first(inReflection())).toBe('2027-09-02T09:00 police-1 due');
  });
});
