import { intakeAnswer } from '../../src/api/responses/schemas';
import { daysFromNow, intake, startService, type Service } from './support/service';

describe('the intake, read back', () => {
  it('says in codes what the person was registered with, by whom and when, and which edition holds', async () => {
    const person = { ...intake().person, sex: 'male', sector: 'labour', dependants: 2, language: 'hu' };
    const reference = await service.open('amsterdam', { person, policyEdition: 'NL-2015-10' });
    const { status, body } = await service.as('caseworker-1').get(`/v1/pathways/${reference}/intake`);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ reference, office: 'amsterdam', policyEdition: 'NL-2015-10', registeredBy: 'caseworker-1', person },
      registeredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/),
      indication: { observedOn: daysFromNow(-1), by: 'police' },
    });
    expect(intakeAnswer.strict().parse(body)).toEqual(body);
  });

  it('is for the team as it is now: who joins reads it, who was replaced does not', async () => {
    const reference = await service.open();
    expect(await read('caseworker-2', reference)).toEqual([403, 'role-not-allowed']);
    await service.as('supervisor-1').tell(reference, { type: 'teamChanged', role: 'caseworker', staffId: 'caseworker-2' });
    expect(await read('caseworker-2', reference)).toEqual([200, undefined]);
    expect(await read('caseworker-1', reference)).toEqual([403, 'role-not-allowed']);
  });

  it.each(['caseworker-1', 'care-coordinator-1', 'police-1', 'supervisor-1'])(
    'is for %s, who is of the team from the start',
    async (who) => {
      expect(await read(who, await service.open())).toEqual([200, undefined]);
    },
  );

  it('is for the military police in the seat of the police', async () => {
    const reference = await service.open('amsterdam', { team: { police: 'kmar-1' } });
    expect(await read('kmar-1', reference)).toEqual([200, undefined]);
    expect(await read('police-1', reference)).toEqual([403, 'role-not-allowed']);
  });

  it.each([
    ...['allround-1', 'lawyer-1', 'return-counsellor-1', 'kmar-1', 'prosecution-1', 'ind-1', 'rapporteur-1', 'auditor-1'],
    ...['iom-1', 'dtv-1', 'receiving-1'],
  ])('is not for %s, who sees the case and is not of its team', async (who) => {
    expect(await read(who, await service.open())).toEqual([403, 'role-not-allowed']);
  });

  it('is not for the user of a partner who bears the id of one of the team', async () => {
    const reference = await service.open();
    const claims = { sub: 'caseworker-1', roles: ['partner'], partner: 'iom' };
    expect((await service.as(claims).get(`/v1/pathways/${reference}/intake`)).status).not.toBe(200);
  });

  it('of a hidden case is answered like that of an unknown one', async () => {
    const elsewhere = await service.open('rotterdam');
    const answers = await Promise.all(
      [elsewhere, 'BT-0000-0000-0000-0'].map((reference) => service.as('caseworker-1').get(`/v1/pathways/${reference}/intake`)),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
  });
});

describe('the team and the consents of a case', () => {
  it('stand in the pathway: who holds which role, and what the person consents to since when', async () => {
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
  ])('are for %s, who works on cases', async (who) => {
    const { body } = await service.as(who).get(`/v1/pathways/${await service.open()}`);
    expect(body).toMatchObject({ team: { caseworker: 'caseworker-1' }, consents: [] });
  });

  it.each(['rapporteur-1', 'auditor-1', 'iom-1', 'dtv-1', 'receiving-1'])('are not for %s', async (who) => {
    const { status, body } = await service.as(who).get(`/v1/pathways/${await service.open()}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ team: null, consents: null });
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
