import { aCase, type CaseOnTheClock } from '../support/aCase';
import { inStage } from '../support/inStage';
import { applicant, terms } from '../support/remedies';

describe('the duty to leave', () => {
  it.each(['ind', 'police', 'kmar', 'dtv'] as const)('may be told as a return decision by %s', (by) => {
    const given = inStage.decision().completed('2027-09-06', 'tell-dtv');
    expect(terms(given.told(by, '2027-09-10', 'returnDecisionIssued', {}), 'departure-term')).toEqual([
      'departure-term 2027-10-08 running',
    ]);
  });

  it.each(['caseworker', 'lawyer', 'prosecution', 'supervisor'] as const)('may not be told by %s', (by) => {
    expect(inStage.decision().refusal(by, '2027-09-10', 'returnDecisionIssued', {})?.code).toBe('role-not-allowed');
  });

  it('of a citizen of the Union begins with the end of the lawful stay, which IND alone tells, of nobody else', () => {
    const citizen = () => aCase({ person: { residence: 'euCitizen' } });
    expect(terms(citizen().told('ind', '2027-09-10', 'lawfulStayEnded', {}), 'departure-term')).toEqual([
      'departure-term 2027-10-08 running',
    ]);
    expect(citizen().refusal('police', '2027-09-10', 'lawfulStayEnded', {})?.code).toBe('role-not-allowed');
    for (const residence of ['noLawfulResidence', 'dutch', 'otherLawfulResidence', 'asylumSeeker'] as const)
      expect(aCase({ person: { residence } }).refusal('ind', '2027-09-10', 'lawfulStayEnded', {})).toEqual({
        code: 'fact-not-possible',
        missing: ['eligibilityDecided'],
      });
  });

  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['the period starts', (given) => given.startedReflection('2027-09-10')],
    ['the person becomes an applicant', (given) => given.cooperated('2027-09-10')],
    [
      'a permit is granted',
      (given) =>
        given
          .told('lawyer', '2027-09-10', 'otherApplicationFiled', {})
          .took('2027-09-10', 'humanitarianPermit')
          .granted('2027-09-11', '2028-09-10'),
    ],
    ['the person travels', (given) => given.told('caseworker', '2027-09-10', 'travelled', {})],
  ])('is lifted when %s', (_, fact) => {
    const given = aCase().told('police', '2027-09-05', 'returnDecisionIssued', {});
    expect(terms(fact(given), 'departure-term')).toEqual(['departure-term 2027-10-03 lifted']);
  });

  it('stays when an applicant says again that they cooperate, unless that changes the kind of the application', () => {
    const given = () => applicant().told('ind', '2027-09-06', 'returnDecisionIssued', {});
    expect(terms(given().cooperated('2027-09-10'), 'departure-term')).toEqual(['departure-term 2027-10-04 running']);
    const changed = given().told('police', '2027-09-10', 'cooperated', { form: 'witness' });
    expect(terms(changed, 'departure-term')).toEqual(['departure-term 2027-10-04 lifted']);
  });

  it('stays when cooperation makes nobody an applicant', () => {
    const citizen = aCase({ person: { residence: 'euCitizen' } }).told('ind', '2027-09-05', 'lawfulStayEnded', {});
    expect(terms(citizen.cooperated('2027-09-10'), 'departure-term')).toEqual(['departure-term 2027-10-03 running']);
    const awaiting = aCase({ person: { residence: 'asylumSeeker' } })
      .told('police', '2027-09-05', 'returnDecisionIssued', {})
      .told('police', '2027-09-10', 'cooperated', { form: 'reportSigned', awaitsAsylumDecision: true });
    expect(terms(awaiting, 'departure-term')).toEqual(['departure-term 2027-10-03 running']);
  });
});

describe('an entry ban', () => {
  const to = ['caseworker-1', 'supervisor-1', 'lawyer-1'];
  const alarmed = (given: CaseOnTheClock) =>
    given
      .told('supervisor', '2027-10-01T08:00', 'teamChanged', { role: 'lawyer', staffId: 'lawyer-1' })
      .told('ind', '2027-10-02T22:00', 'entryBanIssued', {})
      .until('2027-10-02T23:00')
      .mailsAbout('entry-ban-issued');

  it.each<[string, () => CaseOnTheClock]>([
    ['the period runs', inStage.reflection],
    ['a period was had', inStage.decision],
    ['an application is pending', () => aCase().cooperated('2027-09-05')],
    ['a permit runs', () => aCase().cooperated('2027-09-05').granted('2027-09-06', '2028-09-05')],
  ])('alarms caseworker, lawyer and supervisor at once if %s', (_, given) => {
    expect(alarmed(given())).toEqual(to.map((person) => `2027-10-02T22:00 ${person} alarm`));
  });

  it('alarms nobody of a person who had nothing of it, and is told by IND alone', () => {
    expect(alarmed(inStage.assistance())).toEqual([]);
    expect(inStage.decision().refusal('police', '2027-10-02', 'entryBanIssued', {})?.code).toBe('role-not-allowed');
  });
});
