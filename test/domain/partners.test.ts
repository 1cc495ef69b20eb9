import { certificateFor } from '../../src/domain/views/certificate';
import { entriesFor, pathwayFor } from '../../src/domain/views/partner';
import { may } from '../../src/domain/rights/rights';
import { whereIs } from '../../src/domain/rights/told';
import { aCase, callerOf, type CaseOnTheClock, type Teller } from '../support/aCase';
import { inStage } from '../support/inStage';

/* The partners that reach a case, and since when not any more (docs/rights.md, partners). */

const reading = (given: CaseOnTheClock) => {
  const where = whereIs(given.situation, given.file.start.edition);
  return (['iom', 'dtv', 'receiving', 'nidos', 'youthCare'] as const).filter((each) => may(callerOf(each), 'read', where) === 'yes');
};
const asks = (given: CaseOnTheClock, when = '2027-09-07') => given.told('caseworker', when, 'returnRequested', {});
const consents = (given: CaseOnTheClock, when = '2027-09-07') =>
  given.told('caseworker', when, 'consentGiven', { purpose: 'returnDataExchange' });
const withdraws = (given: CaseOnTheClock, when: string) =>
  given.told('caseworker', when, 'consentWithdrawn', { purpose: 'returnDataExchange' });
const referred = () => consents(asks(inStage.reflection()));
const alone = { ageGroup: 'minor', unaccompanied: true } as const;

describe('IOM', () => {
  it('reaches a case from the referral on, which needs the wish to return and the consent', () => {
    expect(reading(inStage.reflection())).toEqual([]);
    expect(reading(asks(inStage.reflection()))).toEqual([]);
    expect(reading(consents(inStage.reflection()))).toEqual([]);
    expect(reading(referred())).toEqual(['iom', 'dtv']);
  });

  it('goes on reaching it after the return is stopped, and through the journey', () => {
    const home = referred().took('2027-09-08', 'return').told('iom', '2027-09-09', 'travelled', {});
    expect(reading(home)).toContain('iom');
    const stopped = referred().took('2027-09-08', 'return').told('iom', '2027-09-09', 'returnStopped', { reason: 'ownWish' });
    expect(reading(stopped)).toEqual(['iom']);
  });

  it('loses it when the consent is withdrawn, and gets it back with a new consent only if the person asks to return', () => {
    expect(reading(withdraws(referred(), '2027-09-10'))).toEqual([]);
    expect(reading(consents(withdraws(referred(), '2027-09-10'), '2027-09-12'))).toEqual(['iom', 'dtv']);
    const stopped = referred().took('2027-09-08', 'return').told('iom', '2027-09-09', 'returnStopped', { reason: 'ownWish' });
    expect(reading(consents(withdraws(stopped, '2027-09-10'), '2027-09-12'))).toEqual([]);
  });

  it('does not exist for a fact after that, so that staff record the journey', () => {
    const given = withdraws(referred().took('2027-09-08', 'return'), '2027-09-10');
    expect(given.refusal('iom', '2027-09-11', 'travelled', {})?.code).toBe('not-found');
    expect(given.refusal('caseworker', '2027-09-11', 'travelled', {})).toBeNull();
  });
});

describe('DT&V', () => {
  it('reaches a case of a return to which the person consents, in safe return and aftercare also without their asking', () => {
    expect(reading(consents(inStage.safeReturn()))).toEqual(['dtv']);
    expect(reading(consents(inStage.safeReturn()).told('police', '2027-09-09', 'travelled', {}))).toEqual(['dtv']);
    expect(reading(consents(inStage.decision()))).toEqual([]);
  });

  it('reaches a Dublin case, and one of which the police have told it, whatever the person consents to', () => {
    expect(reading(aCase({ person: { residence: 'dublin' } }))).toEqual(['dtv']);
    expect(reading(inStage.decision().completed('2027-09-06', 'tell-dtv'))).toEqual(['dtv']);
    const waived = inStage.decision().told('caseworker', '2027-09-06', 'taskWaived', { task: 'tell-dtv', reason: 'notNeeded' });
    expect(reading(waived)).toEqual([]);
  });
});

describe('the receiving organisation', () => {
  const confirmed = (given: CaseOnTheClock, fields: { refusedByPerson?: boolean; on?: '2027-09-05' } = {}) =>
    given.told('caseworker', '2027-09-09', 'receivingOrganisationConfirmed', fields);

  it('reaches a case once it is confirmed with the consent, and not if the person refuses one', () => {
    expect(reading(confirmed(referred()))).toContain('receiving');
    expect(reading(confirmed(inStage.safeReturn()))).not.toContain('receiving');
    expect(reading(confirmed(referred(), { refusedByPerson: true }))).not.toContain('receiving');
  });

  it('loses it by the last news by date, whichever was recorded first', () => {
    expect(reading(confirmed(confirmed(referred()), { refusedByPerson: true }))).not.toContain('receiving');
    expect(reading(confirmed(confirmed(referred()), { refusedByPerson: true, on: '2027-09-05' }))).toContain('receiving');
    expect(reading(withdraws(confirmed(referred()), '2027-09-10'))).not.toContain('receiving');
  });
});

