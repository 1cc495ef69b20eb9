import { editionOrCurrent } from '../../src/domain/policy/editions';
import { aCase, type CaseOnTheClock, type Opening } from '../support/aCase';

/* A person for whose asylum request another State is responsible (docs/policy.md, section 3, section 5, fine print 42). */

const dublin = (opening: Opening = {}) => aCase({ ...opening, person: { residence: 'dublin', ...opening.person } });
const inReflection = () => dublin().startedReflection('2027-09-01T11:00');
const applicant = () => dublin().cooperated('2027-09-10');
const noMore = (given: CaseOnTheClock, when: string) =>
  given.told('ind', when, 'eligibilityDecided', { eligible: true, ground: 'asylumSeeker' });
const deadline = ({ situation }: CaseOnTheClock, rule: string) => situation.deadlines.filter((each) => each.rule === rule);
const isMissing = { code: 'fact-not-possible', missing: ['eligibilityDecided'] };

describe('the facts of a Dublin case', () => {
  it('are refused while another ground is decided', () => {
    expect(aCase().refusal('prosecution', '2027-09-10', 'presenceAssessed', { necessary: true })).toEqual(isMissing);
    expect(aCase().refusal('ind', '2027-09-10', 'transferTermSet', { until: '2028-03-01' })).toEqual(isMissing);
    expect(aCase().refusal('ind', '2027-09-10', 'transferPlanned', { transferOn: '2027-10-01' })).toEqual(isMissing);
    const decided = aCase().told('ind', '2027-09-05', 'eligibilityDecided', { eligible: true, ground: 'dublin' });
    expect(decided.refusal('prosecution', '2027-09-10', 'presenceAssessed', { necessary: true })).toBeNull();
    expect(decided.refusal('lawyer', '2027-09-10', 'transferTermSet', { until: '2028-03-01' })).toBeNull();
    expect(decided.refusal('dtv', '2027-09-10', 'transferPlanned', { transferOn: '2027-10-01' })).toBeNull();
  });

  it('are told by whoever decides them', () => {
    expect(dublin().refusal('ind', '2027-09-10', 'presenceAssessed', { necessary: true })?.code).toBe('role-not-allowed');
    expect(dublin().refusal('dtv', '2027-09-10', 'transferTermSet', { until: '2028-03-01' })?.code).toBe('role-not-allowed');
    expect(dublin().refusal('lawyer', '2027-09-10', 'transferPlanned', { transferOn: '2027-10-01' })?.code).toBe('role-not-allowed');
  });

  it('leave thirty days to reflect in the edition that has them', () => {
    expect(inReflection().situation.period).toMatchObject({ length: 'P30D', endsOn: '2027-10-01' });
    const of2015 = dublin({ edition: editionOrCurrent('NL-2015-10') }).startedReflection('2027-09-01T11:00');
    expect(of2015.situation.period).toMatchObject({ length: 'P3M', endsOn: '2027-12-01' });
  });
});

describe('the assessment of the presence of the person', () => {
  it('is expected within four weeks of the cooperation that makes them an applicant', () => {
    expect(deadline(applicant(), 'presence-assessment')).toMatchObject([{ startedOn: '2027-09-10', date: '2027-10-08', end: null }]);
    expect(deadline(aCase().cooperated('2027-09-10'), 'presence-assessment')).toEqual([]);
  });

  it('is expected of nobody who first awaits the decision on asylum', () => {
    const given = dublin().told('police', '2027-09-10', 'cooperated', { form: 'reportSigned', awaitsAsylumDecision: true });
    expect(deadline(given, 'presence-assessment')).toEqual([]);
  });

  it('is expected no more if the prosecution gave it before', () => {
    const given = dublin().told('prosecution', '2027-09-05', 'presenceAssessed', { necessary: true }).cooperated('2027-09-10');
    expect(deadline(given, 'presence-assessment')).toEqual([]);
  });

  it('is met by the word of the prosecution, and lifted when the application is over', () => {
    const assessed = applicant().told('prosecution', '2027-09-20', 'presenceAssessed', { necessary: false });
    expect(deadline(assessed, 'presence-assessment')).toMatchObject([{ end: { state: 'met', on: '2027-09-20' } }]);
    const refused = applicant().told('ind', '2027-09-20', 'permitRefused', {});
    expect(deadline(refused, 'presence-assessment')).toMatchObject([{ end: { state: 'lifted', on: '2027-09-20' } }]);
  });

  it('is not begun anew while it runs', () => {
    const given = applicant().told('police', '2027-09-20', 'cooperated', { form: 'witness' });
    expect(deadline(given, 'presence-assessment').map(({ date }) => date)).toEqual(['2027-10-08']);
  });

  it('is a target: nobody is warned, and the caseworker hears once that it passed', () => {
    expect(applicant().until('2027-12-01').mailsAbout('presence-assessment')).toEqual(['2027-10-09T09:00 caseworker-1 expired']);
  });

  it('comes before IND decides: the target of twenty-four hours does not run', () => {
    const given = applicant().completed('2027-09-11', 'm55-cooperation-notice');
    expect(deadline(given, 'ind-decision-target')).toEqual([]);
    expect(deadline(given, 'ind-decision')).toMatchObject([{ date: '2027-12-10' }]);
  });
});

