import type { PlainDate } from '../../src/domain/basics/calendar';
import { openStages } from '../../src/domain/state/situation';
import { aCase, type CaseOnTheClock, type Fields, type Opening, type When } from '../support/aCase';
import { terms } from '../support/remedies';

/** The person cooperated on 5 September 2027, and the case has a lawyer. */
const applicant = (opening: Opening = {}, form: Fields<'cooperated'>['form'] = 'reportSigned') =>
  aCase(opening)
    .told('supervisor', '2027-09-01T12:00', 'teamChanged', { role: 'lawyer', staffId: 'lawyer-1' })
    .told('police', '2027-09-05', 'cooperated', { form });
/** A permit from 6 September 2027 to 5 September 2028. */
const holder = (opening: Opening = {}, form: Fields<'cooperated'>['form'] = 'reportSigned') =>
  applicant(opening, form).granted('2027-09-06', '2028-09-05');
const humanitarian = () =>
  aCase().startedReflection('2027-09-01T11:00').took('2027-09-05', 'humanitarianPermit').granted('2027-09-06', '2028-09-05');
const sent = (kind: Fields<'applicationSent'>['kind'], when: When = '2028-06-01', given = holder()) =>
  given.told('lawyer', when, 'applicationSent', { kind });
const renewed = (given: CaseOnTheClock, when: When, from: PlainDate, until: PlainDate) =>
  given.told('ind', when, 'permitRenewed', { from, until });
const ended = (given: CaseOnTheClock, when: When, fields: Fields<'permitEnded'>) => given.told('ind', when, 'permitEnded', fields);
const grantedFrom = (given: CaseOnTheClock, when: When, from: PlainDate, until: PlainDate) =>
  given.told('ind', when, 'permitGranted', { from, until });

