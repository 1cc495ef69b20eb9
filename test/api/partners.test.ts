import { pathwayAnswer, partnerPathwayAnswer } from '../../src/api/responses/schemas';
import { unknown } from './support/everyRequest';
import { intake, startService, type Service } from './support/service';

/* A case as the users of a partner meet it over HTTP (docs/rights.md, partners). Which partner reaches which case: test/domain/partners.test.ts. */

describe('a case that a partner was told of', () => {
  it('has the part for partners, its own facts and no deadlines', async () => {
    const iom = service.as('iom-1');
    const { status, body } = await iom.get(`/v1/pathways/${referred}`);
    expect(status).toBe(200);
    expect(partnerPathwayAnswer.strict().parse(body)).toMatchObject({ reference: referred, stage: 'other', missing: [], travelOn: null });
    expect((await iom.get(`/v1/pathways/${referred}/facts`)).body.items).toEqual([]);
    const told = await iom.tell(referred, { type: 'riskAssessed', outcome: 'acceptable' });
    expect([told.status, Object.keys(told.body)]).toEqual([201, Object.keys(body)]);
    const { items } = (await iom.get(`/v1/pathways/${referred}/facts`)).body;
    expect(items).toMatchObject([{ type: 'riskAssessed', recordedBy: 'iom-1' }]);
    const deadline = await iom.get(`/v1/pathways/${referred}/deadlines/reflection-period`);
    expect([deadline.status, deadline.body.detail]).toEqual([404, 'This pathway has no such deadline.']);
  });

  it('does not tell its stage by a refusal either', async () => {
    const { status, body } = await service.as('iom-1').tell(referred, { type: 'departureDeclared' });
    expect([status, body.code, body.stage]).toEqual([409, 'fact-not-possible', 'other']);
    expect(JSON.stringify(body)).not.toContain('reflection');
    const toStaff = await service.as('caseworker-1').tell(referred, { type: 'departureDeclared' });
    expect([toStaff.status, toStaff.body.stage]).toEqual([409, 'reflection']);
  });

  it('is whole for staff', async () => {
    const { body } = await service.as('caseworker-1').get(`/v1/pathways/${referred}`);
    expect(pathwayAnswer.strict().parse(body)).toEqual(body);
  });

  it('does not exist for it any more once the consent is withdrawn, not even for a repeat of a fact that it recorded', async () => {
    const [reference, fact] = [await opened(), { type: 'riskAssessed', outcome: 'acceptable' }];
    const again = () => service.as('iom-1').tell(reference, fact, 'the-same-key');
    expect((await again()).status).toBe(201);
    await service.as('caseworker-1').tell(reference, { type: 'consentWithdrawn', purpose: 'returnDataExchange' });
    const [answer, about] = await Promise.all([again(), service.as('iom-1').tell(unknown, fact)]);
    expect([answer.status, answer.body]).toEqual([404, about.body]);
  });
});

describe('while no worker is there', () => {
  let impatient: Pick<Service, 'as'>;
  beforeAll(async () => {
    impatient = await service.anotherApi({ patienceMs: 500 });
    await service.rest();
  });
  afterAll(() => service.work());

  it('a partner that was told of a case reads it and may tell later, and for one that was not there is no such case', async () => {
    const statuses = ['iom-1', 'dtv-1', 'nidos-1'].map(async (who) => {
      const answers = await Promise.all([
        impatient.as(who).get(`/v1/pathways/${referred}`),
        impatient.as(who).tell(referred, { type: 'travelled' }),
      ]);
      return [who, ...answers.map(({ status }) => status)];
    });
    expect(await Promise.all(statuses)).toEqual([
      ['iom-1', 200, 503],
      ['dtv-1', 200, 503],
      ['nidos-1', 404, 404],
    ]);
  });
});

let service: Service;
let referred: string;
beforeAll(async () => {
  service = await startService();
  referred = await opened();
});
afterAll(() => service.stop());

/** A case in the reflection period, of a person who asks to return and consents. */
async function opened(): Promise<string> {
  const { body } = await service.as('caseworker-1').post('/v1/pathways', intake());
  const reference = body.reference as string;
  await service.as('police-1').tell(reference, { type: 'reflectionStarted' });
  await service.as('caseworker-1').tell(reference, { type: 'returnRequested' });
  await service.as('caseworker-1').tell(reference, { type: 'consentGiven', purpose: 'returnDataExchange' });
  return reference;
}
