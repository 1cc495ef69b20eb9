import type { Caller } from '../../src/domain/basics/roles';
import { allowedFacts } from '../../src/domain/case/decide';
import { editionOrCurrent } from '../../src/domain/policy/editions';
import { intakeFor } from '../../src/domain/views/intake';
import { aCase, callerOf, type CaseOnTheClock, type Fields, type Opening, type Teller } from '../support/aCase';

/* Data that were told wrong at intake are put right, as if the intake had said so (docs/policy.md, section 3, fine print 58). */

const right = (given: CaseOnTheClock, when: string, fields: Omit<Fields<'intakeCorrected'>, 'reason'>) =>
  given.told('supervisor', when, 'intakeCorrected', { reason: 'mistake', ...fields });
const refused = (given: CaseOnTheClock, when: string, fields: Omit<Fields<'intakeCorrected'>, 'reason'>, by: Teller = 'supervisor') =>
  given.refusal(by, when, 'intakeCorrected', { reason: 'mistake', ...fields });
const inReflection = (opening: Opening = {}) => aCase(opening).startedReflection('2027-09-01T11:00');
const alone = { ageGroup: 'minor', unaccompanied: true } as const;
const notPossible = { code: 'fact-not-possible', missing: [] };
const view = (given: CaseOnTheClock, by: Teller = 'caseworker') => intakeFor(given.file, callerOf(by), given.now);

describe('the correction of an intake', () => {
  it('is told by a supervisor, and by nobody else', () => {
    expect(refused(aCase(), '2027-09-02', { dependants: 1 })).toBeNull();
    for (const teller of ['caseworker', 'careCoordinator', 'police', 'ind'] as const)
      expect(refused(aCase(), '2027-09-02', { dependants: 1 }, teller)?.code).toBe('role-not-allowed');
  });

  it('of the residence changes who may have the period and who must be offered it', () => {
    const given = right(aCase(), '2027-09-02', { residence: 'euCitizen' });
    expect(given.situation.ground).toBe('euCitizen');
    expect(given.openTasks()).not.toContain('offer-reflection-period');
    expect(given.refusal('police', '2027-09-03', 'reflectionStarted', {})?.missing).toEqual(['eligibilityDecided']);
    right(given, '2027-09-04', { residence: 'noLawfulResidence' });
    expect(given.openTasks()).toContain('offer-reflection-period');
    expect(given.refusal('police', '2027-09-05', 'reflectionStarted', {})).toBeNull();
  });

  it('of the age plans what a minor is owed, as new and without an alarm for an hour that has passed', () => {
    const given = right(aCase(), '2027-09-06T11:00', alone).until('2027-09-07T10:00');
    expect(given.situation).toMatchObject({ minor: true, unaccompanied: true });
    expect(given.stateOf('guardian')).toBe('overdue');
    expect(given.mailsAbout('guardian')).toEqual([
      '2027-09-06T11:00 care-coordinator-1 planned',
      '2027-09-07T09:00 care-coordinator-1 overdue',
      '2027-09-07T09:00 supervisor-1 escalated',
    ]);
    expect(given.told('police', '2027-09-08', 'departedUnknown', {}).until('2027-09-09').notices).toMatchObject([{ partner: 'nidos' }]);
  });

  it('of the age takes away what only a minor is owed', () => {
    const given = right(aCase({ person: alone }), '2027-09-01T12:00', { ageGroup: 'adult', unaccompanied: false });
    expect(given.situation).toMatchObject({ minor: false, unaccompanied: false });
    expect(given.openTasks()).not.toContain('guardian');
  });

  it('of the children plans what they need', () => {
    const given = right(inReflection(), '2027-09-06', { dependants: 2 });
    expect(given.task('school-enrolment')).toMatchObject({ dueOn: '2027-09-15', plannedAt: '2027-09-06T08:00:00Z' });
    expect(right(given, '2027-09-07', { dependants: 0 }).openTasks()).not.toContain('school-enrolment');
  });

  it('of the day of the asylum request sets the day by which the person has to report', () => {
    const given = right(aCase({ person: { residence: 'dublin' } }), '2027-09-06', { asylumRequestedOn: '2027-08-10' });
    expect(given.task('report-in-time').dueOn).toBe('2027-11-10');
    expect(right(given, '2027-09-07', { asylumRequestedOn: '2027-08-01' }).task('report-in-time').dueOn).toBe('2027-11-01');
  });

  it('of the nationality changes the intake alone', () => {
    const given = inReflection();
    const before = given.taskIds();
    right(given, '2027-09-06', { nationality: 'HU' });
    expect(view(given)).toMatchObject({ person: { nationality: 'HU' } });
    expect(given.taskIds()).toEqual(before);
    expect(given.situation).toMatchObject({ stage: 'reflection', period: { endsOn: '2027-12-01' } });
  });

  it('of the day of the indication lets facts of before be told', () => {
    const early = (given: CaseOnTheClock) => given.refusal('police', '2027-09-10', 'reflectionStarted', { on: '2027-08-25' });
    expect(early(aCase())?.code).toBe('date-before-start');
    expect(early(right(aCase(), '2027-09-06', { observedOn: '2027-08-20' }))).toBeNull();
  });

  it('is refused with a day that lies ahead', () => {
    expect(refused(aCase(), '2027-09-06', { observedOn: '2027-09-07' })?.code).toBe('date-in-future');
    expect(refused(aCase(), '2027-09-06', { asylumRequestedOn: '2027-09-07' })?.code).toBe('date-in-future');
  });

  it('leaves later facts about the same in force', () => {
    const decided = aCase().told('ind', '2027-09-02', 'eligibilityDecided', { eligible: true, ground: 'asylumSeeker' });
    expect(right(decided, '2027-09-03', { residence: 'refusedEntry' }).situation).toMatchObject({ ground: 'asylumSeeker', eligible: true });
    const assessed = aCase().told('careCoordinator', '2027-09-02', 'ageAssessed', { ageGroup: 'adult' });
    expect(right(assessed, '2027-09-03', { ageGroup: 'minor' }).situation.minor).toBe(false);
  });

  it('is possible in a closed case, which stays closed', () => {
    const closed = aCase().didEverything('2027-09-02').told('supervisor', '2027-09-02', 'closed', { result: 'assisted' });
    expect(allowedFacts(closed.situation, callerOf('supervisor'), closed.file.start.edition)).toContain('intakeCorrected');
    expect(right(closed, '2027-09-03', { dependants: 1 }).situation).toMatchObject({ stage: 'closed', dependants: 1, result: 'assisted' });
  });
});