describe('a renewal', () => {
  it.each<[string, () => CaseOnTheClock]>([
    ['intake', () => inIntakeWithAPermit()],
    ['reflection', () => inIntakeWithAPermit().startedReflection('2027-09-11')],
    ['decision', () => inIntakeWithAPermit().told('police', '2027-09-11', 'reflectionDeclined', { confirmed: true })],
    ['permitApplication', () => sent('longerStay', '2027-09-11')],
    ['permit', holder],
    ['safeReturn', () => holder().took('2027-09-10', 'return')],
    ['assistance', () => inAssistanceWithAPermit()],
    ['otherProcedure', () => holder().told('ind', '2027-09-08', 'otherApplicationFiled', {})],
    ['contactLost', () => holder().told('police', '2027-09-08', 'departedUnknown', {})],
  ])('may be asked for in the stage %s, and changes it nowhere', (stage, given) => {
    expect(given().situation.stage).toBe(stage);
    const asked = sent('renewal', '2028-06-01', given());
    expect(asked.at('2028-06-02').stage).toBe(stage === 'reflection' ? 'decision' : stage);
    expect(terms(asked, 'renewal-application')).toEqual(['renewal-application 2028-09-05 met']);
  });

  it('may be asked for in every open stage but aftercare', () => {
    expect(openStages).toHaveLength(10);
    const home = holder().told('caseworker', '2027-09-10', 'travelled', {});
    expect(home.refusal('lawyer', '2028-06-01', 'applicationSent', { kind: 'renewal' })?.code).toBe('fact-not-possible');
  });

  it('needs a permit that runs and may be renewed, which a humanitarian one never may', () => {
    expect(applicant().refusal('lawyer', '2028-06-01', 'applicationSent', { kind: 'renewal' })).toEqual({
      code: 'fact-not-possible',
      missing: ['permitGranted'],
    });
    expect(humanitarian().refusal('lawyer', '2028-06-01', 'applicationSent', { kind: 'renewal' })?.code).toBe('not-renewable');
    expect(humanitarian().refusal('ind', '2028-06-01', 'permitRenewed', { from: '2028-09-06', until: '2029-09-05' })?.code).toBe(
      'not-renewable',
    );
    expect(terms(humanitarian(), 'renewal-application', 'permit-end')).toEqual(['permit-end 2028-09-05 running']);
  });

  it('is told by the police, a lawyer or a caseworker', () => {
    for (const by of ['police', 'lawyer', 'caseworker'] as const)
      expect(holder().refusal(by, '2028-06-01', 'applicationSent', { kind: 'renewal' })).toBeNull();
    for (const by of ['ind', 'careCoordinator', 'supervisor'] as const)
      expect(holder().refusal(by, '2028-06-01', 'applicationSent', { kind: 'renewal' })?.code).toBe('role-not-allowed');
  });

  it('is pending, with the ninety days of IND, until IND renews', () => {
    const given = sent('renewal');
    expect(given.situation.application).toMatchObject({ kind: 'renewal' });
    expect(given.stateOf('renewal-check')).toBe('done');
    expect(terms(given, 'ind-decision')).toEqual(['ind-decision 2028-08-30 running']);
    renewed(given, '2028-07-01', '2028-09-06', '2029-09-05');
    expect(given.situation).toMatchObject({ stage: 'permit', application: null, permit: { kind: 'cooperation', until: '2029-09-05' } });
    expect(terms(given, 'ind-decision', 'renewal-application', 'permit-end')).toEqual([
      'ind-decision 2028-08-30 met',
      'renewal-application 2028-09-05 met',
      'renewal-application-2 2029-09-05 running',
      'permit-end 2028-09-05 met',
      'permit-end-2 2029-09-05 running',
    ]);
    expect(given.task('renewal-check-2')).toMatchObject({ dueOn: '2029-06-07', end: null });
  });

  it('that is granted as a permit keeps the kind of the permit that it renews, also after that has ended', () => {
    const asked = () => sent('renewal', '2028-06-01', holder({}, 'witness'));
    expect(grantedFrom(asked(), '2028-07-01', '2028-09-06', '2029-09-05').situation.permit).toMatchObject({ kind: 'witness' });
    const over = ended(asked(), '2028-09-06', { reason: 'expired' });
    expect(over.situation).toMatchObject({ stage: 'permitApplication', permit: null, application: { kind: 'renewal' } });
    expect(grantedFrom(over, '2028-09-10', '2028-09-06', '2029-09-05').situation).toMatchObject({
      stage: 'permit',
      permit: { kind: 'witness' },
    });
  });

  it('leaves another application the pending one, and meets its own term', () => {
    const given = sent('renewal', '2028-06-02', sent('humanitarian'));
    expect(given.situation.application).toMatchObject({ kind: 'humanitarian' });
    expect(terms(given, 'renewal-application', 'ind-decision')).toEqual([
      'renewal-application 2028-09-05 met',
      'ind-decision 2028-08-30 running',
    ]);
    renewed(given, '2028-07-01', '2028-09-06', '2029-09-05');
    expect(given.situation.application).toMatchObject({ kind: 'humanitarian' });
    expect(terms(given, 'ind-decision')).toEqual(['ind-decision 2028-08-30 running']);
  });

  it('stays a renewal if the person cooperates once more, unless their cooperation had ended', () => {
    const over = () => ended(sent('renewal'), '2028-09-06', { reason: 'expired' });
    const again = over().cooperated('2028-09-10');
    expect(again.situation).toMatchObject({ stage: 'permitApplication', application: { kind: 'renewal' } });
    expect(again.situation.notices.filter(({ kind, on }) => kind === 'm55-cooperation' && on > '2028-01-01')).toEqual([]);
    const anew = over().told('police', '2028-09-09', 'cooperationEnded', {}).cooperated('2028-09-10');
    expect(anew.situation.application).toMatchObject({ kind: 'cooperation' });
    expect(anew.situation.notices.at(-1)).toMatchObject({ partner: 'ind', kind: 'm55-cooperation', on: '2028-09-10' });
  });

  it('that is refused leaves the permit running, and can be objected to', () => {
    const given = sent('renewal').told('ind', '2028-07-01', 'permitRefused', {});
    expect(given.situation).toMatchObject({ stage: 'permit', application: null, permit: { until: '2028-09-05' } });
    expect(terms(given, 'renewal-application', 'objection')).toEqual([
      'renewal-application 2028-09-05 met',
      'objection 2028-07-29 running',
    ]);
  });
});