describe('the guardian body', () => {
  it('of an unaccompanied minor reaches the case: Nidos, or youth care of a citizen of the Union or a Dutch national', () => {
    expect(reading(aCase({ person: alone }))).toEqual(['nidos']);
    for (const residence of ['euCitizen', 'dutch'] as const)
      expect(reading(aCase({ person: { ...alone, residence } }))).toEqual(['youthCare']);
    expect(reading(aCase({ person: { ageGroup: 'minor' } }))).toEqual([]);
    expect(reading(aCase())).toEqual([]);
  });

  it('changes with the guardian who is named, and with the age', () => {
    const named = aCase({ person: alone }).told('nidos', '2027-09-02', 'guardianNamed', { body: 'youthCare' });
    expect(reading(named)).toEqual(['youthCare']);
    const adult = aCase({ person: alone }).told('police', '2027-09-02', 'ageAssessed', { ageGroup: 'adult' });
    expect(reading(adult)).toEqual([]);
  });
});

describe('IND and CoMensha', () => {
  it('reach no case as partners: they are notified', () => {
    const where = whereIs(referred().situation, referred().file.start.edition);
    for (const partner of ['ind', 'comensha', 'somebody'])
      expect(may({ id: `${partner}-9`, roles: ['partner'], partner }, 'read', where)).toBe('hidden');
  });
});

describe('the view of a partner', () => {
  const view = (given: CaseOnTheClock, by: Teller) => pathwayFor(given.file, { caller: callerOf(by), now: given.now });
  const goingHome = () =>
    referred().took('2027-09-08', 'return').told('careCoordinator', '2027-09-09', 'riskAssessed', { outcome: 'acceptable' });

  it('has the stage in three words, the gates that concern it, the day of travel and what it may record', () => {
    expect(view(referred(), 'iom')).toEqual({
      ...{ reference: referred().file.start.reference, stage: 'other', missing: [], travelOn: null },
      allowedFacts: expect.arrayContaining(['riskAssessed', 'travelled']),
    });
    expect(view(goingHome(), 'dtv')).toMatchObject({ stage: 'safeReturn', missing: ['removalSuspended'], travelOn: null });
    const booked = referred()
      .took('2027-09-08', 'return')
      .opensGates('2027-09-09')
      .declared('2027-09-10')
      .booked('2027-09-11', '2027-09-30');
    expect(view(booked, 'dtv')).toMatchObject({ stage: 'safeReturn', missing: [], travelOn: '2027-09-30' });
    expect(view(booked.told('iom', '2027-09-30', 'travelled', {}), 'iom')).toMatchObject({
      stage: 'aftercare',
      missing: [],
      travelOn: null,
    });
  });

  it('shows IOM each shut gate, since it may declare the departure, which waits for all of them', () => {
    const missing = ['returnPermitted', 'removalSuspended', 'legalAdviceTaken', 'criminalCaseArranged', 'compensationArranged'];
    expect(view(goingHome(), 'iom')).toMatchObject({ missing: expect.arrayContaining(missing) });
    expect(view(goingHome(), 'caseworker')).toMatchObject({ safeReturn: { missing: expect.arrayContaining(missing) } });
  });

  it('has its own facts in the timeline, and no deadlines', () => {
    const given = goingHome().told('iom', '2027-09-10', 'medicalFitnessConfirmed', {});
    expect(entriesFor(given.file, callerOf('iom')).map(({ type }) => type)).toEqual(['medicalFitnessConfirmed']);
    expect(entriesFor(given.file, callerOf('dtv'))).toEqual([]);
    expect(entriesFor(given.file, callerOf('caseworker'))).toEqual(given.file.entries);
    expect(certificateFor(given.file, 'reflection-period', given.now, callerOf('iom'))).toBe('no-such-deadline');
    expect(certificateFor(given.file, 'reflection-period', given.now, callerOf('caseworker'))).toMatchObject({ state: 'running' });
  });

  it('is not that of a caller who also reaches the case by another role', () => {
    const both = { id: 'both-1', roles: ['partner', 'ind'], partner: 'iom' } as const;
    expect(view(referred(), both)).toMatchObject({ stage: 'reflection' });
    const elsewhere = { id: 'both-2', roles: ['partner', 'lawyer'], partner: 'iom', office: 'rotterdam' } as const;
    const shown = view(referred(), elsewhere);
    expect(shown).toMatchObject({ stage: 'other' });
    expect(shown.allowedFacts).not.toContain('legalAdviceTaken');
  });
});
