import { aCase, type CaseOnTheClock } from '../support/aCase';

const minor = { ageGroup: 'minor', unaccompanied: true } as const;
const inReflection = () => aCase().startedReflection('2027-09-01T11:00');
const asks = (given: CaseOnTheClock, when = '2027-09-03T12:00') => given.told('caseworker', when, 'returnRequested', {});
const consents = (given: CaseOnTheClock, when = '2027-09-03T12:05') =>
  given.told('caseworker', when, 'consentGiven', { purpose: 'returnDataExchange' });
const withdraws = (given: CaseOnTheClock, when: string) =>
  given.told('caseworker', when, 'consentWithdrawn', { purpose: 'returnDataExchange' });
const goingHome = () => consents(asks(inReflection().declined('2027-09-02').took('2027-09-03', 'return')));
const noticesOf = (given: CaseOnTheClock) =>
  given.until('2027-12-20').notices.map(({ at, partner, notice }) => `${at} ${partner} ${notice}`);
const referral = '2027-09-03T12:05 iom return-referral';

describe('the service notifies IND', () => {
  it('at once of cooperation that makes the person an applicant, and again only if the kind changes', () => {
    const given = inReflection().told('police', '2027-09-05T22:15', 'cooperated', { form: 'witness' });
    given
      .told('police', '2027-09-06T08:00', 'cooperated', { form: 'witness' })
      .cooperated('2027-09-07T08:00')
      .cooperated('2027-09-08T08:00');
    expect(noticesOf(given)).toEqual(['2027-09-05T22:15 ind m55-cooperation', '2027-09-07T08:00 ind m55-cooperation']);
  });

  it('of a departure if a period was started, an application is pending or a permit runs', () => {
    expect(noticesOf(inReflection().told('police', '2027-09-05', 'departedUnknown', {}))).toEqual(['2027-09-05T10:00 ind departed']);
    expect(noticesOf(aCase().told('police', '2027-09-05', 'departedUnknown', {}))).toEqual([]);
    expect(noticesOf(aCase().cooperated('2027-09-04').told('police', '2027-09-05', 'departedUnknown', {}))).toContain(
      '2027-09-05T10:00 ind departed',
    );
  });
});

describe('the service notifies Nidos', () => {
  it('of the departure of an unaccompanied minor, and of no other', () => {
    expect(noticesOf(aCase({ person: minor }).told('police', '2027-09-05', 'departedUnknown', {}))).toEqual([
      '2027-09-05T10:00 nidos departed',
    ]);
    expect(
      noticesOf(aCase({ person: { ageGroup: 'minor', unaccompanied: false } }).told('police', '2027-09-05', 'departedUnknown', {})),
    ).toEqual([]);
  });
});