describe('the term to ask for a renewal', () => {
  it('warns six times: the caseworker, and from a month before the supervisor too', () => {
    const given = holder().didEverything('2027-09-07').until('2028-09-05');
    const both = (day: string) => [`${day}T09:00 caseworker-1 warning`, `${day}T09:00 supervisor-1 warning`];
    expect(given.mailsAbout('renewal-application')).toEqual([
      '2028-06-07T09:00 caseworker-1 warning',
      '2028-07-07T09:00 caseworker-1 warning',
      ...['2028-08-06', '2028-08-22', '2028-08-29', '2028-09-04'].flatMap(both),
    ]);
  });

  it('alarms caseworker, supervisor and lawyer at the midnight after it, and rises from the next day', () => {
    const given = holder().didEverything('2027-09-07').until('2028-09-08T10:00');
    expect(given.mailsAbout('renewal-application').filter((mail) => mail > '2028-09-05')).toEqual([
      ...['caseworker-1', 'supervisor-1', 'lawyer-1'].map((to) => `2028-09-06T00:00 ${to} alarm`),
      ...['2028-09-07', '2028-09-08'].flatMap((day) => ['caseworker-1', 'supervisor-1'].map((to) => `${day}T09:00 ${to} expired`)),
    ]);
    // The date alone ends nothing: the permit runs until IND says otherwise.
    expect(given.situation).toMatchObject({ stage: 'permit', permit: { until: '2028-09-05' } });
  });

  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['met by an application for renewal', (given) => sent('renewal', '2028-06-01', given)],
    ['met by an application for a longer stay', (given) => sent('longerStay', '2028-06-01', given)],
    ['met by a renewal that nobody asked for', (given) => renewed(given, '2028-06-01', '2028-09-06', '2029-09-05')],
    ['met by another permit', (given) => grantedFrom(given, '2028-06-01', '2028-06-01', '2029-05-31')],
    ['lifted by the end of the permit', (given) => ended(given, '2028-06-01', { reason: 'withdrawn' })],
    ['lifted by the journey', (given) => given.told('caseworker', '2028-06-01', 'travelled', {})],
  ])('is %s', (what, fact) => {
    expect(terms(fact(holder()), 'renewal-application')[0]).toBe(`renewal-application 2028-09-05 ${what.split(' ')[0] ?? ''}`);
  });

  it('stays open after an application of another kind', () => {
    expect(terms(sent('humanitarian'), 'renewal-application')).toEqual(['renewal-application 2028-09-05 running']);
  });

  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['refused', (given) => given.told('ind', '2028-07-01', 'permitRefused', {})],
    ['withdrawn', (given) => given.told('lawyer', '2028-07-01', 'applicationWithdrawn', {})],
  ])('begins anew, and the three years too, when the longer stay that met them is %s', (_, fact) => {
    expect(terms(fact(sent('longerStay')), 'renewal-application', 'three-years')).toEqual([
      'renewal-application 2028-09-05 met',
      'renewal-application-2 2028-09-05 running',
      'three-years 2030-09-06 met',
      'three-years-2 2030-09-06 running',
    ]);
  });

  it('begins anew when the application for renewal is withdrawn, and the three years run on', () => {
    const given = sent('renewal').told('lawyer', '2028-07-01', 'applicationWithdrawn', {});
    expect(terms(given, 'renewal-application', 'three-years')).toEqual([
      'renewal-application 2028-09-05 met',
      'renewal-application-2 2028-09-05 running',
      'three-years 2030-09-06 running',
    ]);
  });

  it('does not begin anew once the permit has ended', () => {
    const given = ended(sent('longerStay'), '2028-07-01', { reason: 'withdrawn' }).told('ind', '2028-07-02', 'permitRefused', {});
    expect(terms(given, 'renewal-application', 'three-years')).toEqual([
      'renewal-application 2028-09-05 met',
      'three-years 2030-09-06 met',
    ]);
  });

  it('passes at once, with its alarm, if its day is over when it begins anew', () => {
    const given = sent('longerStay').told('ind', '2028-09-20', 'permitRefused', {}).until('2028-09-20T11:00');
    expect(terms(given, 'renewal-application').at(-1)).toBe('renewal-application-2 2028-09-05 passed');
    expect(given.mailsAbout('renewal-application-2')).toEqual(
      ['caseworker-1', 'supervisor-1', 'lawyer-1'].map((to) => `2028-09-20T10:00 ${to} alarm`),
    );
  });
});

