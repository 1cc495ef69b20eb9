import { policiesAnswer, policyAnswer } from '../../src/api/responses/schemas';
import { editions } from '../../src/domain/policy/editions';
import { startService, type Service } from './support/service';

describe('the policies of the API', () => {
  it('are listed, and one is marked as current', async () => {
    const { status, body } = await get('/v1/policies');
    expect(status).toBe(200);
    expect(policiesAnswer.strict().parse(body)).toEqual(body);
    expect(body.items.filter(({ current }: { current: boolean }) => current)).toMatchObject([
      { edition: 'NL-2023-05', from: '2023-05-18' },
    ]);
  });

  it.each(editions.map(({ edition }) => edition))('show the edition as data, with sources: %s', async (edition) => {
    const { status, body } = await get(`/v1/policies/${edition}`);
    expect(status).toBe(200);
    expect(policyAnswer.parse(body)).toEqual(body);
    expect(body).toEqual(editions.find((each) => each.edition === edition));
    for (const { source } of [...body.tasks, ...body.deadlines, body.reflection, body.permit, body.mail]) expect(source).toBeTruthy();
  });

  it('answer an unknown edition with 404, and a caller without a login with 401', async () => {
    expect((await get('/v1/policies/NL-1999-01')).body).toMatchObject({ status: 404, code: 'not-found' });
    expect((await service.send('GET', '/v1/policies')).status).toBe(401);
  });
});

let service: Service;
beforeAll(async () => {
  service = await startService({ worker: false });
});
afterAll(() => service.stop());

function get(path: string) {
  return service.as('caseworker-1').get(path);
}