describe('the service notifies IOM', () => {
  it('of the return once the person asks and consents, in either order', () => {
    expect(noticesOf(consents(asks(inReflection())))).toEqual([referral]);
    expect(noticesOf(asks(consents(inReflection(), '2027-09-03T11:00'), '2027-09-03T12:05'))).toEqual([referral]);
  });

  it('of nothing without the wish, or without the consent to this exchange', () => {
    expect(noticesOf(asks(inReflection()))).toEqual([]);
    expect(noticesOf(consents(inReflection()))).toEqual([]);
    expect(noticesOf(asks(inReflection()).told('caseworker', '2027-09-03T12:10', 'consentGiven', { purpose: 'medical' }))).toEqual([]);
  });

  it('of nothing new if the person asks or consents again', () => {
    expect(noticesOf(consents(asks(consents(asks(inReflection())), '2027-09-04'), '2027-09-05'))).toEqual([referral]);
  });

  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['the return is stopped', (given) => given.told('caseworker', '2027-09-10', 'returnStopped', { reason: 'ownWish' })],
    ['the person cooperates', (given) => given.cooperated('2027-09-10')],
    ['the person files another application', (given) => given.told('ind', '2027-09-10', 'otherApplicationFiled', {})],
    ['the person leaves', (given) => given.told('police', '2027-09-10', 'departedUnknown', {})],
    ['the case is closed', (given) => given.didEverything('2027-09-10').told('supervisor', '2027-09-10', 'closed', { result: 'assisted' })],
  ])('that the return is off when %s', (_, fact) => {
    expect(noticesOf(fact(goingHome())).filter((notice) => notice.includes('iom'))).toEqual([
      referral,
      '2027-09-10T10:00 iom return-stopped',
    ]);
  });

  it('not that the return is off if the person has travelled', () => {
    expect(noticesOf(goingHome().told('caseworker', '2027-09-10', 'travelled', {}))).toEqual([referral]);
  });

  it('of no end of a return that IOM had no notice of', () => {
    const given = inReflection()
      .declined('2027-09-02')
      .took('2027-09-03', 'return')
      .told('caseworker', '2027-09-10', 'returnStopped', { reason: 'ownWish' });
    expect(noticesOf(given)).toEqual([]);
  });

  it('that the return is off when the person cooperates after a referral from another stage, which ends the request', () => {
    const given = consents(asks(inReflection())).cooperated('2027-09-10');
    expect(given.situation.returnRequested).toBe(false);
    expect(noticesOf(given)).toEqual([referral, '2027-09-10T10:00 ind m55-cooperation', '2027-09-10T10:00 iom return-stopped']);
  });

  it('of nothing if cooperation changes nothing in the stay', () => {
    const given = consents(asks(aCase().told('police', '2027-09-02', 'eligibilityDecided', { eligible: false, ground: 'euCitizen' })));
    expect(noticesOf(given.cooperated('2027-09-10'))).toEqual([referral]);
    expect(given.situation).toMatchObject({ returnRequested: true, referral: { running: true } });
  });

  it('of the recall also after the return was stopped or made, since IOM still has the data', () => {
    const recalled = (given: CaseOnTheClock) => noticesOf(withdraws(given, '2027-09-20')).at(-1);
    expect(recalled(goingHome().told('caseworker', '2027-09-10', 'returnStopped', { reason: 'ownWish' }))).toBe(
      '2027-09-20T10:00 iom recall',
    );
    expect(recalled(goingHome().told('caseworker', '2027-09-10', 'travelled', {}))).toBe('2027-09-20T10:00 iom recall');
  });

  it('of no recall if a later consent is in effect, whichever fact was recorded first', () => {
    const given = goingHome().told('caseworker', '2027-09-10', 'consentWithdrawn', { purpose: 'returnDataExchange', on: '2027-09-02' });
    expect(noticesOf(given)).toEqual([referral]);
    expect(given.mailsAbout('consent-withdrawn')).toEqual([]);
    expect(given.situation).toMatchObject({ consents: ['returnDataExchange'], referral: { running: true, recalled: false } });
  });

  it('to hold the journey if a risk is found after the declaration, not before it', () => {
    const found = (given: CaseOnTheClock) =>
      noticesOf(given.told('caseworker', '2027-10-01', 'riskAssessed', { outcome: 'notAcceptable' }));
    expect(found(goingHome())).not.toContain('2027-10-01T10:00 iom travel-hold');
    expect(found(aCase().readyToLeave('2027-09-20').declared('2027-09-30'))).toContain('2027-10-01T10:00 iom travel-hold');
  });

  it('of the recall when the consent is withdrawn, and of the return again with a new consent', () => {
    const given = consents(withdraws(consents(asks(inReflection())), '2027-09-10'), '2027-09-12');
    expect(noticesOf(given)).toEqual([referral, '2027-09-10T10:00 iom recall', '2027-09-12T10:00 iom return-referral']);
  });

  it('of the end of a return that it knew of, also after a withdrawn consent, and of one recall only', () => {
    const given = withdraws(goingHome(), '2027-09-20').told('caseworker', '2027-09-22', 'returnStopped', { reason: 'ownWish' });
    expect(noticesOf(given).slice(-2)).toEqual(['2027-09-20T10:00 iom recall', '2027-09-22T10:00 iom return-stopped']);
  });

  it('of nothing if the consent was withdrawn before the referral left', () => {
    const at = '2027-09-10T10:00';
    const given = consents(asks(inReflection()), at);
    given.told('caseworker', at, 'consentWithdrawn', { purpose: 'returnDataExchange' });
    expect(noticesOf(given)).toEqual([]);
  });

  it('of no recall if nothing rested on the consent', () => {
    expect(noticesOf(withdraws(consents(inReflection()), '2027-09-10'))).toEqual([]);
  });
});

describe('the service notifies DT&V', () => {
  it('that a return is off only if DT&V has recorded a fact itself', () => {
    expect(noticesOf(goingHome().told('dtv', '2027-09-10', 'returnStopped', { reason: 'documents' }))).toContain(
      '2027-09-10T10:00 dtv return-stopped',
    );
    expect(noticesOf(goingHome().told('caseworker', '2027-09-10', 'returnStopped', { reason: 'documents' })).join()).not.toContain('dtv');
  });
});