describe('the term of a transfer', () => {
  const withTerm = (opening: Opening = {}) => dublin(opening).told('lawyer', '2027-09-05', 'transferTermSet', { until: '2028-03-05' });

  it('ends on the day that is told, and caseworker and lawyer are warned of it', () => {
    const given = withTerm({ team: { lawyer: 'lawyer-1' } }).until('2028-05-01');
    expect(deadline(given, 'transfer-term')).toMatchObject([{ date: '2028-03-05', length: null }]);
    const mornings = ['2028-02-04', '2028-02-20', '2028-02-27', '2028-03-04'];
    for (const reader of ['caseworker-1', 'lawyer-1']) {
      expect(given.mailsAbout('transfer-term', reader)).toEqual([
        ...mornings.map((day) => `${day}T09:00 ${reader} warning`),
        `2028-03-06T09:00 ${reader} expired`,
      ]);
    }
  });

  it('is moved when it is set again: the one that runs gets the new date', () => {
    const given = withTerm().told('ind', '2027-10-05', 'transferTermSet', { until: '2028-09-05' });
    expect(deadline(given, 'transfer-term')).toMatchObject([{ id: 'transfer-term', date: '2028-09-05', startedBy: 'fact-2', end: null }]);
  });

  it('is moved also after it passed, and then runs again', () => {
    const given = withTerm().told('ind', '2028-03-20', 'transferTermSet', { until: '2028-09-05' }).until('2028-10-01');
    expect(deadline(given, 'transfer-term').map(({ id, date }) => `${id} ${date}`)).toEqual(['transfer-term 2028-09-05']);
    expect(given.mailsAbout('transfer-term')).toEqual([
      '2028-02-04T09:00 caseworker-1 warning',
      '2028-02-20T09:00 caseworker-1 warning',
      '2028-02-27T09:00 caseworker-1 warning',
      '2028-03-04T09:00 caseworker-1 warning',
      '2028-03-06T09:00 caseworker-1 expired',
      '2028-08-06T09:00 caseworker-1 warning',
      '2028-08-22T09:00 caseworker-1 warning',
      '2028-08-29T09:00 caseworker-1 warning',
      '2028-09-04T09:00 caseworker-1 warning',
      '2028-09-06T09:00 caseworker-1 expired',
    ]);
  });

  it('is stopped by no report, no objection and no measure', () => {
    const given = withTerm()
      .cooperated('2027-09-10')
      .told('ind', '2027-09-20', 'permitRefused', {})
      .told('lawyer', '2027-09-25', 'objectionFiled', {})
      .told('lawyer', '2027-09-26', 'interimMeasureDecided', { granted: true });
    expect(deadline(given, 'transfer-term')).toMatchObject([{ end: null }]);
  });

  it('is lifted by a permit, by the journey, and when another State is responsible no more', () => {
    const end = (given: CaseOnTheClock) => deadline(given, 'transfer-term').map((each) => each.end?.state);
    expect(end(withTerm().cooperated('2027-09-10').granted('2027-09-12', '2028-09-11'))).toEqual(['lifted']);
    expect(end(withTerm().told('caseworker', '2027-09-12', 'travelled', {}))).toEqual(['lifted']);
    expect(end(noMore(withTerm(), '2027-09-12'))).toEqual(['lifted']);
  });
});

