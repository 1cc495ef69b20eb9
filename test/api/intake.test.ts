import { randomUUID } from 'node:crypto';
import { intakeAnswer } from '../../src/api/responses/intakeSchemas';
import { daysFromNow, intake, startService, type Service } from './support/service';
import { demoStaff } from './support/staff';

describe('the intake of a case', () => {
  it('shows in codes the person’s data, who registered them and when, and the edition', async () => {
    const asylumRequestedOn = daysFromNow(-9);
    const person = { ...intake().person, sex: 'male', sector: 'labour', dependants: 2, asylumRequestedOn, language: 'hu' };
    const reference = await service.open('amsterdam', { person, policyEdition: 'NL-2015-10' });
    const { status, body } = await service.as('caseworker-1').get(`/v1/pathways/${reference}/intake`);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ reference, office: 'amsterdam', policyEdition: 'NL-2015-10', registeredBy: 'caseworker-1', person },
      registeredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/),
      indication: { observedOn: daysFromNow(-1), by: 'police' },
      ...{ asRegistered: null, corrections: [] },
    });
    expect(intakeAnswer.strict().parse(body)).toEqual(body);
  });

  it('shows what was put right, and what had been registered', async () => {
    const reference = await service.open();
    const right = { nationality: 'RO', observedOn: daysFromNow(-2), residence: 'asylumSeeker', office: 'rotterdam' };
    const put = await service.as('supervisor-1').tell(reference, { type: 'intakeCorrected', reason: 'mistake', ...right });
    expect([put.status, put.body.code]).toEqual([201, undefined]);
    const { status, body } = await service.as('caseworker-rotterdam-1').get(`/v1/pathways/${reference}/intake`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      office: 'rotterdam',
      indication: { observedOn: daysFromNow(-2), by: 'police' },
      person: { nationality: 'RO', residence: 'asylumSeeker', ageGroup: 'adult' },
      asRegistered: { office: 'amsterdam', indication: { observedOn: daysFromNow(-1), by: 'police' }, person: intake().person },
    });
    expect(body.corrections).toEqual([
      {
        ...{ id: 'fact-1', type: 'intakeCorrected', on: daysFromNow(0), reason: 'mistake', ...right },
        ...{ recordedBy: 'supervisor-1', receivedAt: expect.any(String) },
      },
    ]);
    expect(intakeAnswer.strict().parse(body)).toEqual(body);
  });

  it('moves the case with its team to the office that was put right, and the old office sees it no more', async () => {
    const [told, key] = [intake(), randomUUID()];
    const { reference } = (await service.as('caseworker-1').post('/v1/pathways', told, key)).body;
    await service.as('supervisor-1').tell(reference, { type: 'teamChanged', role: 'lawyer', staffId: 'lawyer-1' });
    await service.as('supervisor-1').tell(reference, { type: 'intakeCorrected', reason: 'mistake', office: 'rotterdam' });
    const unknown = await service.as('caseworker-1').get('/v1/pathways/BT-0000-0000-0000-0');
    const old = await service.as('caseworker-1').get(`/v1/pathways/${reference}`);
    expect([old.status, old.body]).toEqual([404, unknown.body]);
    const repeated = await service.as('caseworker-1').post('/v1/pathways', told, key);
    expect([repeated.status, repeated.body]).toEqual([404, unknown.body]);
    const { body } = await service.as('caseworker-rotterdam-1').get(`/v1/pathways/${reference}`);
    expect([body.office, body.team]).toEqual([
      'rotterdam',
      {
        ...{ caseworker: 'caseworker-rotterdam-1', careCoordinator: 'care-coordinator-rotterdam-1' },
        ...{ police: 'police-rotterdam-1', supervisor: 'supervisor-rotterdam-1' },
      },
    ]);
    const timeline = await service.as('caseworker-rotterdam-1').get(`/v1/pathways/${reference}/facts`);
    expect(JSON.stringify(timeline.body)).not.toMatch(/officeTeam|strikesOut/);
  });

  it('is readable for the current team: new members may read it, replaced members may not', async () => {
    const reference = await service.open();
    expect(await read('caseworker-2', reference)).toEqual([403, 'role-not-allowed']);
    await service.as('supervisor-1').tell(reference, { type: 'teamChanged', role: 'caseworker', staffId: 'caseworker-2' });
    expect(await read('caseworker-2', reference)).toEqual([200, undefined]);
    expect(await read('police-1', reference)).toEqual([200, undefined]);
    await service.as('supervisor-1').tell(reference, { type: 'teamChanged', role: 'police', staffId: 'kmar-1' });
    expect(await read('police-1', reference)).toEqual([403, 'role-not-allowed']);
  });

  it('is readable for a day for whoever registered it, also if they are not of the team', async () => {
    const team = { caseworker: 'caseworker-2' };
    const reference = await service.open('amsterdam', { team });
    expect(await read('caseworker-1', reference)).toEqual([200, undefined]);
    const dayLater = await service.anotherApi({ clock: () => Date.now() + 24 * 3_600_000 });
    const { status } = await dayLater.as('caseworker-1').get(`/v1/pathways/${reference}/intake`);
    expect(status).toBe(403);
  });

  it('is readable for the deputy of an absent member, on the days of the absence', async () => {
    const reference = await service.open('amsterdam', { team: { caseworker: 'allround-1' } });
    const away = { from: daysFromNow(2), until: daysFromNow(3) };
    const members = demoStaff.staff.map((one) => (one.id === 'allround-1' ? { ...one, deputy: 'caseworker-2', absent: [away] } : one));
    const statusIn = async (days: number) => {
      const staff = { ...demoStaff, staff: members };
      const api = await service.anotherApi({ staff, clock: () => Date.now() + days * 86_400_000 });
      return (await api.as('caseworker-2').get(`/v1/pathways/${reference}/intake`)).status;
    };
    expect(await Promise.all([1, 2, 3, 4].map(statusIn))).toEqual([403, 200, 200, 403]);
  });

  it.each(['caseworker-1', 'care-coordinator-1', 'police-1', 'supervisor-1'])(
    'is readable for %s, who is in the team from the start',
    async (who) => {
      expect(await read(who, await service.open())).toEqual([200, undefined]);
    },
  );

  it.each([
    ...['allround-1', 'lawyer-1', 'return-counsellor-1', 'kmar-1', 'prosecution-1', 'ind-1', 'rapporteur-1', 'auditor-1'],
    ...['inspector-1', 'iom-1', 'dtv-1', 'receiving-1', 'nidos-1', 'youth-care-1'],
  ])('is not readable for %s, who is not in its team', async (who) => {
    expect(await read(who, await service.open())).toEqual([403, 'role-not-allowed']);
  });

  it('is not readable for a partner’s user whose id is that of a team member', async () => {
    const reference = await service.open();
    const claims = { sub: 'caseworker-1', roles: ['partner'], partner: 'iom' };
    expect((await service.as(claims).get(`/v1/pathways/${reference}/intake`)).status).not.toBe(200);
  });

  it('of a hidden case is answered like that of an unknown case', async () => {
    const elsewhere = await service.open('rotterdam');
    const answers = await Promise.all(
      [elsewhere, 'BT-0000-0000-0000-0'].map((reference) => service.as('caseworker-1').get(`/v1/pathways/${reference}/intake`)),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
  });
});

