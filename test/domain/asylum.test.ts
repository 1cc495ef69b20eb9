import type { Fields, Teller } from '../support/aCase';
import type { Stage } from '../../src/domain/state/situation';
import { sentenceOf } from '../../src/domain/views/timeline';
import { aCase, type CaseOnTheClock } from '../support/aCase';

/* A person who reports, and first awaits the decision on asylum (docs/policy.md, section 2, fine print 40). */

const asylumSeeker = () => aCase({ person: { residence: 'asylumSeeker' } });
const dublin = () => aCase({ person: { residence: 'dublin' } });
const awaiting = (on: Fields<'cooperated'>['on']): Fields<'cooperated'> => ({
  form: 'reportSigned',
  awaitsAsylumDecision: true,
  ...(on === undefined ? {} : { on }),
});
const awaits = (given: CaseOnTheClock, when = '2027-09-10') => given.told('police', when, 'cooperated', awaiting(undefined));
const refusedAsylum = (given: CaseOnTheClock, when = '2027-10-04') => given.told('ind', when, 'otherApplicationRefused', {});
const decision = () => asylumSeeker().startedReflection('2027-09-01T11:00').declined('2027-09-05');
const inNotices = (given: CaseOnTheClock) => given.until('2028-02-01').notices.map(({ partner, notice }) => `${partner} ${notice}`);

describe('a person who first awaits the decision on asylum', () => {
  it.each<[Stage, () => CaseOnTheClock]>([
    ['intake', asylumSeeker],
    ['reflection', () => asylumSeeker().startedReflection('2027-09-01T11:00')],
    ['decision', decision],
    ['safeReturn', () => decision().took('2027-09-06', 'return')],
    ['assistance', () => decision().took('2027-09-06', 'assistance')],
    ['otherProcedure', () => decision().took('2027-09-06', 'otherProcedure')],
    ['contactLost', () => decision().told('police', '2027-09-06', 'departedUnknown', {})],
  ])('goes from %s to the other procedure', (stage, given) => {
    const before = given();
    expect(before.situation.stage).toBe(stage);
    expect(awaits(before).situation).toMatchObject({ stage: 'otherProcedure', cooperation: { form: 'reportSigned' } });
  });

  it('may have reported in the Netherlands while another State is responsible', () => {
    expect(awaits(dublin()).situation.stage).toBe('otherProcedure');
  });

  it('ends the period as cooperation does, and is warned of it no more', () => {
    const given = awaits(asylumSeeker().startedReflection('2027-09-01T11:00')).until('2028-02-01');
    expect(given.situation.period).toMatchObject({ end: 'cooperated', endedOn: '2027-09-10' });
    expect(given.situation.deadlines).toMatchObject([{ id: 'reflection-period', end: { state: 'met', on: '2027-09-10' } }]);
    expect(given.mailsAbout('reflection-period')).toEqual([]);
  });

  it('has applied for nothing: no notice to IND, no term of IND, and no tasks of an applicant', () => {
    const given = awaits(asylumSeeker());
    expect(given.situation.application).toBeNull();
    expect(given.taskIds()).not.toContain('m55-cooperation-notice');
    for (const task of ['applicant-document', 'ask-reporting-duty', 'rvb-form']) expect(given.taskIds()).not.toContain(task);
    given.completed('2027-09-11', 'm55-report-notice');
    expect(given.situation.deadlines).toEqual([]);
    expect(inNotices(given)).toEqual([]);
  });

  it('is reported to IND by the police the next day, by a notice that is no application', () => {
    const { kind, owner, dueOn, statutory } = awaits(asylumSeeker()).task('m55-report-notice');
    expect({ kind, owner, dueOn, statutory }).toEqual({ kind: 'residence', owner: 'police', dueOn: '2027-09-11', statutory: true });
  });

  it('is reported once, and again only if the waiting begins again', () => {
    const given = awaits(awaits(asylumSeeker()).completed('2027-09-11', 'm55-report-notice'), '2027-09-12');
    expect(given.taskIds().filter((id) => id.startsWith('m55-report-notice'))).toEqual(['m55-report-notice']);
    awaits(refusedAsylum(given), '2027-10-10');
    expect(given.openTasks()).toContain('m55-report-notice-2');
  });

  it('has the copy, the assessment and the help of everybody who cooperates', () => {
    const given = awaits(asylumSeeker());
    expect(given.openTasks()).toEqual(expect.arrayContaining(['copy-to-person', 'individual-assessment', 'income-support', 'safety-plan']));
  });

  it('hears that with the period what held up a transfer ends', () => {
    const sentence = ({ file }: CaseOnTheClock, language: 'nl' | 'en') =>
      file.entries.map((entry) => sentenceOf(entry, language)).join(' ');
    expect(sentence(awaits(dublin()), 'en')).toContain('With the period ends what held up a transfer to another State.');
    expect(sentence(awaits(dublin()), 'nl')).toContain('Met de bedenktijd eindigt wat een overdracht naar een ander land tegenhield.');
    expect(sentence(dublin().cooperated('2027-09-10'), 'en')).not.toContain('transfer');
  });
});