describe('the report in time', () => {
  const requested = (opening: Opening = {}) => dublin({ ...opening, person: { asylumRequestedOn: '2027-07-15' } });

  it('is due three months after the asylum request, for the caseworker', () => {
    expect(requested().task('report-in-time')).toMatchObject({
      kind: 'residence',
      owner: 'caseworker',
      dueOn: '2027-10-15',
      statutory: false,
    });
  });

  it('is planned of nobody without that date or with another ground, until the ground is decided', () => {
    expect(dublin().taskIds()).not.toContain('report-in-time');
    const other = aCase({ person: { residence: 'noLawfulResidence', asylumRequestedOn: '2027-07-15' } });
    expect(other.taskIds()).not.toContain('report-in-time');
    other.told('ind', '2027-09-05', 'eligibilityDecided', { eligible: true, ground: 'dublin' });
    expect(other.task('report-in-time').dueOn).toBe('2027-10-15');
  });

  it('is done by cooperation, and not planned after it', () => {
    expect(requested().cooperated('2027-09-10').stateOf('report-in-time')).toBe('done');
    const other = aCase({ person: { residence: 'witnessOnly', asylumRequestedOn: '2027-07-15' } });
    other
      .told('police', '2027-09-02', 'eligibilityDecided', { eligible: false, ground: 'noLawfulResidence' })
      .cooperated('2027-09-03')
      .told('ind', '2027-09-04', 'permitRefused', {})
      .took('2027-09-05', 'assistance')
      .told('ind', '2027-09-06', 'eligibilityDecided', { eligible: true, ground: 'dublin' });
    expect(other.taskIds()).not.toContain('report-in-time');
  });
});

describe('a case in which another State is responsible no more', () => {
  it('ends the term of the transfer, the assessment and the report in time', () => {
    const given = noMore(
      dublin({ edition: editionOrCurrent('NL-2023-05'), person: { asylumRequestedOn: '2027-07-15' } }).told(
        'ind',
        '2027-09-05',
        'transferTermSet',
        {
          until: '2028-03-05',
        },
      ),
      '2027-09-06',
    );
    expect(given.stateOf('report-in-time')).toBe('lapsed');
    expect(deadline(given, 'transfer-term')).toMatchObject([{ end: { state: 'lifted', on: '2027-09-06' } }]);
  });
});