describe('three years of permits without interruption', () => {
  const again = (given: CaseOnTheClock, from: PlainDate) =>
    grantedFrom(given.told('lawyer', '2028-10-01', 'applicationSent', { kind: 'cooperation' }), '2028-10-02', from, '2028-12-31');
  const over = (fields: Partial<Fields<'permitEnded'>> = {}) => ended(holder(), '2028-09-06', { reason: 'expired', ...fields });

  it('are counted from the first day of the first permit; renewing starts no second count', () => {
    const given = renewed(holder(), '2028-09-01', '2028-09-06', '2029-09-05');
    expect(terms(given, 'three-years')).toEqual(['three-years 2030-09-06 running']);
    expect(terms(renewed(given, '2029-09-01', '2029-09-01', '2030-08-31'), 'three-years')).toEqual(['three-years 2030-09-06 running']);
  });

  it('end with a gap of a day between two permits, and begin anew with the second', () => {
    expect(terms(renewed(holder(), '2028-09-10', '2028-09-07', '2029-09-06'), 'three-years')).toEqual([
      'three-years 2030-09-06 lifted',
      'three-years-2 2031-09-07 running',
    ]);
  });

  it('go on when the permit that ended is followed from the next day', () => {
    expect(terms(over(), 'three-years')).toEqual(['three-years 2030-09-06 lifted']);
    expect(terms(again(over(), '2028-09-06'), 'three-years')).toEqual([
      'three-years 2030-09-06 lifted',
      'three-years-2 2030-09-06 running',
    ]);
    expect(terms(again(over(), '2028-09-07'), 'three-years')).toEqual([
      'three-years 2030-09-06 lifted',
      'three-years-2 2031-09-07 running',
    ]);
  });

  it('are cut by a withdrawal on the day before it takes effect, else on its own day', () => {
    const withdrawn = (fields: Partial<Fields<'permitEnded'>>) => ended(holder(), '2028-05-01', { reason: 'withdrawn', ...fields });
    const last = (given: CaseOnTheClock) => terms(given, 'three-years').at(-1);
    expect(last(again(withdrawn({ withEffectFrom: '2028-03-01' }), '2028-03-01'))).toBe('three-years-2 2030-09-06 running');
    expect(last(again(withdrawn({ withEffectFrom: '2028-03-01' }), '2028-03-02'))).toBe('three-years-2 2031-03-02 running');
    expect(last(again(withdrawn({}), '2028-05-02'))).toBe('three-years-2 2030-09-06 running');
    expect(last(again(withdrawn({}), '2028-05-03'))).toBe('three-years-2 2031-05-03 running');
  });

  it('end with a permit of another kind, and with a journey', () => {
    const longer = grantedFrom(sent('longerStay'), '2028-07-01', '2028-07-01', '2029-06-30');
    expect(terms(longer, 'three-years')).toEqual(['three-years 2030-09-06 met']);
    const other = grantedFrom(sent('humanitarian'), '2028-07-01', '2028-07-01', '2029-06-30');
    expect(terms(other, 'three-years')).toEqual(['three-years 2030-09-06 lifted']);
    expect(terms(holder().told('caseworker', '2028-06-01', 'travelled', {}), 'three-years')).toEqual(['three-years 2030-09-06 lifted']);
  });

  it.each(['witness', 'employerCase'] as const)(
    'are not counted of a permit for %s, and begin with one for cooperation after it',
    (form) => {
      const given = holder({}, form);
      expect(terms(given, 'three-years')).toEqual([]);
      grantedFrom(sent('cooperation', '2028-06-01', given), '2028-06-10', '2028-06-10', '2029-06-09');
      expect(terms(given, 'three-years')).toEqual(['three-years 2031-06-10 running']);
    },
  );

  it('warn caseworker and lawyer, and then have the caseworker check the longer stay', () => {
    const given = holder().didEverything('2027-09-07');
    renewed(given, '2028-09-01', '2028-09-06', '2029-09-05');
    renewed(given, '2029-09-01', '2029-09-06', '2030-09-05');
    renewed(given, '2030-09-01', '2030-09-06', '2031-09-05').until('2030-09-08');
    expect(given.mailsAbout('three-years')).toEqual(
      ['2030-06-08T09:00 warning', '2030-08-07T09:00 warning', '2030-09-07T09:00 expired'].flatMap((mail) =>
        ['caseworker-1', 'lawyer-1'].map((to) => mail.replace(' ', ` ${to} `)),
      ),
    );
    expect(given.task('longer-stay-check')).toMatchObject({ kind: 'legal', owner: 'caseworker', dueOn: '2030-09-21' });
    expect(sent('longerStay', '2030-09-10', given).stateOf('longer-stay-check')).toBe('done');
  });

  it('that have passed do not begin again when a chain that was cut goes on', () => {
    const given = holder();
    renewed(given, '2028-09-01', '2028-09-06', '2029-09-05');
    renewed(given, '2029-09-01', '2029-09-06', '2030-09-05');
    renewed(given, '2030-09-01', '2030-09-06', '2031-09-05');
    ended(given, '2031-09-06', { reason: 'expired' }).told('lawyer', '2031-09-07', 'applicationSent', { kind: 'cooperation' });
    grantedFrom(given, '2031-09-08', '2031-09-06', '2032-09-05');
    expect(terms(given, 'three-years')).toEqual(['three-years 2030-09-06 lifted']);
  });
});