describe('the fact that the person first awaits that decision', () => {
  it.each(['noLawfulResidence', 'refusedEntry', 'detained', 'witnessOnly', 'euCitizen', 'dutch', 'otherLawfulResidence'] as const)(
    'is refused of a person whose ground is %s',
    (residence) => {
      const given = aCase({ person: { residence } });
      expect(given.refusal('police', '2027-09-10', 'cooperated', awaiting(undefined))).toEqual({
        code: 'fact-not-possible',
        missing: ['eligibilityDecided'],
      });
    },
  );

  it('is possible once that ground is decided', () => {
    const given = aCase().told('ind', '2027-09-05', 'eligibilityDecided', { eligible: true, ground: 'asylumSeeker' });
    expect(given.refusal('police', '2027-09-10', 'cooperated', awaiting(undefined))).toBeNull();
  });

  it('is refused of a case against an employer', () => {
    const fields = { form: 'employerCase', awaitsAsylumDecision: true } as const;
    expect(asylumSeeker().refusal('inspectorate', '2027-09-10', 'cooperated', fields)).toEqual({ code: 'fact-not-possible', missing: [] });
    expect(asylumSeeker().refusal('police', '2027-09-10', 'cooperated', { ...fields, awaitsAsylumDecision: false })).toBeNull();
  });

  it('is refused while an application is pending or a permit runs, and names what would have to end', () => {
    const refusal = (given: CaseOnTheClock) => given.refusal('police', '2027-09-20', 'cooperated', awaiting(undefined));
    const applicant = () => asylumSeeker().cooperated('2027-09-05');
    const holder = () => applicant().granted('2027-09-06', '2028-09-05');
    expect(refusal(applicant())).toEqual({ code: 'fact-not-possible', missing: ['applicationWithdrawn'] });
    expect(refusal(holder())).toEqual({ code: 'fact-not-possible', missing: ['permitEnded'] });
    const both = holder().told('lawyer', '2027-09-10', 'applicationSent', { kind: 'renewal' });
    expect(refusal(both)).toEqual({ code: 'fact-not-possible', missing: ['applicationWithdrawn', 'permitEnded'] });
    expect(refusal(applicant().told('lawyer', '2027-09-10', 'applicationWithdrawn', {}))).toBeNull();
  });

  it('may come by signal', () => {
    const given = asylumSeeker().signalled('2027-09-10', {
      answer: 'cooperates',
      form: 'otherCooperation',
      awaitsAsylumDecision: true,
      recordedBy: 'prosecution-1',
    });
    expect(given.situation.stage).toBe('otherProcedure');
  });
});

describe('the waiting', () => {
  const mayBeTold = (given: CaseOnTheClock, when: string) => given.refusal('ind', when, 'otherApplicationRefused', {});

  it('ends with cooperation without it, which leads as usual', () => {
    const given = awaits(asylumSeeker()).cooperated('2027-09-20');
    expect(given.situation).toMatchObject({ stage: 'permitApplication', application: { kind: 'cooperation', since: '2027-09-20' } });
    expect(given.stateOf('m55-report-notice')).toBe('lapsed');
    expect(given.task('m55-cooperation-notice').dueOn).toBe('2027-09-21');
    expect(inNotices(given)).toEqual(['ind m55-cooperation']);
  });

  it('ends with the cooperation: the person awaits nothing more', () => {
    const given = awaits(asylumSeeker()).told('police', '2027-09-20', 'cooperationEnded', {});
    expect(given.situation.stage).toBe('otherProcedure');
    refusedAsylum(given);
    expect(given.refusal('ind', '2027-10-05', 'permitGranted', { from: '2027-10-05', until: '2028-10-04' })?.code).toBe(
      'fact-not-possible',
    );
  });

  it('goes on wherever the case goes, but not after the journey', () => {
    const left = awaits(asylumSeeker()).told('police', '2027-09-20', 'departedUnknown', {});
    expect(mayBeTold(left, '2027-09-21')).toBeNull();
    const home = awaits(asylumSeeker()).took('2027-09-20', 'return');
    expect(mayBeTold(home, '2027-09-21')).toBeNull();
    expect(mayBeTold(home.told('caseworker', '2027-09-22', 'travelled', {}), '2027-09-23')?.code).toBe('fact-not-possible');
  });

  it('is needed for the refusal of another application, but in the other procedure', () => {
    expect(mayBeTold(asylumSeeker(), '2027-09-10')?.code).toBe('fact-not-possible');
    expect(mayBeTold(decision().took('2027-09-06', 'otherProcedure'), '2027-09-10')).toBeNull();
    expect(asylumSeeker().refusal('police', '2027-09-10', 'otherApplicationRefused', {})?.code).toBe('role-not-allowed');
  });
});

