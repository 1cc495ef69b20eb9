import type { FactType } from '../../src/domain/facts/catalogue';
import { aCase, type CaseOnTheClock, type Opening, type Teller } from '../support/aCase';

/** The period started on 1 September 2027. The person chose on the 6th to go home. */
const goingHome = (opening: Opening = {}) => aCase(opening).startedReflection('2027-09-01T11:00').took('2027-09-06', 'return');
const aMinor = () => goingHome({ person: { ageGroup: 'minor', unaccompanied: false } });
const aUnionCitizen = () =>
  aCase({ person: { residence: 'euCitizen' } })
    .told('police', '2027-09-02', 'reflectionDeclined', { confirmed: true })
    .took('2027-09-06', 'return');

/** The gates (docs/policy.md, section 6): the task, its owner, its date, and the fact that opens the gate. */
const gates: readonly [string, string, string, Teller, FactType, Record<string, unknown>][] = [
  ['return-requested', 'caseworker', '2027-10-04', 'caseworker', 'returnRequested', {}],
  ['consent-given', 'caseworker', '2027-10-04', 'caseworker', 'consentGiven', { purpose: 'returnDataExchange' }],
  ['return-permitted', 'caseworker', '2027-10-04', 'ind', 'returnPermitted', {}],
  ['removal-suspended', 'caseworker', '2027-10-04', 'dtv', 'removalSuspended', {}],
  ['legal-advice-taken', 'caseworker', '2027-10-04', 'lawyer', 'legalAdviceTaken', {}],
  ['risk-assessed', 'careCoordinator', '2027-09-20', 'careCoordinator', 'riskAssessed', { outcome: 'acceptable' }],
  ['criminal-case-arranged', 'caseworker', '2027-10-04', 'prosecution', 'criminalCaseArranged', { how: 'testimonyGiven' }],
  ['compensation-arranged', 'caseworker', '2027-10-04', 'lawyer', 'compensationArranged', { how: 'secured' }],
  ['medical-fitness-confirmed', 'careCoordinator', '2027-10-04', 'caseworker', 'medicalFitnessConfirmed', {}],
  ['travel-document-received', 'caseworker', '2027-10-04', 'caseworker', 'travelDocumentReceived', {}],
  ['receiving-organisation-confirmed', 'caseworker', '2027-10-04', 'caseworker', 'receivingOrganisationConfirmed', {}],
];
const gatesOfMinors: typeof gates = [
  ['guardian-agreed', 'caseworker', '2027-10-04', 'careCoordinator', 'guardianAgreed', {}],
  ['reception-confirmed', 'caseworker', '2027-10-04', 'careCoordinator', 'receptionConfirmed', {}],
];