describe('the correction of an intake is refused', () => {
  it('if it changes the length of a period that was started', () => {
    expect(refused(inReflection(), '2027-09-06', { residence: 'dublin' })).toEqual(notPossible);
    expect(refused(inReflection({ person: { residence: 'dublin' } }), '2027-09-06', { residence: 'noLawfulResidence' })).toEqual(
      notPossible,
    );
    expect(refused(aCase(), '2027-09-06', { residence: 'dublin' })).toBeNull();
    expect(refused(inReflection({ edition: editionOrCurrent('NL-2015-10') }), '2027-09-06', { residence: 'dublin' })).toBeNull();
    expect(refused(inReflection(), '2027-09-06', { residence: 'asylumSeeker' })).toBeNull();
  });

  it('if a later fact would have been impossible, whose number it names', () => {
    const given = inReflection().told('police', '2027-09-03', 'victimStatementIssued', {});
    expect(refused(given, '2027-09-06', { residence: 'euCitizen' })).toEqual({ code: 'later-fact-depends', missing: ['fact-1'] });
    expect(refused(given, '2027-09-06', { observedOn: '2027-09-02' })).toEqual({ code: 'later-fact-depends', missing: ['fact-1'] });
    const named = aCase({ person: alone }).told('nidos', '2027-09-02', 'guardianNamed', { body: 'nidos' });
    expect(refused(named, '2027-09-06', { ageGroup: 'adult' })).toEqual({ code: 'later-fact-depends', missing: ['fact-1'] });
  });
});

