import { facts } from '../../src/domain/rules';
import type { FactType } from '../../src/domain/facts/catalogue';
import { isOneOf, type Party } from '../../src/domain/basics/roles';
import { intake, startService, type Service } from './support/service';
import { someFacts } from './support/someFacts';
import { demoStaff } from './support/staff';

describe('a fact is accepted only from a caller with authority', () => {
  it.each(someFacts)('$type', async (fact) => {
    const [reference, authority] = [await service.open('amsterdam', { person: aloneAndDublin }), mayTell(fact.type)];
    const others = tellers.filter((who) => !authority.includes(who));
    const refused = await Promise.all(others.map((who) => service.as(who).tell(reference, fact)));
    const answers = others.map((who) => (untold.includes(who) ? [404, 'not-found'] : [403, 'role-not-allowed']));
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(answers);
    const teller = authority.find((who) => !untold.includes(who));
    // What only a partner records that was not told of the case, nobody records.
    if (teller === undefined) return;
    const { status } = await service.as(teller).tell(reference, fact);
    // From the right teller a fact is recorded, or refused by a rule of the case, but never because of its teller.
    expect([201, 409]).toContain(status);
  });
});

describe('a case of another office', () => {
  it('does not exist for staff elsewhere: they cannot read it, list its facts or record one', async () => {
    const elsewhere = await service.open('rotterdam');
    const caseworker = service.as('caseworker-1');
    const answers = await Promise.all([
      caseworker.get(`/v1/pathways/${elsewhere}`),
      caseworker.get(`/v1/pathways/${elsewhere}/facts`),
      caseworker.tell(elsewhere, { type: 'consentGiven', purpose: 'medical' }),
      caseworker.tell(elsewhere, { type: 'interviewHeld' }),
      service.as('supervisor-1').tell(elsewhere, { type: 'teamChanged', role: 'caseworker', staffId: 'caseworker-2' }),
    ]);
    const unknown = await caseworker.get(`/v1/pathways/${unknownReference}`);
    expect(unknown.status).toBe(404);
    for (const { status, body } of answers) expect({ status, body }).toEqual({ status: 404, body: unknown.body });
    expect((await service.as('caseworker-rotterdam-1').get(`/v1/pathways/${elsewhere}/facts`)).body.items).toEqual([]);
  });

  it('is visible to national roles', async () => {
    const elsewhere = await service.open('rotterdam');
    for (const who of ['kmar-1', 'inspector-1', 'ind-1', 'prosecution-1'])
      expect((await service.as(who).get(`/v1/pathways/${elsewhere}`)).status).toBe(200);
  });

  it('cannot be opened from here', async () => {
    const { status, body } = await service.as('caseworker-1').post('/v1/pathways', { ...intake(), office: 'rotterdam' });
    expect([status, body.code]).toEqual([403, 'other-office']);
  });
});

describe('an intake', () => {
  it.each(['caseworker-1', 'care-coordinator-1', 'police-1', 'kmar-1', 'inspector-1', 'supervisor-1', 'allround-1'])(
    'is accepted from %s',
    async (who) => {
      expect((await service.as(who).post('/v1/pathways', intake())).status).toBe(201);
    },
  );

  it.each(['lawyer-1', 'return-counsellor-1', 'ind-1', 'prosecution-1', 'rapporteur-1', 'auditor-1', 'iom-1'])(
    'is not accepted from %s',
    async (who) => {
      const { status, body } = await service.as(who).post('/v1/pathways', intake());
      expect([status, body.code]).toEqual([403, 'role-not-allowed']);
    },
  );
});

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** A minor whose guardian body is Nidos, and whose transfer DT&V prepares: these two partners are told of the case, and no other. */
const aloneAndDublin = { residence: 'dublin', ageGroup: 'minor', unaccompanied: true, nationality: 'NG' };
const untold = ['iom-1', 'receiving-1', 'youth-care-1'];

const unknownReference = 'BT-0000-0000-0000-0';

/** One caller of each role and of each partner, also those with read access only. */
const tellers = [
  'caseworker-1',
  'care-coordinator-1',
  'police-1',
  'kmar-1',
  'inspector-1',
  'prosecution-1',
  'ind-1',
  'lawyer-1',
  'return-counsellor-1',
  'supervisor-1',
  'iom-1',
  'dtv-1',
  'receiving-1',
  'nidos-1',
  'youth-care-1',
  'rapporteur-1',
  'auditor-1',
] as const;

/**
 * These tellers depend on the case. The task safe-bed is not statutory and belongs to the care coordinator. No cooperation is in effect. An
 * unknown fact has no teller.
 */
const inThisCase: Partial<Record<FactType, readonly Party[]>> = {
  criminalCaseArranged: ['prosecution', 'police', 'lawyer', 'caseworker', 'careCoordinator', 'returnCounsellor'],
  corrected: [
    'caseworker',
    'careCoordinator',
    'police',
    'inspectorate',
    'prosecution',
    'ind',
    'lawyer',
    'returnCounsellor',
    'supervisor',
    'partner',
  ],
  cooperated: ['police', 'prosecution'],
  departedUnknown: ['police'],
  taskCompleted: ['caseworker', 'careCoordinator', 'supervisor'],
  taskWaived: ['caseworker', 'supervisor'],
};

function mayTell(type: FactType): string[] {
  const { recordedBy } = facts[type];
  const authority = typeof recordedBy === 'function' ? (inThisCase[type] ?? []) : recordedBy;
  return tellers.filter((who) => demoStaff.staff.some((member) => member.id === who && isOneOf(member, authority)));
}
