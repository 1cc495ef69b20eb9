import { startService, type Service } from './support/service';

describe('a caller who sends more requests in a minute than one may', () => {
  it('is told when to come back, and others are not', async () => {
    const answers = [];
    for (let sent = 0; sent < 4; sent += 1) answers.push(await service.as('caseworker-1').get('/v1/policies'));
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([...Array(3).fill([200, undefined]), [429, 'too-many']]);
    const seconds = Number(answers.at(-1)?.headers.get('Retry-After'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await service.as('police-1').get('/v1/policies')).status).toBe(200);
    expect(service.counted).toEqual([{ did: 'call', who: 'caseworker-1', status: 429 }]);
  });
});

let service: Service;
beforeAll(async () => {
  service = await startService({ worker: false, requestsPerMinute: 3 });
});
afterAll(() => service.stop());
