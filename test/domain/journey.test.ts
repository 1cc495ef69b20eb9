import { caseAttributes } from '../../src/domain/views/caseAttributes';
import { pathwayView } from '../../src/domain/views/pathway';
import { aCase, callerOf, type CaseOnTheClock } from '../support/aCase';

/**
 * The person said no on the second and chose on the third to go home. Every gate is open on the tenth, and the declaration is of the
 * twelfth.
 */
const goingHome = () => aCase().startedReflection('2027-09-01T11:00').declined('2027-09-02').took('2027-09-03', 'return');
const ready = () => goingHome().opensGates('2027-09-10');
const declared = () => ready().declared('2027-09-12');
const booked = () => declared().booked('2027-09-13', '2027-09-30');

describe('the residence document', () => {
  it('is handed in after the departure declaration', () => {
    expect(ready().refusal('police', '2027-09-12', 'residenceDocumentHandedIn', {})).toEqual({
      code: 'fact-not-possible',
      missing: ['departureDeclared'],
    });
    expect(declared().refusal('police', '2027-09-13', 'residenceDocumentHandedIn', { notIssued: true })).toBeNull();
  });
});

describe('a journey home', () => {
  it('cannot be booked for an earlier date with a risk assessment that is too old today', () => {
    const given = declared().told('police', '2027-09-13', 'residenceDocumentHandedIn', {});
    expect(given.refusal('iom', '2027-10-20', 'travelBooked', { on: '2027-09-20', travelOn: '2027-10-25' })?.missing).toEqual([
      'riskAssessed',
    ]);
  });

  const on = { travelOn: '2027-09-30' } as const;

  it.each<[string, () => CaseOnTheClock, readonly string[]]>([
    ['the declaration and the document', ready, ['departureDeclared', 'residenceDocumentHandedIn']],
    ['the document', declared, ['residenceDocumentHandedIn']],
    [
      'a risk that allows the journey',
      () => withDocument().told('caseworker', '2027-09-13T12:00', 'riskAssessed', { outcome: 'notAcceptable' }),
      ['riskAssessed'],
    ],
  ])('is booked only with %s', (_, given, lacking) => {
    expect(given().refusal('iom', '2027-09-14', 'travelBooked', on)).toEqual({ code: 'fact-not-possible', missing: lacking });
  });

  it('cannot be booked by IOM without the consent in effect: for IOM there is no such case any more', () => {
    const given = withDocument().told('caseworker', '2027-09-13T12:00', 'consentWithdrawn', { purpose: 'returnDataExchange' });
    expect(given.refusal('iom', '2027-09-14', 'travelBooked', on)).toEqual({ code: 'not-found', missing: [] });
  });

  it('is booked once every condition holds, and can be booked again for another day', () => {
    const given = withDocument().told('iom', '2027-09-14', 'travelBooked', on);
    expect(given.situation.journey.travelOn).toBe('2027-09-30');
    expect(given.told('iom', '2027-09-15', 'travelBooked', { travelOn: '2027-10-02' }).situation.journey.travelOn).toBe('2027-10-02');
  });

  it('cannot be booked for the past, but can be for today', () => {
    expect(withDocument().refusal('iom', '2027-09-14', 'travelBooked', { travelOn: '2027-09-13' })?.code).toBe('fact-not-possible');
    expect(withDocument().refusal('iom', '2027-09-14', 'travelBooked', { travelOn: '2027-09-14' })).toBeNull();
  });

  it('of a Union citizen or a Dutch person needs no residence document', () => {
    for (const residence of ['euCitizen', 'dutch'] as const) {
      const given = aCase({ person: { residence } })
        .told('police', '2027-09-02', 'reflectionDeclined', { confirmed: true })
        .took('2027-09-03', 'return')
        .opensGates('2027-09-10')
        .declared('2027-09-12');
      expect(given.refusal('iom', '2027-09-13', 'travelBooked', on)).toBeNull();
    }
  });

  function withDocument(): CaseOnTheClock {
    return declared().told('police', '2027-09-13', 'residenceDocumentHandedIn', {});
  }
});

describe('an event that should not have happened', () => {
  const alarmed = (given: CaseOnTheClock, about: string) =>
    given
      .until('2027-09-30T12:00')
      .mailsAbout(about)
      .filter((mail) => mail.endsWith('alarm'))
      .map((mail) => mail.split(' ')[1]);
  const both = ['caseworker-1', 'supervisor-1'];
  const travels = (given: CaseOnTheClock) => given.told('caseworker', '2027-09-29', 'travelled', {});

  it.each<[string, () => CaseOnTheClock]>([
    ['from another stage', () => aCase().startedReflection('2027-09-01T11:00')],
    ['without a declaration', ready],
    ['without a booking', declared],
    ['although the risk forbids it', () => booked().told('caseworker', '2027-09-20', 'riskAssessed', { outcome: 'notAcceptable' })],
  ])('a journey %s, is recorded, and alarms caseworker and supervisor', (_, given) => {
    const gone = travels(given());
    expect(gone.situation.stage).toBe('aftercare');
    expect(alarmed(gone, 'travelled')).toEqual(both);
  });

  it('a journey that went as prepared causes no alarm', () => {
    expect(alarmed(travels(booked()), 'travelled')).toEqual([]);
  });

  it('a journey on an assessment that is now too old alarms the same two people, as after a found risk', () => {
    const given = booked().until('2027-11-01').told('caseworker', '2027-11-01', 'travelled', {});
    const alarms = given.until('2027-11-01T20:00').mails.filter(({ at, class: of }) => of === 'alarm' && at >= '2027-11-01');
    expect(alarms.map(({ to, items }) => [to, items])).toEqual(both.map((each) => [each, ['travelled alarm']]));
    expect(given.mailsAbout('risk-assessment').map((mail) => mail.split(' ')[2])).toContain('expired');
  });

  it('a risk found while a journey is booked alarms the same two people at once, and not before a booking', () => {
    const found = (given: CaseOnTheClock) =>
      given.told('careCoordinator', '2027-09-20T23:30', 'riskAssessed', { outcome: 'notAcceptable' });
    expect(alarmed(found(booked()), 'risk-assessed')).toEqual(both);
    expect(found(booked()).until('2027-09-21').mailsAbout('risk-assessed')).toContain('2027-09-20T23:30 supervisor-1 alarm');
    expect(alarmed(found(declared()), 'risk-assessed')).toEqual([]);
    expect(alarmed(booked().told('careCoordinator', '2027-09-20', 'riskAssessed', { outcome: 'acceptable' }), 'risk-assessed')).toEqual([]);
  });
});