describe('the office of a case', () => {
  const team = { lawyer: 'lawyer-1' };
  const caseworkerElsewhere: Caller = { id: 'caseworker-rotterdam-1', roles: ['caseworker'], office: 'rotterdam' };
  const supervisorElsewhere: Caller = { id: 'supervisor-rotterdam-1', roles: ['supervisor'], office: 'rotterdam' };

  it('once put right has the default team there, and a role without a default ends', () => {
    const given = right(inReflection({ team }), '2027-09-06T11:00', { office: 'rotterdam' });
    const since = '2027-09-06T09:00:00Z';
    expect(given.situation.team).toEqual({
      caseworker: { staffId: 'caseworker-rotterdam-1', since },
      careCoordinator: { staffId: 'care-coordinator-rotterdam-1', since },
      police: { staffId: 'police-rotterdam-1', since },
      supervisor: { staffId: 'supervisor-rotterdam-1', since },
    });
  });

  it('once put right sees the case, and the office of before sees it no more', () => {
    const given = right(inReflection(), '2027-09-06T11:00', { office: 'rotterdam' });
    expect(given.refusal('caseworker', '2027-09-07', 'contactMissed', {})?.code).toBe('not-found');
    expect(refused(given, '2027-09-07', { office: 'amsterdam' })?.code).toBe('not-found');
    expect(given.refusal(caseworkerElsewhere, '2027-09-07', 'contactMissed', {})).toBeNull();
    expect(given.refusal('prosecution', '2027-09-07', 'cooperated', { form: 'reportSigned' })).toBeNull();
  });

  it('sends the open tasks to the new team with the next digest, and nothing to the old one', () => {
    const given = right(inReflection(), '2027-09-06T11:00', { office: 'rotterdam' }).until('2027-09-20');
    const after = given.mails.filter(({ at }) => at > '2027-09-06T11:00').map(({ to }) => to);
    expect(after.filter((to) => !to.includes('rotterdam'))).toEqual([]);
    expect(given.mailsAbout('lawyer-offered', 'caseworker-rotterdam-1')[0]).toBe('2027-09-07T09:00 caseworker-rotterdam-1 overdue');
    expect(given.mailsAbout('care-plan', 'care-coordinator-rotterdam-1')[0]).toBe('2027-09-07T09:00 care-coordinator-rotterdam-1 planned');
  });

  it('of a hidden case has no police officer there either', () => {
    const given = right(aCase({ metBy: 'shelter' }), '2027-09-02', { office: 'rotterdam' });
    expect(Object.keys(given.situation.team).sort()).toEqual(['careCoordinator', 'caseworker', 'supervisor']);
  });

  it('told again as it is changes nothing', () => {
    const given = inReflection({ team });
    const before = given.situation.team;
    expect(right(given, '2027-09-06', { office: 'amsterdam' }).situation.team).toEqual(before);
  });

  it('is the old one again if that correction was wrong', () => {
    const given = right(inReflection(), '2027-09-06T11:00', { office: 'rotterdam' });
    given.corrects(supervisorElsewhere, '2027-09-07T11:00', 'fact-2');
    expect(given.situation).toMatchObject({
      office: 'amsterdam',
      team: { caseworker: { staffId: 'caseworker-1', since: '2027-09-07T09:00:00Z' } },
    });
    expect(given.refusal('caseworker', '2027-09-08', 'contactMissed', {})).toBeNull();
  });
});

