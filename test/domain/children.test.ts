import { aCase, type CaseOnTheClock, type Opening } from '../support/aCase';

/* Minors, their guardians, and the children whom a person has with them (docs/policy.md, section 4, fine print 15). */

const adult = { ageGroup: 'adult' } as const;
const minor = { ageGroup: 'minor', unaccompanied: false } as const;
const alone = { ageGroup: 'minor', unaccompanied: true } as const;
const about = (person: Opening['person']) => aCase({ person: person ?? {} });
const inReflection = (person: Opening['person']) => about(person).startedReflection('2027-09-01T11:00');
const ofChildren = ['school-enrolment', 'youth-health-check'] as const;
const openOfChildren = (given: CaseOnTheClock) => given.openTasks().filter((id) => ofChildren.some((task) => id.startsWith(task)));
const assessed = (given: CaseOnTheClock, when: string, ageGroup: 'adult' | 'minor', unaccompanied?: boolean) =>
  given.told('careCoordinator', when, 'ageAssessed', { ageGroup, ...(unaccompanied === undefined ? {} : { unaccompanied }) });
const isMissing = { code: 'fact-not-possible', missing: ['ageAssessed'] };

describe('school and the health of children', () => {
  it('are arranged within two weeks of the first day of help, for a minor and for a person with children', () => {
    for (const person of [minor, { ...adult, dependants: 2 }]) {
      const given = inReflection(person);
      expect(given.task('school-enrolment')).toMatchObject({
        kind: 'social',
        owner: 'careCoordinator',
        dueOn: '2027-09-15',
        statutory: false,
      });
      expect(given.task('youth-health-check')).toMatchObject({
        kind: 'medical',
        owner: 'careCoordinator',
        dueOn: '2027-09-15',
        statutory: false,
      });
    }
  });

  it('are not asked for an adult without children, nor before help begins', () => {
    expect(openOfChildren(inReflection(adult))).toEqual([]);
    expect(openOfChildren(about(minor))).toEqual([]);
  });

  it('are asked from the day on which the person turns out to be a minor', () => {
    expect(assessed(inReflection(adult), '2027-09-10', 'minor').task('school-enrolment').dueOn).toBe('2027-09-24');
    expect(openOfChildren(assessed(about(adult), '2027-09-02', 'minor'))).toEqual([]);
  });

  it('lapse when the person turns out to be no minor, but not of a person with children', () => {
    const given = assessed(inReflection(minor), '2027-09-10', 'adult');
    expect(ofChildren.map((task) => given.stateOf(task))).toEqual(['lapsed', 'lapsed']);
    expect(openOfChildren(assessed(inReflection({ ...minor, dependants: 1 }), '2027-09-10', 'adult'))).toEqual([...ofChildren]);
  });

  it('are not asked again if one was done', () => {
    const given = inReflection(minor).completed('2027-09-05', 'school-enrolment');
    assessed(assessed(given, '2027-09-10', 'adult'), '2027-09-12', 'minor');
    expect(openOfChildren(given)).toEqual(['youth-health-check-2']);
  });

  it('have permits of their own where a person with children is granted one', () => {
    const granted = (dependants: number) => inReflection({ dependants }).cooperated('2027-09-05').granted('2027-09-10', '2028-09-09');
    expect(granted(1).task('children-permits')).toMatchObject({ kind: 'residence', owner: 'caseworker', dueOn: '2027-09-24' });
    expect(granted(0).taskIds()).not.toContain('children-permits');
    expect(granted(1).told('ind', '2027-09-20', 'permitEnded', { reason: 'withdrawn' }).stateOf('children-permits')).toBe('lapsed');
  });
});

describe('the guardian of an unaccompanied minor', () => {
  it('is named by the care coordinator, by Nidos or by youth care, which does the task', () => {
    const european = { ...alone, residence: 'euCitizen' } as const;
    for (const [teller, person] of [
      ['careCoordinator', alone],
      ['nidos', alone],
      ['youthCare', european],
    ] as const)
      expect(about(person).told(teller, '2027-09-01T12:00', 'guardianNamed', { body: 'nidos' }).stateOf('guardian')).toBe('done');
    expect(about(alone).refusal('caseworker', '2027-09-01T12:00', 'guardianNamed', { body: 'nidos' })?.code).toBe('role-not-allowed');
    expect(about(alone).refusal('iom', '2027-09-01T12:00', 'guardianNamed', { body: 'nidos' })?.code).toBe('not-found');
  });

  it('is named of no adult, and of no minor who is accompanied', () => {
    for (const person of [adult, minor])
      expect(about(person).refusal('careCoordinator', '2027-09-02', 'guardianNamed', { body: 'nidos' })).toEqual(isMissing);
    const given = assessed(about(adult), '2027-09-02', 'minor', true);
    expect(given.refusal('careCoordinator', '2027-09-02T12:00', 'guardianNamed', { body: 'nidos' })).toBeNull();
  });

  it('once named is not asked for again', () => {
    const given = about(alone).told('nidos', '2027-09-01T12:00', 'guardianNamed', { body: 'nidos' });
    assessed(assessed(given, '2027-09-02', 'adult'), '2027-09-03', 'minor');
    expect(given.taskIds().filter((id) => id.startsWith('guardian'))).toEqual(['guardian']);
  });

  it('gives effect to a no of the minor, which has none before', () => {
    const refusal = { code: 'fact-not-possible', missing: ['guardian'] };
    const named = (given: CaseOnTheClock) => given.told('nidos', '2027-09-02', 'guardianNamed', { body: 'nidos' });
    expect(about(alone).refusal('police', '2027-09-03', 'reflectionDeclined', { confirmed: true })).toEqual(refusal);
    expect(named(about(alone)).refusal('police', '2027-09-03', 'reflectionDeclined', { confirmed: true })).toBeNull();
    expect(inReflection(alone).refusal('police', '2027-09-03', 'declined', { confirmed: true })).toEqual(refusal);
    expect(named(inReflection(alone)).refusal('police', '2027-09-03', 'declined', { confirmed: true })).toBeNull();
  });
});

describe('a minor who is missing', () => {
  const left = (given: CaseOnTheClock) => given.told('police', '2027-09-05', 'departedUnknown', {}).until('2027-09-06');
  const told = (given: CaseOnTheClock) =>
    given.notices.filter(({ partner }) => partner !== 'ind').map(({ at, partner, notice }) => `${at} ${partner} ${notice}`);

  it('is known at once to the body of the named guardian', () => {
    for (const body of ['nidos', 'youthCare'] as const)
      expect(told(left(about(alone).told('careCoordinator', '2027-09-02', 'guardianNamed', { body })))).toEqual([
        `2027-09-05T10:00 ${body} departed`,
      ]);
  });

  it('is known to the body that was named last', () => {
    const given = about(alone).told('nidos', '2027-09-02', 'guardianNamed', { body: 'nidos' });
    expect(told(left(given.told('careCoordinator', '2027-09-03', 'guardianNamed', { body: 'youthCare' })))).toEqual([
      '2027-09-05T10:00 youthCare departed',
    ]);
  });

  it('is known before that to Nidos, and to youth care if they are a citizen of the Union or a Dutch national', () => {
    expect(told(left(about(alone)))).toEqual(['2027-09-05T10:00 nidos departed']);
    for (const residence of ['euCitizen', 'dutch'] as const)
      expect(told(left(about({ ...alone, residence })))).toEqual(['2027-09-05T10:00 youthCare departed']);
  });

  it('is not known to either if they were not alone', () => {
    expect(told(left(about(minor)))).toEqual([]);
  });
});