describe('the view of a safe return', () => {
  const seen = (given: CaseOnTheClock) => pathwayView(given.file, given.now, callerOf('caseworker'), 'en').safeReturn;
  const escalated = (given: CaseOnTheClock) => caseAttributes(given.file, given.now).escalated;

  it('shows the shut gates, the declaration and the journey; in other stages nothing', () => {
    expect(seen(aCase().startedReflection('2027-09-01T11:00'))).toBeNull();
    expect(seen(ready().told('caseworker', '2027-09-11', 'consentWithdrawn', { purpose: 'returnDataExchange' }))).toEqual({
      declared: false,
      documentHandedIn: false,
      travelOn: null,
      missing: ['consentGiven'],
      bookedUnsafely: false,
    });
    expect(seen(booked())).toEqual({
      declared: true,
      documentHandedIn: true,
      travelOn: '2027-09-30',
      missing: [],
      bookedUnsafely: false,
    });
    expect(seen(booked().told('caseworker', '2027-09-30', 'travelled', {}))).toBeNull();
  });

  it('shows, also on the case list, a booked journey that the risk forbids, until a new assessment', () => {
    // This is the first day, before anything else is overdue.
    const given = aCase().readyToLeave('2027-09-01T11:00').declared('2027-09-01T12:00').booked('2027-09-01T13:00', '2027-09-20');
    expect(escalated(given)).toBe(false);
    given.told('careCoordinator', '2027-09-01T14:00', 'riskAssessed', { outcome: 'notAcceptable' });
    expect([seen(given)?.bookedUnsafely, escalated(given)]).toEqual([true, true]);
    given.told('careCoordinator', '2027-09-02T08:00', 'riskAssessed', { outcome: 'acceptable' });
    expect([seen(given)?.bookedUnsafely, escalated(given)]).toEqual([false, false]);
  });

  it('shows the same for a risk assessment that is too old', () => {
    const given = declared().booked('2027-09-13', '2027-10-20').until('2027-10-11T00:00');
    expect(seen(given)?.bookedUnsafely).toBe(true);
  });
});

describe('leaving the stage safe return', () => {
  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['the return is stopped', (given) => given.told('caseworker', '2027-09-20', 'returnStopped', { reason: 'ownWish' })],
    ['the person cooperates', (given) => given.cooperated('2027-09-20').granted('2027-09-20', '2028-09-19')],
    [
      'the person leaves',
      (given) => given.told('police', '2027-09-20', 'departedUnknown', {}).told('police', '2027-09-20', 'returnedToContact', {}),
    ],
    ['another application is filed', (given) => given.told('lawyer', '2027-09-20', 'otherApplicationFiled', {})],
  ])('because %s ends the request, the declaration, the document and the booking; the other gates stay open', (_, leave) => {
    const given = leave(booked());
    expect(given.situation).toMatchObject({
      returnRequested: false,
      journey: { declared: false, documentHandedIn: false, travelOn: null },
    });
    if (given.situation.stage !== 'safeReturn') given.took('2027-09-21', 'return');
    expect(given.refusal('caseworker', '2027-09-22', 'departureDeclared', {})?.missing).toEqual(['returnRequested']);
    given.told('caseworker', '2027-09-22', 'returnRequested', {}).declared('2027-09-22');
    expect(given.refusal('iom', '2027-09-22', 'travelBooked', { travelOn: '2027-09-30' })?.missing).toEqual(['residenceDocumentHandedIn']);
  });

  it('is possible after the declaration and with a booked journey, until the person has travelled', () => {
    for (const given of [goingHome(), ready(), declared(), booked()]) {
      expect(given.refusal('caseworker', '2027-09-29', 'returnStopped', { reason: 'ownWish' })).toBeNull();
      expect(given.refusal('police', '2027-09-29', 'cooperated', { form: 'reportSigned' })).toBeNull();
    }
    const gone = booked().told('caseworker', '2027-09-29', 'travelled', {});
    expect(gone.refusal('caseworker', '2027-09-30', 'returnStopped', { reason: 'ownWish' })?.code).toBe('fact-not-possible');
    expect(gone.refusal('police', '2027-09-30', 'cooperated', { form: 'reportSigned' })?.code).toBe('fact-not-possible');
  });
});