describe('the refusal of asylum', () => {
  const year = { from: '2027-10-20', until: '2028-10-19' } as const;
  const mayBeGranted = (given: CaseOnTheClock) => given.refusal('ind', '2027-10-20', 'permitGranted', year);
  const needsAnApplication = { code: 'fact-not-possible', missing: ['applicationSent'] };

  it('leaves the case where it is, and has the caseworker look at the permit that IND may grant of its own motion', () => {
    const given = refusedAsylum(awaits(asylumSeeker()));
    expect(given.situation.stage).toBe('otherProcedure');
    expect(given.task('ex-officio-check')).toMatchObject({ kind: 'legal', owner: 'caseworker', dueOn: '2027-10-11', statutory: false });
    expect(given.told('ind', '2027-10-20', 'permitGranted', year).stateOf('ex-officio-check')).toBe('lapsed');
  });

  it.each<[Fields<'cooperated'>['form'], Teller, string]>([
    ['reportSigned', 'police', 'cooperation'],
    ['otherCooperation', 'prosecution', 'cooperation'],
    ['witness', 'police', 'witness'],
  ])('lets IND grant, without an application, the permit of a person whose form was %s', (form, by, kind) => {
    const given = refusedAsylum(asylumSeeker().told(by, '2027-09-10', 'cooperated', { form, awaitsAsylumDecision: true }));
    given.told('ind', '2027-10-20', 'permitGranted', year);
    expect(given.situation).toMatchObject({ stage: 'permit', permit: { kind, from: '2027-10-20', until: '2028-10-19' } });
    expect(given.openTasks()).toEqual(expect.arrayContaining(['permit-handed', 'municipal-welfare']));
    expect(given.situation.deadlines.map(({ id }) => id)).toEqual(
      expect.arrayContaining(
        kind === 'cooperation' ? ['permit-end', 'renewal-application', 'three-years'] : ['permit-end', 'renewal-application'],
      ),
    );
  });

  it('lets IND grant nothing before it, nor to a person who never reported', () => {
    expect(mayBeGranted(awaits(asylumSeeker()))).toEqual(needsAnApplication);
    expect(mayBeGranted(refusedAsylum(decision().took('2027-09-06', 'otherProcedure')))).toEqual(needsAnApplication);
  });

  it('lets IND grant once, and not after the cooperation ended', () => {
    const granted = refusedAsylum(awaits(asylumSeeker())).told('ind', '2027-10-05', 'permitGranted', {
      from: '2027-10-05',
      until: '2028-10-04',
    });
    granted.told('ind', '2027-10-06', 'permitEnded', { reason: 'withdrawn' });
    expect(mayBeGranted(granted)).toEqual(needsAnApplication);
    const ended = refusedAsylum(awaits(asylumSeeker())).told('police', '2027-10-05', 'cooperationEnded', {});
    expect(mayBeGranted(ended)).toEqual(needsAnApplication);
  });

  it('is followed by an application like any other if the person cooperates again', () => {
    const given = refusedAsylum(awaits(asylumSeeker())).cooperated('2027-10-10');
    expect(given.situation).toMatchObject({ stage: 'permitApplication', application: { kind: 'cooperation' } });
    given.told('ind', '2027-10-12', 'permitRefused', {});
    expect(mayBeGranted(given)).toEqual(needsAnApplication);
  });

  it('is of no permit in other stages: the grant moves the case from the other procedure alone', () => {
    const given = refusedAsylum(awaits(asylumSeeker()).told('police', '2027-09-20', 'departedUnknown', {}));
    expect(given.situation.stage).toBe('contactLost');
    given.told('ind', '2027-10-20', 'permitGranted', year);
    expect(given.situation).toMatchObject({ stage: 'contactLost', permit: { kind: 'cooperation' } });
    expect(given.told('police', '2027-10-25', 'returnedToContact', {}).situation.stage).toBe('permit');
  });
});
