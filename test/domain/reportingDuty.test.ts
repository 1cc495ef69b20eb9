import { pathwayView } from '../../src/domain/views/pathway';
import { aCase, callerOf, type CaseOnTheClock, type Fields } from '../support/aCase';

/* The days on which a person has to report (docs/policy.md, section 3, section 4, fine print 43). */

const inReflection = () => aCase().startedReflection('2027-09-01T11:00');
const inDecision = () => inReflection().declined('2027-09-05');
const applicant = () => inReflection().cooperated('2027-09-05');
const witness = () => inReflection().told('police', '2027-09-05', 'cooperated', { form: 'witness' });
const set = (given: CaseOnTheClock, when: string, every: 'P1W' | 'P1M' | 'none', on?: Fields<'reportingDutySet'>['on']) =>
  given.told('ind', when, 'reportingDutySet', { every, ...(on === undefined ? {} : { on }) });
/** The duties to report, with the state of each on a day. */
const duties = (given: CaseOnTheClock, until: string) =>
  pathwayView(given.until(until).file, given.now, callerOf('caseworker'), 'en')
    .tasks.filter(({ id }) => id.startsWith('reporting-duty'))
    .map(({ id, due, state }) => `${id} ${due} ${state}`);

describe('the duty to report within the period', () => {
  it('is monthly, planned at once, for the police, and owed by law', () => {
    const given = inReflection();
    expect(duties(given, '2027-09-01T12:00')).toEqual([
      'reporting-duty-1 2027-10-01 open',
      'reporting-duty-2 2027-11-01 open',
      'reporting-duty-3 2027-12-01 open',
    ]);
    expect(given.task('reporting-duty-1')).toMatchObject({ kind: 'residence', owner: 'police', statutory: true });
  });

  it('ends with the stage', () => {
    expect(duties(inDecision(), '2027-09-06')).toEqual([
      'reporting-duty-1 2027-10-01 lapsed',
      'reporting-duty-2 2027-11-01 lapsed',
      'reporting-duty-3 2027-12-01 lapsed',
    ]);
  });
});

describe('a duty to report that is set', () => {
  it('weekly comes each week from that day, one at a time: the next when the one before falls due', () => {
    const given = set(inDecision(), '2027-09-06', 'P1W');
    expect(duties(given, '2027-09-12').slice(3)).toEqual(['reporting-duty-4 2027-09-13 open']);
    expect(duties(given, '2027-09-13T00:00').slice(3)).toEqual(['reporting-duty-4 2027-09-13 open', 'reporting-duty-5 2027-09-20 open']);
    given.told('police', '2027-09-13', 'taskCompleted', { task: 'reporting-duty-4' });
    expect(duties(given, '2027-09-28').slice(3)).toEqual([
      'reporting-duty-4 2027-09-13 done',
      'reporting-duty-5 2027-09-20 overdue',
      'reporting-duty-6 2027-09-27 overdue',
      'reporting-duty-7 2027-10-04 open',
    ]);
    expect(given.task('reporting-duty-7')).toMatchObject({ kind: 'residence', owner: 'police', statutory: true });
  });

  it('monthly keeps the day of the month, also at the end of a short one', () => {
    const given = set(inDecision().until('2027-12-31'), '2027-12-31T12:00', 'P1M');
    expect(duties(given, '2028-03-31').slice(3)).toEqual([
      'reporting-duty-4 2028-01-31 overdue',
      'reporting-duty-5 2028-02-29 overdue',
      'reporting-duty-6 2028-03-31 open',
      'reporting-duty-7 2028-04-30 open',
    ]);
  });

  it('within the period takes the place of the three of the period, and the numbers go on', () => {
    expect(duties(set(inReflection(), '2027-09-10', 'P1W'), '2027-09-11')).toEqual([
      'reporting-duty-1 2027-10-01 lapsed',
      'reporting-duty-2 2027-11-01 lapsed',
      'reporting-duty-3 2027-12-01 lapsed',
      'reporting-duty-4 2027-09-17 open',
    ]);
  });

  it('again takes the place of the one before', () => {
    const given = set(set(inDecision(), '2027-09-06', 'P1W'), '2027-09-08', 'P1M');
    expect(duties(given, '2027-10-09').slice(3)).toEqual([
      'reporting-duty-4 2027-09-13 lapsed',
      'reporting-duty-5 2027-10-08 overdue',
      'reporting-duty-6 2027-11-08 open',
    ]);
  });

  it('to none ends every open one, whatever planned it, and plans nothing', () => {
    expect(duties(set(inReflection(), '2027-09-10', 'none'), '2028-03-01')).toEqual([
      'reporting-duty-1 2027-10-01 lapsed',
      'reporting-duty-2 2027-11-01 lapsed',
      'reporting-duty-3 2027-12-01 lapsed',
    ]);
    const recurring = set(set(inDecision(), '2027-09-06', 'P1W'), '2027-09-15', 'none');
    expect(duties(recurring, '2028-03-01').slice(3)).toEqual(['reporting-duty-4 2027-09-13 lapsed', 'reporting-duty-5 2027-09-20 lapsed']);
  });

  it('some time ago leaves out the days before it was told', () => {
    expect(duties(set(inDecision(), '2027-09-29', 'P1W', '2027-09-08'), '2027-09-29T12:00').slice(3)).toEqual([
      'reporting-duty-4 2027-09-29 open',
      'reporting-duty-5 2027-10-06 open',
    ]);
    expect(duties(set(inDecision(), '2027-09-30', 'P1W', '2027-09-08'), '2027-09-30T12:00').slice(3)).toEqual([
      'reporting-duty-4 2027-10-06 open',
    ]);
  });

  it('may be told by the police and IND, in every open stage, of nobody who is a citizen of the Union or a Dutch national', () => {
    expect(aCase().refusal('police', '2027-09-02', 'reportingDutySet', { every: 'P1W' })).toBeNull();
    expect(aCase().refusal('caseworker', '2027-09-02', 'reportingDutySet', { every: 'P1W' })?.code).toBe('role-not-allowed');
    for (const residence of ['euCitizen', 'dutch'] as const)
      expect(aCase({ person: { residence } }).refusal('ind', '2027-09-02', 'reportingDutySet', { every: 'none' })).toEqual({
        code: 'fact-not-possible',
        missing: ['eligibilityDecided'],
      });
  });

  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['the person leaves that stage', (given) => given.took('2027-09-20', 'assistance')],
    ['the person leaves for an unknown destination', (given) => given.told('police', '2027-09-20', 'departedUnknown', {})],
    ['the case is closed', (given) => given.didEverything('2027-09-20').told('supervisor', '2027-09-20', 'closed', { result: 'assisted' })],
  ])('ends for good when %s', (_, ends) => {
    const given = ends(set(inDecision(), '2027-09-06', 'P1M'));
    expect(duties(given, '2028-06-01').slice(3)).toEqual([expect.stringMatching(/reporting-duty-4 2027-10-06 (lapsed|done)/)]);
  });

  it('ends when a permit is granted, in whatever stage', () => {
    const home = set(applicant().took('2027-09-10', 'return'), '2027-09-12', 'P1W').granted('2027-09-14', '2028-09-13');
    expect(home.situation.stage).toBe('safeReturn');
    expect(duties(home, '2027-12-01').slice(3)).toEqual(['reporting-duty-4 2027-09-19 lapsed']);
  });
});