describe('a task of a safe return', () => {
  it.each([...gates, ...gatesOfMinors])(
    "%s is the %s's, due %s, and done by the fact that opens its gate",
    (id, owner, due, by, type, fields) => {
      const given = aMinor();
      expect(given.task(id)).toMatchObject({ kind: 'return', statutory: false, owner, dueOn: due, dueAt: null, end: null });
      expect(opened(given, by, type, fields).task(id).end?.state).toBe('done');
    },
  );

  it('is planned for each shut gate at the start: two more for a minor, two fewer for a Union citizen', () => {
    const ids = (some: typeof gates) => some.map(([id]) => id);
    expect(openReturnTasks(goingHome())).toEqual(ids(gates));
    expect(openReturnTasks(aMinor())).toEqual(ids([...gates, ...gatesOfMinors]));
    expect(openReturnTasks(aUnionCitizen())).toEqual(ids(gates).filter((id) => id !== 'return-permitted' && id !== 'removal-suspended'));
  });

  it('is not planned for a gate that was opened before', () => {
    for (const [id, , , by, type, fields] of gates) {
      const given = opened(aCase().startedReflection('2027-09-01T11:00'), by, type, fields, '2027-09-05').took('2027-09-06', 'return');
      expect(given.taskIds()).not.toContain(id);
    }
  });

  it.each([
    ['is none that allows travel', 'notAcceptable' as const, '2027-09-06'],
    ['is older than thirty days', 'acceptable' as const, '2027-10-06'],
  ])('is planned if the risk assessment %s', (_, outcome, entered) => {
    const given = aCase()
      .startedReflection('2027-09-01T11:00')
      .told('careCoordinator', '2027-09-05', 'riskAssessed', { outcome })
      .took(entered, 'return');
    expect(openReturnTasks(given)).toContain('risk-assessed');
  });

  it('is done only by its own fact: by any assessment, and by a person who wants no organisation', () => {
    const given = goingHome()
      .told('caseworker', '2027-09-10', 'consentGiven', { purpose: 'placement' })
      .told('careCoordinator', '2027-09-10', 'riskAssessed', { outcome: 'notAcceptable' })
      .told('caseworker', '2027-09-10', 'receivingOrganisationConfirmed', { refusedByPerson: true });
    expect(given.task('consent-given').end).toBeNull();
    expect(given.task('risk-assessed').end?.state).toBe('done');
    expect(given.task('receiving-organisation-confirmed').end?.state).toBe('done');
  });

  it.each<[string, (given: CaseOnTheClock) => CaseOnTheClock]>([
    ['the return is stopped', (given) => given.told('caseworker', '2027-09-10', 'returnStopped', { reason: 'ownWish' })],
    ['the person cooperates', (given) => given.cooperated('2027-09-10')],
    ['the person leaves for an unknown destination', (given) => given.told('police', '2027-09-10', 'departedUnknown', {})],
    ['the person travels', (given) => given.told('caseworker', '2027-09-10', 'travelled', {})],
  ])('lapses when %s', (_, leaves) => {
    const given = leaves(goingHome().told('lawyer', '2027-09-08', 'legalAdviceTaken', {}));
    const states = new Set(
      given.situation.tasks.filter(({ kind }) => kind === 'return').map(({ id, end }) => `${id} ${String(end?.state)}`),
    );
    expect(states).toEqual(new Set(gates.map(([id]) => `${id} ${id === 'legal-advice-taken' ? 'done' : 'lapsed'}`)));
  });

  it('comes back with a second number when the person prepares again, unless its gate is open', () => {
    const given = goingHome()
      .told('lawyer', '2027-09-08', 'legalAdviceTaken', {})
      .told('caseworker', '2027-09-08', 'returnRequested', {})
      .told('caseworker', '2027-09-10', 'returnStopped', { reason: 'ownWish' })
      .took('2027-09-20', 'return');
    const again = openReturnTasks(given);
    // The wish ended when the return was stopped. The legal advice is still in effect.
    expect(again).toContain('return-requested-2');
    expect(again.filter((id) => id.startsWith('legal'))).toEqual([]);
    expect(given.task('risk-assessed-2').dueOn).toBe('2027-10-04');
  });

  it('has the reminders of any task for its owner, and is escalated once', () => {
    const given = goingHome().until('2027-09-28');
    expect(given.mailsAbout('risk-assessed')).toEqual([
      '2027-09-07T09:00 care-coordinator-1 planned',
      ...['19 care-coordinator-1 soon', '20 care-coordinator-1 due', '21 care-coordinator-1 overdue', '23 care-coordinator-1 overdue'].map(
        at,
      ),
      ...['27 care-coordinator-1 overdue', '27 supervisor-1 escalated'].map(at),
    ]);
  });
});

function opened(given: CaseOnTheClock, by: Teller, type: FactType, fields: Record<string, unknown>, when = '2027-09-10'): CaseOnTheClock {
  // DT&V knows of a return once the person asks for it and consents.
  if (by === 'dtv')
    given.told('caseworker', when, 'returnRequested', {}).told('caseworker', when, 'consentGiven', { purpose: 'returnDataExchange' });
  return given.told(by, when, type, fields);
}

function openReturnTasks({ situation: { tasks } }: CaseOnTheClock): string[] {
  return tasks.filter(({ kind, end }) => kind === 'return' && end === null).map(({ id }) => id);
}

function at(mail: string): string {
  const [day = '', ...rest] = mail.split(' ');
  return `2027-09-${day}T09:00 ${rest.join(' ')}`;
}
