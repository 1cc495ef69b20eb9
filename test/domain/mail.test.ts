import { aCase, type CaseOnTheClock } from '../support/aCase';

const inReflection = () => aCase().startedReflection('2027-09-01T11:00');
const minor = { ageGroup: 'minor', unaccompanied: true } as const;

describe('the first mail at intake', () => {
  it('goes at once to each team member with a task, as new', () => {
    const given = aCase({ registered: '2027-09-01T14:10' }).until('2027-09-01T23:00');
    expect(given.mails.map(({ at, to, class: of }) => `${at} ${to} ${of}`)).toEqual([
      '2027-09-01T14:10 caseworker-1 new',
      '2027-09-01T14:10 care-coordinator-1 new',
      '2027-09-01T14:10 police-1 new',
    ]);
    expect(given.mails.at(-1)?.items).toEqual([
      'informative-interview planned',
      'offer-reflection-period planned',
      'comensha-registration planned',
    ]);
  });

  it('is the digest of that day: after an intake at eight nothing more comes at nine', () => {
    const given = aCase({ registered: '2027-09-01T08:00' }).until('2027-09-01T23:00');
    expect([...new Set(given.mails.map(({ at }) => at))]).toEqual(['2027-09-01T08:00']);
  });

  it('is one mail to a person who has two roles', () => {
    const given = aCase({ team: { caseworker: 'allround-1', careCoordinator: 'allround-1' } }).until('2027-09-01T23:00');
    const [mail, ...others] = given.mails.filter(({ to }) => to === 'allround-1');
    expect(others).toEqual([]);
    expect(mail?.items).toEqual([
      'safety-assessment planned',
      'urgent-medical-check planned',
      'interpreter planned',
      'own-language-information planned',
      'safe-bed planned',
      'phone-and-location-safety planned',
      'minor-check planned',
    ]);
  });
});

describe('the morning digest', () => {
  it('leaves at nine in Amsterdam, in winter, in summer and after both clock changes', () => {
    const days = [
      ...aCase({ registered: '2027-10-29T12:00' }).until('2027-11-02').mails,
      ...aCase({ registered: '2027-03-26T12:00' }).until('2027-03-30').mails,
    ];
    const digests = days.filter(({ class: of, at }) => of !== 'alarm' && !at.endsWith('T12:00'));
    expect(digests.length).toBeGreaterThan(10);
    expect([...new Set(digests.map(({ at }) => at.slice(10)))]).toEqual(['T09:00']);
  });

  it('leaves on Saturdays and Sundays too', () => {
    const given = inReflection().until('2027-09-06');
    expect(given.mailsAbout('safety-plan')).toContain('2027-09-04T09:00 care-coordinator-1 due');
    expect(given.mailsAbout('safety-plan')).toContain('2027-09-05T09:00 care-coordinator-1 overdue');
  });

  it('is one a person, with the items of all their roles', () => {
    const given = aCase({ team: { caseworker: 'allround-1', careCoordinator: 'allround-1' } })
      .startedReflection('2027-09-01T11:00')
      .until('2027-09-04T10:00');
    const digests = given.mails.filter(({ to, at }) => to === 'allround-1' && at === '2027-09-04T09:00');
    expect(digests.map(({ items }) => items.filter((item) => item.endsWith(' due')))).toEqual([
      ['safety-plan due', 'contact-person due', 'lawyer-offered due'],
    ]);
  });

  it('shows supervisors their own task once, at the more severe step', () => {
    const given = aCase({ team: { careCoordinator: 'supervisor-1' } })
      .startedReflection('2027-09-01T11:00')
      .until('2027-09-11T10:00');
    expect(given.mailsAbout('safety-plan', 'supervisor-1').at(-1)).toBe('2027-09-11T09:00 supervisor-1 escalated');
  });

  it('is not sent if it has no items', () => {
    const given = aCase().didEverything('2027-09-01T12:00').until('2027-09-20');
    expect(given.mails.filter(({ at }) => at > '2027-09-01T12:00')).toEqual([]);
  });

  it('has the class of its most urgent item', () => {
    const classOn = (day: string, to: string) =>
      inReflection()
        .until(`${day}T10:00`)
        .mails.find(({ at, to: whom }) => at === `${day}T09:00` && whom === to)?.class;
    expect(classOn('2027-09-02', 'police-1')).toBe('reminder');
    expect(classOn('2027-09-11', 'supervisor-1')).toBe('escalation');
    expect(classOn('2027-10-20', 'caseworker-1')).toBe('warning');
  });
});

