import { aCase, type CaseOnTheClock, type Opening } from '../support/aCase';
import { editions } from '../../src/domain/policy/editions';

/* The allowance of whoever has the period or applies, and income support for all others (docs/policy.md, section 4). */

const allowance = ['rvb-form', 'rvb-application', 'first-allowance-paid'] as const;
const ofMoney = (given: CaseOnTheClock) =>
  given.taskIds().filter((id) => [...allowance, 'income-support'].some((task) => id.startsWith(task)));
const inReflection = (opening: Opening = {}) => aCase(opening).startedReflection('2027-09-01T11:00');
const row = (given: CaseOnTheClock, id: string) => {
  const { kind, owner, dueOn, statutory } = given.task(id);
  return { kind, owner, dueOn, statutory };
};

describe('the allowance', () => {
  it('is asked for when the period begins: the form by the police, the application within two weeks, the money within six', () => {
    const given = inReflection();
    expect(ofMoney(given)).toEqual([...allowance]);
    expect(row(given, 'rvb-form')).toEqual({ kind: 'financial', owner: 'police', dueOn: '2027-09-04', statutory: true });
    expect(row(given, 'rvb-application')).toEqual({ kind: 'financial', owner: 'careCoordinator', dueOn: '2027-09-15', statutory: true });
    expect(row(given, 'first-allowance-paid')).toEqual({
      kind: 'financial',
      owner: 'careCoordinator',
      dueOn: '2027-10-13',
      statutory: false,
    });
  });

  it('is also for whoever reports on the first day, without a period', () => {
    const given = aCase().cooperated('2027-09-01T15:00');
    expect(ofMoney(given)).toEqual([...allowance]);
    expect(row(given, 'rvb-form')).toMatchObject({ dueOn: '2027-09-04' });
  });

  it('is also for a witness, and in a case against an employer', () => {
    for (const form of ['witness', 'employerCase'] as const)
      expect(ofMoney(aCase({ person: { residence: 'witnessOnly' } }).told('police', '2027-09-02', 'cooperated', { form }))).toEqual([
        ...allowance,
      ]);
  });

  it('is asked for once a case', () => {
    const given = inReflection().completed('2027-09-02', 'rvb-form').cooperated('2027-09-05');
    given.told('police', '2027-09-06', 'cooperated', { form: 'witness' });
    expect(ofMoney(given)).toEqual([...allowance]);
  });

  it('goes on after the grant, and ends only when the permit is handed over', () => {
    const given = inReflection().cooperated('2027-09-05').granted('2027-09-10', '2028-09-09');
    expect(allowance.map((task) => given.stateOf(task, '2027-09-10T12:00'))).toEqual(['overdue', 'open', 'open']);
    expect(row(given, 'permit-handed')).toEqual({ kind: 'residence', owner: 'police', dueOn: '2027-09-17', statutory: false });
    given.told('police', '2027-09-12', 'taskCompleted', { task: 'permit-handed' });
    expect(allowance.map((task) => given.stateOf(task))).toEqual(['lapsed', 'lapsed', 'lapsed']);
  });

  it('does not end with the period', () => {
    expect(allowance.map((task) => inReflection().declined('2027-09-02').stateOf(task))).toEqual(['open', 'open', 'open']);
  });
});

describe('income support', () => {
  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['declines the period', (given) => given.told('police', '2027-09-02', 'reflectionDeclined', { confirmed: true })],
    [
      'is not eligible',
      (given) => given.told('police', '2027-09-02', 'eligibilityDecided', { eligible: false, ground: 'otherLawfulResidence' }),
    ],
    ['is in another procedure', (given) => given.told('ind', '2027-09-02', 'otherApplicationFiled', {})],
  ])('is arranged within two weeks for a person who %s', (_, fact) => {
    const given = fact(aCase());
    expect(ofMoney(given)).toEqual(['income-support']);
    expect(row(given, 'income-support')).toEqual({ kind: 'financial', owner: 'careCoordinator', dueOn: '2027-09-16', statutory: false });
  });

  it('is arranged for a citizen of the Union who reports', () => {
    expect(ofMoney(aCase({ person: { residence: 'euCitizen' } }).cooperated('2027-09-02'))).toEqual(['income-support']);
  });

  it('stays beside an allowance that is asked for later', () => {
    const given = aCase().told('police', '2027-09-02', 'reflectionDeclined', { confirmed: true }).startedReflection('2027-09-05');
    expect(ofMoney(given)).toEqual(['income-support', ...allowance]);
    expect(given.stateOf('income-support')).toBe('open');
  });

  it('lapses with the journey', () => {
    const given = aCase().told('police', '2027-09-02', 'reflectionDeclined', { confirmed: true });
    expect(given.told('police', '2027-09-05', 'travelled', {}).stateOf('income-support')).toBe('lapsed');
  });

  it.each(editions.filter(({ edition }) => !edition.startsWith('NL')).map((edition) => [edition.edition, edition] as const))(
    'is arranged also with the period in %s, which has no allowance of Dutch law',
    (_, edition) => {
      expect(ofMoney(inReflection({ edition }))).toEqual(['income-support']);
    },
  );
});
