import { nl201208 } from '../../src/domain/policy/editions/nl-2012-08';
import { nl201510 } from '../../src/domain/policy/editions/nl-2015-10';
import type { FactType } from '../../src/domain/facts/catalogue';
import { aCase, type CaseOnTheClock, type Fields, type Opening, type Teller } from '../support/aCase';

const minor = { ageGroup: 'minor', unaccompanied: false } as const;
const inDecision = (opening: Opening = {}) => aCase(opening).startedReflection('2027-09-01T11:00').declined('2027-09-02');

type Statement = 'victimStatementIssued' | 'threatStatementIssued' | 'medicalStatementReceived';
const tellers: { readonly [T in Statement]: readonly [Teller, Fields<T>] } = {
  victimStatementIssued: ['police', {}],
  threatStatementIssued: ['police', {}],
  medicalStatementReceived: ['lawyer', { register: 'NIP' }],
};

describe('the permit on humanitarian grounds', () => {
  const victim = 'victimStatementIssued';
  const threat = 'threatStatementIssued';
  const medical = 'medicalStatementReceived';

  it.each<[string, readonly Statement[], readonly string[] | null]>([
    ['nothing', [], [victim, threat, medical]],
    ['the statement that the person is a victim alone', [victim], [threat, medical]],
    ['a threat alone', [threat], [victim]],
    ['a medical statement alone', [medical], [victim]],
    ['threat and medical statement, but not that the person is a victim', [threat, medical], [victim]],
    ['that the person is a victim, and a threat', [victim, threat], null],
    ['that the person is a victim, and a medical statement', [victim, medical], null],
    ['all three', [victim, threat, medical], null],
  ])('with %s', (_, statements, missing) => {
    expect(lacking(evidence(inDecision(), statements))).toEqual(missing);
  });

  it.each<[string, Opening, readonly Statement[], readonly string[] | null]>([
    ['of a minor needs no threat and no medical statement', { person: minor }, [victim], null],
    ['of a minor needs the statement that the person is a victim', { person: minor }, [], [victim]],
    [
      'of a minor needs both under the text of 2015, which does not know that ground',
      { person: minor, edition: nl201510 },
      [victim],
      [threat, medical],
    ],
    ['of a minor needs both under the text of 2012 too', { person: minor, edition: nl201208 }, [victim], [threat, medical]],
  ])('%s', (_, opening, statements, missing) => {
    expect(lacking(evidence(inDecision(opening), statements))).toEqual(missing);
  });

  it('depends on the age as it is known now', () => {
    const given = evidence(inDecision(), [victim]).told('police', '2027-09-03', 'ageAssessed', { ageGroup: 'minor' });
    expect(lacking(given)).toBeNull();
    expect(lacking(given.told('police', '2027-09-04', 'ageAssessed', { ageGroup: 'adult' }))).toEqual([threat, medical]);
  });

  it('accepts statements from any stage, however early', () => {
    const early = evidence(aCase(), [victim, medical], '2027-09-01T10:00').startedReflection('2027-09-01T11:00');
    expect(lacking(early)).toBeNull();
    expect(lacking(early.declined('2027-09-02').took('2027-09-03', 'assistance'))).toBeNull();
  });

  it('needs evidence for its decision, not for its proposal', () => {
    expect(
      inDecision().refusal('lawyer', '2027-09-05', 'routeProposed', { route: 'humanitarianPermit', grounds: ['seriousThreat'] }),
    ).toBeNull();
  });

  it('can be decided if the evidence comes after the proposal, which stays open after a refusal', () => {
    const given = inDecision().proposed('2027-09-04', 'humanitarianPermit');
    const decide = { route: 'humanitarianPermit', grounds: ['seriousThreat'] } as const;
    expect(given.refusal('supervisor', '2027-09-05', 'routeDecided', decide)?.missing).toContain(victim);
    evidence(given, [victim, threat], '2027-09-06').told('supervisor', '2027-09-07', 'routeDecided', decide);
    expect(given.situation).toMatchObject({ stage: 'permitApplication', application: { kind: 'humanitarian', since: '2027-09-07' } });
  });

  it('cannot be decided on evidence that was taken back', () => {
    const given = evidence(inDecision(), [victim, threat]).corrects('police', '2027-09-04', 'fact-4');
    expect(lacking(given)).toEqual([threat, medical]);
  });

  it.each(['return', 'otherProcedure', 'assistance'] as const)('is the only route that needs evidence: the route %s does not', (route) => {
    const given = inDecision().proposed('2027-09-05', route);
    expect(given.refusal('supervisor', '2027-09-06', 'routeDecided', { route, grounds: ['other'] })).toBeNull();
  });

  it('is never renewed, and ends like any permit', () => {
    const given = inDecision().took('2027-09-05', 'humanitarianPermit').granted('2027-09-06', '2028-09-05');
    const until = { from: '2028-09-01', until: '2029-08-31' } as const;
    expect(given.refusal('ind', '2028-09-01', 'permitRenewed', until)?.code).toBe('not-renewable');
    expect(given.told('ind', '2028-09-06', 'permitEnded', { reason: 'expired' }).situation).toMatchObject({
      stage: 'decision',
      permit: null,
    });
  });
});

/** The statements, recorded by callers with the authority. */
function evidence(given: CaseOnTheClock, statements: readonly Statement[], when = '2027-09-03'): CaseOnTheClock {
  return statements.reduce((each, type) => each.told(tellers[type][0], when, type satisfies FactType, tellers[type][1] as never), given);
}

/** The missing conditions of the decision on the humanitarian permit; nothing if it is possible. */
function lacking(given: CaseOnTheClock): readonly string[] | null {
  const decide = { route: 'humanitarianPermit', grounds: ['seriousThreat'] } as const;
  given.proposed('2027-09-05', 'humanitarianPermit');
  return given.refusal('supervisor', '2027-09-06', 'routeDecided', decide)?.missing ?? null;
}