describe('a task that is due within a day', () => {
  const missed = (when: string) => inReflection().told('caseworker', when, 'contactMissed', {});

  it("is mailed at once if it is planned after that day's digest", () => {
    const given = missed('2027-09-03T09:30').until('2027-09-03T23:00');
    expect(given.mailsAbout('establish-contact')).toEqual(['2027-09-03T09:30 police-1 planned']);
    expect(given.mails.at(-1)?.class).toBe('new');
  });

  it.each<[string, string, () => CaseOnTheClock]>([
    ['establish-contact', 'police-1', () => missed('2027-09-03T12:10')],
    ['tell-lawyer', 'caseworker-1', () => inReflection().told('prosecution', '2027-09-03T12:10', 'caseDismissed', { formalNotice: false })],
    ['report-departure', 'police-1', () => inReflection().told('police', '2027-09-03T12:10', 'departedUnknown', {})],
    ['missing-minor-alarm', 'care-coordinator-1', () => aCase({ person: minor }).told('police', '2027-09-03T12:10', 'departedUnknown', {})],
    ['guardian', 'care-coordinator-1', () => aCase().told('police', '2027-09-03T12:10', 'ageAssessed', minor)],
    [
      'offer-reflection-period-2',
      'police-1',
      () =>
        aCase()
          .told('ind', '2027-09-02', 'eligibilityDecided', { eligible: false, ground: 'refusedEntry' })
          .told('ind', '2027-09-03T12:10', 'eligibilityDecided', { eligible: true, ground: 'refusedEntry' }),
    ],
  ])('%s is mailed to %s in that minute, in a mail of its own', (id, to, given) => {
    const { mails } = given().until('2027-09-03T12:30');
    expect(mails.filter((mail) => mail.items.includes(`${id} planned`))).toMatchObject([{ at: '2027-09-03T12:10', to, class: 'new' }]);
  });

  it('waits for the digest if it is planned before nine', () => {
    expect(missed('2027-09-03T08:30').until('2027-09-03T23:00').mailsAbout('establish-contact')).toEqual(['2027-09-03T09:00 police-1 due']);
  });

  it('is in the digest of nine if it is planned in that minute', () => {
    expect(missed('2027-09-03T09:00').until('2027-09-03T23:00').mailsAbout('establish-contact')).toEqual([
      '2027-09-03T09:00 police-1 planned',
    ]);
  });

  it('is not mailed at once if it is due tomorrow', () => {
    const given = inReflection().proposed('2027-09-03T09:30', 'return').until('2027-09-04T10:00');
    expect(given.mailsAbout('approve-route')).toEqual(['2027-09-04T09:00 supervisor-1 due']);
  });

  it('that somebody adds is mailed at once if due today, and next morning if due in a week', () => {
    const given = inReflection()
      .told('caseworker', '2027-09-03T12:00', 'taskAdded', { kind: 'social', due: '2027-09-03', owner: 'careCoordinator' })
      .told('caseworker', '2027-09-03T12:00', 'taskAdded', { kind: 'social', due: '2027-09-10', owner: 'careCoordinator' })
      .until('2027-09-04T10:00');
    expect(given.mailsAbout('added-1')[0]).toBe('2027-09-03T12:00 care-coordinator-1 planned');
    expect(given.mailsAbout('added-2')).toEqual(['2027-09-04T09:00 care-coordinator-1 planned']);
  });
});

