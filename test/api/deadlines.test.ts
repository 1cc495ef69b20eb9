import { certificateAnswer } from '../../src/api/responses/schemas';
import { daysFromNow, startService, type Service } from './support/service';

describe('the certificate of a deadline', () => {
  it('names the fact, the rule, its source, the length and the date', async () => {
    const reference = await service.open();
    await service.as('police-1').tell(reference, { type: 'reflectionStarted', on: daysFromNow(-1) });
    const { status, body } = await certificate(reference, 'reflection-period');
    expect(status).toBe(200);
    expect(certificateAnswer.strict().parse(body)).toEqual(body);
    expect(body).toMatchObject({
      reference,
      id: 'reflection-period',
      policyEdition: 'NL-2023-05',
      facts: [{ id: 'fact-1', type: 'reflectionStarted', on: daysFromNow(-1) }],
      startedOn: daysFromNow(-1),
      length: 'P3M',
      state: 'running',
      passing: null,
    });
    expect(body.source).toContain('VC15');
    expect(body.reminders).toContainEqual(expect.objectContaining({ step: 'warning', to: 'supervisor', state: 'planned' }));
  });

  it('is not found for an unknown deadline, an unknown case, or a caller without access', async () => {
    const reference = await service.open();
    await service.as('police-1').tell(reference, { type: 'reflectionStarted' });
    expect((await certificate(reference, 'objection')).body).toMatchObject({ status: 404, detail: expect.stringContaining('deadline') });
    expect((await certificate('BT-0000-0000-0000-0', 'reflection-period')).status).toBe(404);
    expect((await service.as('caseworker-rotterdam-1').get(`/v1/pathways/${reference}/deadlines/reflection-period`)).status).toBe(404);
    expect((await service.send('GET', `/v1/pathways/${reference}/deadlines/reflection-period`)).status).toBe(401);
  });
});

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

function certificate(reference: string, id: string) {
  return service.as('caseworker-1').get(`/v1/pathways/${reference}/deadlines/${id}`);
}