describe('the team and the consents of a case', () => {
  it('show in the pathway who has which role, and each consent with its date', async () => {
    const reference = await service.open();
    const { tell } = service.as('caseworker-1');
    await tell(reference, { type: 'consentGiven', purpose: 'placement', on: daysFromNow(-1) });
    await tell(reference, { type: 'consentGiven', purpose: 'crossBorder:nigeria' });
    await tell(reference, { type: 'consentGiven', purpose: 'medical' });
    await tell(reference, { type: 'consentWithdrawn', purpose: 'medical' });
    const { body } = await service.as('police-1').get(`/v1/pathways/${reference}`);
    expect(body.team).toEqual({
      ...{ caseworker: 'caseworker-1', careCoordinator: 'care-coordinator-1', police: 'police-1', supervisor: 'supervisor-1' },
    });
    expect(body.consents).toEqual([
      { purpose: 'placement', on: daysFromNow(-1) },
      { purpose: 'crossBorder:nigeria', on: daysFromNow(0) },
    ]);
  });

  it.each([
    ...['caseworker-1', 'care-coordinator-1', 'police-1', 'kmar-1', 'prosecution-1', 'ind-1', 'lawyer-1', 'return-counsellor-1'],
    'supervisor-1',
  ])('are visible to %s, who reads all of the case', async (who) => {
    const { body } = await service.as(who).get(`/v1/pathways/${await service.open()}`);
    expect(body).toMatchObject({ team: { caseworker: 'caseworker-1' }, consents: [] });
  });

  it('are not visible to a partner who may know of the case', async () => {
    const alone = { residence: 'noLawfulResidence', ageGroup: 'minor', unaccompanied: true, nationality: 'NG' };
    const { status, body } = await service.as('nidos-1').get(`/v1/pathways/${await service.open('amsterdam', { person: alone })}`);
    expect([status, Object.keys(body).toSorted()]).toEqual([200, ['allowedFacts', 'missing', 'reference', 'stage', 'travelOn']]);
  });
});

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

async function read(who: string, reference: string) {
  const { status, body } = await service.as(who).get(`/v1/pathways/${reference}/intake`);
  return [status, body.code];
}
