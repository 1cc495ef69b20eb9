import { explanationAnswer } from '../../src/api/responses/problemSchemas';
import { problemCodes } from '../../src/api/problems/problems';
import { startService, type Service } from './support/service';

describe('the type of a problem', () => {
  it('is an address that explains meaning and remedy, without a login and to any page', async () => {
    const problem = await service.as('caseworker-1').get('/v1/nonsense');
    const { status, headers, body } = await service.send('GET', problem.body.type as string);
    expect([status, headers.get('Content-Type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect([headers.get('Access-Control-Allow-Origin'), headers.get('API-Version')]).toEqual(['*', problem.headers.get('API-Version')]);
    expect(body).toMatchObject({ type: problem.body.type, title: problem.body.title, status: 404, detail: problem.body.detail });
  });

  it.each(problemCodes)('%s is explained', async (code) => {
    const { status, body } = await service.send('GET', `/problems/${code}`);
    expect(status).toBe(200);
    expect(explanationAnswer.strict().parse(body)).toEqual(body);
    expect(body).toMatchObject({ type: `/problems/${code}`, remedy: expect.stringMatching(/^[A-Z].+\.$/) });
  });

  it.each(['/problems/nonsense', '/problems/toString', '/problems/', '/problems'])('that does not exist is not found: %s', async (path) => {
    const { status, headers } = await service.send('GET', path);
    expect([status, headers.get('Content-Type')]).toEqual([404, 'application/problem+json; charset=utf-8']);
  });

  it('is read-only', async () => {
    const { status, headers } = await service.send('POST', '/problems/not-found', { body: {} });
    expect([status, headers.get('Allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});

let service: Service;
beforeAll(async () => {
  service = await startService({ worker: false });
});
afterAll(() => service.stop());