describe('an alarm about a case', () => {
  it('for a missing minor reaches care coordinator, caseworker and supervisor at once, also at night', () => {
    const given = aCase({ person: minor }).told('police', '2027-09-03T02:10', 'departedUnknown', {}).until('2027-09-03T02:30');
    const alarms = given.mails.filter(({ at }) => at === '2027-09-03T02:10');
    expect(
      alarms
        .filter((mail) => mail.class === 'alarm')
        .map(({ to, items }) => `${to}: ${items.join()}`)
        .sort(),
    ).toEqual([
      'care-coordinator-1: departed-unknown alarm',
      'caseworker-1: departed-unknown alarm',
      'supervisor-1: departed-unknown alarm',
    ]);
  });

  it('about the task after a minor went missing comes one hour later, if nobody has done it', () => {
    const given = aCase({ person: minor }).told('police', '2027-09-03T12:10', 'departedUnknown', {}).until('2027-09-03T14:00');
    expect(given.mailsAbout('missing-minor-alarm')).toEqual([
      '2027-09-03T12:10 care-coordinator-1 planned',
      '2027-09-03T13:10 care-coordinator-1 alarm',
      '2027-09-03T13:10 supervisor-1 alarm',
    ]);
  });

  it('about that task does not come if it was done in time', () => {
    const given = aCase({ person: minor })
      .told('police', '2027-09-03T12:10', 'departedUnknown', {})
      .completed('2027-09-03T12:50', 'missing-minor-alarm');
    expect(given.until('2027-09-04T12:00').mailsAbout('missing-minor-alarm')).toEqual(['2027-09-03T12:10 care-coordinator-1 planned']);
  });

  it.each<[string, boolean, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['contact-missed', true, (given) => given.told('caseworker', '2027-09-03T12:10', 'contactMissed', {})],
    ['departed-unknown', true, (given) => given.told('police', '2027-09-03T12:10', 'departedUnknown', {})],
    ['contact-missed', false, (given) => given.told('caseworker', '2027-09-03T12:10', 'contactMissed', {})],
    ['departed-unknown', false, (given) => given.told('police', '2027-09-03T12:10', 'departedUnknown', {})],
  ])('of %s is raised for a minor alone (minor: %s)', (about, isMinor, fact) => {
    const given = fact(aCase({ person: isMinor ? minor : {} })).until('2027-09-03T13:00');
    expect(given.mailsAbout(about).length).toBe(isMinor ? 3 : 0);
  });

  it('alarms caseworker and supervisor about a journey without declaration or booking', () => {
    expect(inReflection().told('police', '2027-09-03T12:10', 'travelled', {}).until('2027-09-03T13:00').mailsAbout('travelled')).toEqual([
      '2027-09-03T12:10 caseworker-1 alarm',
      '2027-09-03T12:10 supervisor-1 alarm',
    ]);
  });

  it('about a journey that we hear of after the arrival was due is one mail about both', () => {
    const given = inReflection().told('police', '2027-09-10T12:10', 'travelled', { on: '2027-09-03' }).until('2027-09-10T13:00');
    const alarms = given.mails.filter(({ class: of, at }) => of === 'alarm' && at >= '2027-09-03T12:00');
    expect(alarms.map(({ at, to, items }) => `${at} ${to}: ${items.join()}`)).toEqual([
      '2027-09-10T12:10 caseworker-1: travelled alarm,arrival-confirmation alarm',
      '2027-09-10T12:10 supervisor-1: travelled alarm,arrival-confirmation alarm',
    ]);
  });

  it('notifies the caseworker that a consent was withdrawn during a referral, also after IOM has answered', () => {
    const given = inReflection()
      .told('caseworker', '2027-09-02T12:00', 'returnRequested', {})
      .told('caseworker', '2027-09-02T12:05', 'consentGiven', { purpose: 'returnDataExchange' })
      .told('iom', '2027-09-03T11:00', 'riskAssessed', { outcome: 'acceptable' })
      .told('caseworker', '2027-09-03T12:00', 'consentWithdrawn', { purpose: 'returnDataExchange' })
      .until('2027-09-03T13:00');
    // After a second withdrawal there is nothing left to recall.
    given.told('caseworker', '2027-09-05T12:00', 'consentWithdrawn', { purpose: 'returnDataExchange' }).until('2027-09-06');
    expect(given.mailsAbout('consent-withdrawn')).toEqual(['2027-09-03T12:00 caseworker-1 alarm']);
  });

  it('comes if a consent is withdrawn in the minute in which it was given, and IOM gets neither notice', () => {
    const given = inReflection()
      .told('caseworker', '2027-09-02T12:00', 'returnRequested', {})
      .told('caseworker', '2027-09-02T12:05', 'consentGiven', { purpose: 'returnDataExchange' })
      .told('caseworker', '2027-09-02T12:05', 'consentWithdrawn', { purpose: 'returnDataExchange' })
      .until('2027-09-03T13:00');
    expect(given.mailsAbout('consent-withdrawn')).toEqual(['2027-09-02T12:05 caseworker-1 alarm']);
    expect(given.notices).toEqual([]);
  });

  it('does not come for a consent on which nothing rests', () => {
    const given = inReflection()
      .told('caseworker', '2027-09-02T12:05', 'consentGiven', { purpose: 'returnDataExchange' })
      .told('caseworker', '2027-09-03T12:00', 'consentWithdrawn', { purpose: 'returnDataExchange' });
    expect(given.until('2027-09-03T13:00').mailsAbout('consent-withdrawn')).toEqual([]);
  });

  it('is one mail to a person for all alarms of one instant', () => {
    const alarms = aCase()
      .until('2027-09-02T08:59')
      .until('2027-09-02T09:00')
      .mails.filter((mail) => mail.class === 'alarm');
    expect(alarms.map(({ to, items }) => `${to} ${items.length}`).sort()).toEqual([
      'care-coordinator-1 3',
      'caseworker-1 4',
      'police-1 1',
      'supervisor-1 8',
    ]);
  });

  it('contains an item once for a person who gets it by two roles', () => {
    const given = aCase({ person: minor, team: { caseworker: 'allround-1', careCoordinator: 'allround-1' } });
    const alarms = given
      .told('police', '2027-09-03T12:10', 'departedUnknown', {})
      .until('2027-09-03T12:20')
      .mails.filter(({ to, class: of }) => to === 'allround-1' && of === 'alarm');
    expect(alarms.at(-1)?.items).toEqual(['departed-unknown alarm']);
  });

  it('contains items that the digest of that morning then leaves out, and the other items stay in', () => {
    const given = aCase().until('2027-09-02T10:00');
    const [alarm, digest] = given.mails.filter(({ to, at }) => to === 'police-1' && at === '2027-09-02T09:00');
    expect(alarm?.items).toEqual(['offer-reflection-period alarm']);
    expect(digest?.items).toEqual(['informative-interview soon', 'comensha-registration due']);
  });
});