describe('the end of a permit', () => {
  it('leads to the application that is pending, else to the decision', () => {
    expect(ended(sent('humanitarian'), '2028-07-01', { reason: 'withdrawn' }).situation.stage).toBe('permitApplication');
    expect(ended(sent('renewal'), '2028-09-06', { reason: 'expired' }).situation.stage).toBe('permitApplication');
    expect(ended(holder(), '2028-09-06', { reason: 'expired' }).situation.stage).toBe('decision');
  });

  it('can be objected to when IND withdrew it; that it ended by time is no decision', () => {
    expect(terms(ended(holder(), '2028-05-01', { reason: 'withdrawn' }), 'objection')).toEqual(['objection 2028-05-29 running']);
    expect(terms(ended(holder(), '2028-09-06', { reason: 'expired' }), 'objection')).toEqual([]);
  });

  it('may hold from an earlier day, not from before the permit, and not from a day to come', () => {
    const from = (withEffectFrom: PlainDate) =>
      holder().refusal('ind', '2028-05-01', 'permitEnded', { reason: 'withdrawn', withEffectFrom })?.code ?? null;
    expect(from('2027-09-06')).toBeNull();
    expect(from('2027-09-05')).toBe('fact-not-possible');
    expect(from('2028-05-01')).toBeNull();
    expect(from('2028-05-02')).toBe('date-in-future');
    // A renewal is the same permit: its first day stays that of the grant.
    const renewed = holder().told('ind', '2028-09-01', 'permitRenewed', { from: '2028-09-06', until: '2029-09-05' });
    const withdrawn = { reason: 'withdrawn', withEffectFrom: '2028-03-01' } as const;
    expect(renewed.refusal('ind', '2028-10-01', 'permitEnded', withdrawn)).toBeNull();
  });

  it('counts the term to object from the decision, however far back it reaches', () => {
    const given = ended(holder(), '2028-05-01', { reason: 'withdrawn', withEffectFrom: '2027-12-01' });
    expect(terms(given, 'objection')).toEqual(['objection 2028-05-29 running']);
  });

  it('needs a permit that runs', () => {
    expect(applicant().refusal('ind', '2027-09-06', 'permitEnded', { reason: 'expired' })).toEqual({
      code: 'fact-not-possible',
      missing: ['permitGranted'],
    });
  });
});