describe('a correction of an intake that was wrong itself', () => {
  it('is taken back or put right, by a supervisor', () => {
    const given = right(aCase(), '2027-09-02', { residence: 'euCitizen' });
    expect(given.refusal('caseworker', '2027-09-03', 'corrected', { replaces: 'fact-1', reason: 'mistake' })?.code).toBe(
      'role-not-allowed',
    );
    given.corrects('supervisor', '2027-09-03', 'fact-1', { type: 'intakeCorrected', reason: 'mistake', residence: 'refusedEntry' });
    expect(given.situation.ground).toBe('refusedEntry');
    given.corrects('supervisor', '2027-09-04', 'fact-1');
    expect(given.situation.ground).toBe('noLawfulResidence');
    expect(view(given)).toMatchObject({ asRegistered: null, corrections: [] });
  });

  it('cannot come in the place of a small fact by anybody but a supervisor', () => {
    const given = aCase().told('caseworker', '2027-09-02', 'contactMissed', {});
    const correction = {
      replaces: 'fact-1',
      with: { type: 'intakeCorrected', reason: 'mistake', office: 'rotterdam' },
      reason: 'mistake',
    } as const;
    expect(given.refusal('caseworker', '2027-09-03', 'corrected', correction)?.code).toBe('role-not-allowed');
    expect(given.refusal('supervisor', '2027-09-03', 'corrected', correction)).toBeNull();
  });

  it('is not taken back if a later fact rests on it, nor if a period would have another length', () => {
    const given = right(aCase({ person: { residence: 'euCitizen' } }), '2027-09-02', { residence: 'noLawfulResidence' });
    given.startedReflection('2027-09-03');
    const takenBack = { replaces: 'fact-1', reason: 'mistake' } as const;
    expect(given.refusal('supervisor', '2027-09-04', 'corrected', takenBack)).toEqual({ code: 'later-fact-depends', missing: ['fact-2'] });
    const dublin = right(aCase(), '2027-09-02', { residence: 'dublin' }).startedReflection('2027-09-03');
    expect(dublin.refusal('supervisor', '2027-09-04', 'corrected', takenBack)).toEqual(notPossible);
  });
});

describe('partners that were told because of a wrong intake', () => {
  it('are told of the correction', () => {
    const given = aCase({ person: alone }).told('police', '2027-09-05', 'departedUnknown', {});
    right(given, '2027-09-06', { unaccompanied: false }).until('2027-09-07');
    expect(given.notices.map(({ partner, notice }) => `${partner} ${notice}`)).toEqual(['nidos departed', 'nidos correction']);
  });

  it('are told at once what the right intake asks for', () => {
    const given = aCase({ person: { ...alone, residence: 'euCitizen' } }).told('police', '2027-09-05', 'departedUnknown', {});
    right(given, '2027-09-06', { residence: 'noLawfulResidence' }).until('2027-09-07');
    expect(given.notices.map(({ at, partner, notice }) => `${at} ${partner} ${notice}`)).toEqual([
      '2027-09-05T10:00 youthCare departed',
      '2027-09-06T10:00 nidos departed',
      '2027-09-06T10:00 youthCare correction',
    ]);
  });
});

describe('the intake as the team reads it', () => {
  it('is as it was put right, with what was registered and what was corrected beside it', () => {
    const given = right(aCase(), '2027-09-02', { residence: 'asylumSeeker', asylumRequestedOn: '2027-08-01' });
    right(given, '2027-09-03', { dependants: 1, observedOn: '2027-08-30' });
    expect(view(given)).toMatchObject({
      office: 'amsterdam',
      indication: { observedOn: '2027-08-30', by: 'police' },
      person: { residence: 'asylumSeeker', asylumRequestedOn: '2027-08-01', dependants: 1, ageGroup: 'adult', nationality: 'ZZ' },
      asRegistered: { office: 'amsterdam', indication: { observedOn: '2027-09-01' }, person: { residence: 'noLawfulResidence' } },
      corrections: [
        { id: 'fact-1', on: '2027-09-02', recordedBy: 'supervisor-1', reason: 'mistake', residence: 'asylumSeeker' },
        { id: 'fact-2', on: '2027-09-03', recordedBy: 'supervisor-1', reason: 'mistake', dependants: 1 },
      ],
    });
  });

  it('has nothing beside it where nothing was put right', () => {
    expect(view(aCase())).toMatchObject({ asRegistered: null, corrections: [] });
  });

  it('is for the team of the office in which the case is now', () => {
    const given = right(aCase(), '2027-09-02', { office: 'rotterdam' });
    const elsewhere: Caller = { id: 'caseworker-rotterdam-1', roles: ['caseworker'], office: 'rotterdam' };
    expect(view(given)).toBeNull();
    expect(view(given, elsewhere)).toMatchObject({ office: 'rotterdam', asRegistered: { office: 'amsterdam' } });
  });
});