describe('a planned transfer', () => {
  const plan = (given: CaseOnTheClock, when: string, transferOn: `${number}-${number}-${number}`) =>
    given.told('ind', when, 'transferPlanned', { transferOn });
  const readers = ['caseworker-1', 'supervisor-1', 'lawyer-1'];
  const dublinWithLawyer = () => dublin({ team: { lawyer: 'lawyer-1' } });
  const applicantWithLawyer = () => dublinWithLawyer().cooperated('2027-09-10');
  const alarms = (given: CaseOnTheClock) => given.until('2028-06-01').mailsAbout('transfer-planned');
  const alarmedAt = (...instants: string[]) => instants.flatMap((at) => readers.map((reader) => `${at} ${reader} alarm`));
  const period = () => dublinWithLawyer().startedReflection('2027-09-01T11:00');

  it('alarms caseworker, lawyer and supervisor if its day is within the running period', () => {
    expect(alarms(plan(period(), '2027-09-10T22:30', '2027-10-01'))).toEqual(alarmedAt('2027-09-10T22:30'));
    expect(alarms(plan(period(), '2027-09-10T22:30', '2027-09-10'))).toEqual(alarmedAt('2027-09-10T22:30'));
  });

  it('may be prepared within the period for a day after it', () => {
    expect(alarms(plan(period(), '2027-09-10', '2027-10-02'))).toEqual([]);
  });

  it('alarms nobody where nothing holds it up: no period, or one that has ended', () => {
    expect(alarms(plan(dublinWithLawyer(), '2027-09-10', '2027-10-01'))).toEqual([]);
    expect(alarms(plan(period().declined('2027-09-08'), '2027-09-10', '2027-09-20'))).toEqual([]);
  });

  it('alarms them while an application is pending, whatever its day', () => {
    expect(alarms(plan(applicantWithLawyer(), '2027-09-20', '2028-05-01'))).toEqual(alarmedAt('2027-09-20T10:00'));
  });

  it('alarms them while the departure is suspended, by an objection in time or by a measure', () => {
    const refused = () => applicantWithLawyer().told('ind', '2027-09-12', 'permitRefused', {});
    expect(alarms(plan(refused(), '2027-09-20', '2027-10-10'))).toEqual([]);
    const suspended = refused().told('lawyer', '2027-09-14', 'objectionFiled', {});
    expect(alarms(plan(suspended, '2027-09-20', '2027-10-10'))).toEqual(alarmedAt('2027-09-20T10:00'));
    const late = refused().told('lawyer', '2027-09-14', 'objectionFiled', { suspends: false });
    expect(alarms(plan(late, '2027-09-20', '2027-10-10'))).toEqual([]);
  });

  it('alarms them when one of these begins before it', () => {
    const begins = (fact: (given: CaseOnTheClock) => CaseOnTheClock) => alarms(fact(plan(dublinWithLawyer(), '2027-09-10', '2027-10-05')));
    expect(begins((given) => given.startedReflection('2027-09-15T14:00'))).toEqual(alarmedAt('2027-09-15T14:00'));
    expect(begins((given) => given.cooperated('2027-10-05T08:00'))).toEqual(alarmedAt('2027-10-05T08:00'));
    const objection = plan(applicantWithLawyer().told('ind', '2027-09-12', 'permitRefused', {}), '2027-09-20', '2027-10-05');
    expect(alarms(objection.told('lawyer', '2027-09-22', 'objectionFiled', {}))).toEqual(alarmedAt('2027-09-22T10:00'));
  });

  it('alarms nobody when something begins after its day, or a period that ends before it', () => {
    const begins = (fact: (given: CaseOnTheClock) => CaseOnTheClock, transferOn: '2027-09-20' | '2027-12-01') =>
      alarms(fact(plan(dublinWithLawyer(), '2027-09-10', transferOn)));
    expect(begins((given) => given.cooperated('2027-09-21'), '2027-09-20')).toEqual([]);
    expect(begins((given) => given.startedReflection('2027-09-15'), '2027-12-01')).toEqual([]);
  });

  it('alarms them once of each thing that begins, and not of what held it up already', () => {
    const given = plan(period(), '2027-09-10', '2027-09-20').told('police', '2027-09-11', 'victimStatementIssued', {});
    expect(alarms(given.cooperated('2027-09-15'))).toEqual(alarmedAt('2027-09-10T10:00', '2027-09-15T10:00'));
  });

  it('is moved when it is planned again, and judged by its new day', () => {
    const given = plan(plan(period(), '2027-09-10', '2027-10-10'), '2027-09-12', '2027-09-20');
    expect(given.situation.transferOn).toBe('2027-09-20');
    expect(alarms(given)).toEqual(alarmedAt('2027-09-12T10:00'));
    const after = plan(plan(dublinWithLawyer(), '2027-09-10', '2027-09-20'), '2027-09-12', '2028-01-20');
    expect(alarms(after.startedReflection('2027-09-15'))).toEqual([]);
  });

  it('cannot lie before the day of the plan', () => {
    expect(period().refusal('ind', '2027-09-10', 'transferPlanned', { transferOn: '2027-09-09' })).toEqual({
      code: 'fact-not-possible',
      missing: [],
    });
    expect(period().refusal('ind', '2027-09-10', 'transferPlanned', { transferOn: '2027-09-10' })).toBeNull();
    expect(period().refusal('ind', '2027-09-10', 'transferPlanned', { transferOn: '2027-09-09', on: '2027-09-08' })).toBeNull();
  });

  it('alarms nobody any more once another State is responsible no more', () => {
    const given = noMore(plan(dublinWithLawyer(), '2027-09-10', '2027-10-05'), '2027-09-12');
    expect(alarms(given.startedReflection('2027-09-15'))).toEqual([]);
  });
});

describe('an edition', () => {
  const has = (name: string) => {
    const { tasks, deadlines, reflection } = editionOrCurrent(name);
    return [
      ...tasks.map(({ id }) => id).filter((id) => id === 'report-in-time'),
      ...deadlines.map(({ id }) => id).filter((id) => id === 'presence-assessment' || id === 'transfer-term'),
      reflection.lengthByGround.dublin ?? 'no length of its own',
    ].sort();
  };

  it.each(['NL-2023-05', 'NL-2026-06', 'NL-2026-07'])('%s has thirty days, the report in time, the assessment and the term', (name) => {
    expect(has(name)).toEqual(['P30D', 'presence-assessment', 'report-in-time', 'transfer-term']);
  });

  it.each(['NL-2015-10', 'NL-2012-08'])('%s has the term of a transfer alone', (name) => {
    expect(has(name)).toEqual(['no length of its own', 'transfer-term']);
  });

  it.each(['BE-2008-09', 'DE-2011-11', 'BG', 'UK-2022-12', 'NO'])('%s has nothing of it', (name) => {
    expect(has(name)).toEqual(['no length of its own']);
  });
});