describe('the duty to report of an applicant', () => {
  it('as a witness is monthly from the cooperation, without anybody setting it', () => {
    const given = witness();
    expect(duties(given, '2027-10-05').slice(3)).toEqual(['reporting-duty-4 2027-10-05 open', 'reporting-duty-5 2027-11-05 open']);
    expect(given.taskIds()).not.toContain('ask-reporting-duty');
  });

  it('as a witness is another if it is set', () => {
    expect(duties(set(witness(), '2027-09-10', 'P1W'), '2027-09-11').slice(3)).toEqual([
      'reporting-duty-4 2027-10-05 lapsed',
      'reporting-duty-5 2027-09-17 open',
    ]);
  });

  it('ends when cooperation changes the kind of the application, and begins with that of a witness', () => {
    const noWitness = witness().cooperated('2027-09-10');
    expect(duties(noWitness, '2028-01-01').slice(3)).toEqual(['reporting-duty-4 2027-10-05 lapsed']);
    expect(noWitness.task('ask-reporting-duty')).toMatchObject({ dueOn: '2027-09-13', owner: 'police', statutory: false });
    const becomesWitness = set(applicant(), '2027-09-06', 'P1W').told('police', '2027-09-08', 'cooperated', { form: 'witness' });
    expect(duties(becomesWitness, '2027-09-09').slice(3)).toEqual([
      'reporting-duty-4 2027-09-13 lapsed',
      'reporting-duty-5 2027-10-08 open',
    ]);
  });

  it('goes on if the same kind of cooperation is told again', () => {
    const given = witness().told('police', '2027-09-10', 'cooperated', { form: 'witness' });
    expect(duties(given, '2027-09-11').slice(3)).toEqual(['reporting-duty-4 2027-10-05 open']);
  });
});

describe('the question which duty to report holds', () => {
  it('is for the police within three days of the cooperation that makes the person an applicant', () => {
    expect(applicant().task('ask-reporting-duty')).toMatchObject({
      kind: 'residence',
      owner: 'police',
      dueOn: '2027-09-08',
      statutory: false,
    });
  });

  it('is asked when the case enters decision after the period: by a no, by silence, by a refusal', () => {
    expect(inDecision().task('ask-reporting-duty').dueOn).toBe('2027-09-08');
    expect(inReflection().until('2027-12-03').task('ask-reporting-duty').dueOn).toBe('2027-12-05');
    const refused = applicant()
      .told('police', '2027-09-06', 'reportingDutySet', { every: 'P1W' })
      .told('ind', '2027-09-20', 'permitRefused', {});
    expect(refused.task('ask-reporting-duty-2').dueOn).toBe('2027-09-23');
  });

  it('is not asked of a person who declined the period, or whose period still runs', () => {
    const never = aCase().told('police', '2027-09-02', 'reflectionDeclined', { confirmed: true });
    expect(never.situation.stage).toBe('decision');
    expect(never.taskIds()).not.toContain('ask-reporting-duty');
  });

  it('is answered by the duty that is set, also by none, and lapses when the person leaves the stage', () => {
    expect(set(applicant(), '2027-09-06', 'none').stateOf('ask-reporting-duty')).toBe('done');
    expect(set(inDecision(), '2027-09-06', 'P1M').stateOf('ask-reporting-duty')).toBe('done');
    expect(inDecision().took('2027-09-06', 'assistance').stateOf('ask-reporting-duty')).toBe('lapsed');
    expect(applicant().granted('2027-09-06', '2028-09-05').stateOf('ask-reporting-duty')).toBe('lapsed');
  });
});