describe('the service sends nothing', () => {
  it('about a closed case', () => {
    const given = aCase();
    for (const task of given.openTasks()) given.told('supervisor', '2027-09-01T12:00', 'taskCompleted', { task });
    given.told('supervisor', '2027-09-01T12:30', 'closed', { result: 'notAVictim' }).until('2027-12-01');
    expect(given.mails.filter(({ at }) => at > '2027-09-01T12:00')).toEqual([]);
  });

  it('twice about one step to one person', () => {
    const said = inReflection()
      .until('2027-11-01')
      .mails.flatMap(({ to, items, at }) => items.map((item) => `${to} ${item} ${at.slice(0, 10)}`));
    expect(new Set(said).size).toBe(said.length);
  });
});

describe('a change of the team', () => {
  const changed = () =>
    inReflection()
      .until('2027-09-10T12:00')
      .told('supervisor', '2027-09-10T12:00', 'teamChanged', { role: 'careCoordinator', staffId: 'care-coordinator-2' });

  it("puts open items as planned into the new member's next digest, unless a step is due that morning", () => {
    const given = changed().until('2027-09-11T10:00');
    const [mail, ...others] = given.mails.filter(({ to }) => to === 'care-coordinator-2');
    expect(others).toEqual([]);
    expect(mail?.at).toBe('2027-09-11T09:00');
    expect(mail?.items).toContain('rvb-application planned');
    expect(mail?.items).toContain('urgent-medical-check planned');
    expect(mail?.items).toContain('safety-plan overdue');
  });

  it('ends every mail to the member who left', () => {
    const given = changed().until('2027-10-20');
    expect(given.mails.filter(({ to, at }) => to === 'care-coordinator-1' && at > '2027-09-10T12:00')).toEqual([]);
    expect(
      given
        .mailsAbout('rvb-application', 'care-coordinator-2')
        .slice(0, 3)
        .map((mail) => mail.slice(0, 10)),
    ).toEqual(['2027-09-11', '2027-09-14', '2027-09-15']);
  });

  it('raises no alarm again', () => {
    expect(
      changed()
        .until('2027-09-20')
        .mails.filter(({ to, class: of }) => to === 'care-coordinator-2' && of === 'alarm'),
    ).toEqual([]);
  });

  it('to the person who already has the role changes nothing', () => {
    const given = inReflection().told('supervisor', '2027-09-10T12:00', 'teamChanged', {
      role: 'careCoordinator',
      staffId: 'care-coordinator-1',
    });
    expect(given.until('2027-09-11T10:00').mailsAbout('rvb-application')).toEqual(['2027-09-02T09:00 care-coordinator-1 planned']);
  });

  it('notifies a returning member which items are open', () => {
    const given = changed()
      .told('supervisor', '2027-09-11T12:00', 'teamChanged', { role: 'careCoordinator', staffId: 'care-coordinator-1' })
      .until('2027-09-12T10:00');
    expect(given.mailsAbout('rvb-application', 'care-coordinator-1').at(-1)).toBe('2027-09-12T09:00 care-coordinator-1 planned');
  });
});