describe('a case against an employer', () => {
  it('may be told by the labour inspectorate, which may tell no other form', () => {
    const given = aCase().told('inspectorate', '2027-09-05', 'cooperated', { form: 'employerCase' });
    expect(given.situation).toMatchObject({ stage: 'permitApplication', application: { kind: 'employerCase' } });
    expect(given.situation.notices).toContainEqual(expect.objectContaining({ partner: 'ind', kind: 'm55-cooperation' }));
    for (const form of ['reportSigned', 'otherCooperation', 'witness'] as const)
      expect(aCase().refusal('inspectorate', '2027-09-05', 'cooperated', { form })?.code).toBe('role-not-allowed');
  });

  it('makes an application without the target of a day, and a permit that may be renewed', () => {
    const given = applicant({}, 'employerCase');
    sent('employerCase', '2027-09-06', given);
    expect(given.stateOf('m55-cooperation-notice')).toBe('done');
    expect(terms(given, 'ind-decision-target', 'ind-decision')).toEqual(['ind-decision 2027-12-05 running']);
    given.granted('2027-09-10', '2028-09-09');
    expect(given.situation.permit).toMatchObject({ kind: 'employerCase' });
    expect(terms(given, 'renewal-application')).toEqual(['renewal-application 2028-09-09 running']);
    expect(given.refusal('lawyer', '2028-06-01', 'applicationSent', { kind: 'renewal' })).toBeNull();
  });
});

describe('the term of IND on an application', () => {
  it('is extended by six months from the last of the ninety days, once', () => {
    const given = sent('renewal').told('ind', '2028-07-01', 'decisionTermExtended', { reason: 'other' });
    expect(terms(given, 'ind-decision')).toEqual(['ind-decision 2029-02-28 running']);
    expect(given.refusal('ind', '2028-07-02', 'decisionTermExtended', { reason: 'other', of: 'application' })?.code).toBe(
      'already-recorded',
    );
  });

  it('begins extended if IND extended it before it began', () => {
    const given = applicant().told('ind', '2027-09-06', 'decisionTermExtended', { reason: 'other' });
    expect(terms(given.completed('2027-09-07', 'm55-cooperation-notice'), 'ind-decision')).toEqual(['ind-decision 2028-06-06 running']);
  });
});

describe('a permit that is granted', () => {
  const allowance = ['rvb-form', 'rvb-application', 'first-allowance-paid'];

  it('is handed over by the police within a week, and the allowance goes on until then', () => {
    const given = holder();
    expect(given.task('permit-handed')).toMatchObject({ kind: 'residence', owner: 'police', dueOn: '2027-09-13' });
    expect(allowance.map((id) => given.task(id).end)).toEqual([null, null, null]);
    given.told('police', '2027-09-12', 'taskCompleted', { task: 'permit-handed' });
    expect(allowance.map((id) => given.stateOf(id))).toEqual(['lapsed', 'lapsed', 'lapsed']);
  });

  it('that is ended before it was handed over ends no allowance', () => {
    const given = ended(holder(), '2027-09-10', { reason: 'withdrawn' });
    expect(given.stateOf('permit-handed')).toBe('lapsed');
    expect(allowance.map((id) => given.task(id).end)).toEqual([null, null, null]);
  });

  it('has the caseworker ask for permits of the children within two weeks, if there are children', () => {
    const given = holder({ person: { dependants: 2 } });
    expect(given.task('children-permits')).toMatchObject({ kind: 'residence', owner: 'caseworker', dueOn: '2027-09-20' });
    expect(holder().taskIds()).not.toContain('children-permits');
    expect(ended(given, '2027-09-10', { reason: 'withdrawn' }).stateOf('children-permits')).toBe('lapsed');
  });

  it('asks for the permits of the children with the first permit only', () => {
    const given = holder({ person: { dependants: 1 } }).completed('2027-09-10', 'children-permits');
    grantedFrom(given, '2028-06-01', '2028-06-01', '2029-05-31');
    expect(given.taskIds().filter((id) => id.startsWith('children'))).toEqual(['children-permits']);
  });
});

/** A person who reported at once, got a permit, asked for another right of stay, and is helped without a track. */
function inAssistanceWithAPermit(): CaseOnTheClock {
  return holder().told('ind', '2027-09-07', 'otherApplicationFiled', {}).took('2027-09-08', 'assistance');
}

/** The same person, found to be eligible for the period that they never had. */
function inIntakeWithAPermit(): CaseOnTheClock {
  return inAssistanceWithAPermit().told('police', '2027-09-10', 'eligibilityDecided', { eligible: true, ground: 'noLawfulResidence' });
}
