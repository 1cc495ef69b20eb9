import { impossible, unknown } from './support/everyRequest';
import { startService, type Service } from './support/service';

/* The answers about a case out of reach: matrix.test.ts. Here is their time. */

describe('a case of another office', () => {
  it('is not revealed by the time of the answer', async () => {
    // Each answer takes at least the same time.
    for (const reference of [hidden, unknown, impossible])
      expect(await shortest(() => service.as('caseworker-1').get(`/v1/pathways/${reference}`))).toBeGreaterThanOrEqual(200);
  });

  it('is not revealed to a partner by the time of the answer either', async () => {
    for (const reference of [hidden, unknown, impossible])
      expect(await shortest(() => service.as('iom-1').get(`/v1/pathways/${reference}/deadlines/reflection-period`))).toBeGreaterThanOrEqual(
        200,
      );
  });
});

describe('a deadline that a case does not have', () => {
  it('is reported as missing to a caller who may see the case', async () => {
    const { status, body } = await service.as('caseworker-rotterdam-1').get(`/v1/pathways/${hidden}/deadlines/no-such-deadline`);
    expect([status, body.code, body.detail]).toEqual([404, 'not-found', 'This pathway has no such deadline.']);
  });
});

let service: Service;
let hidden: string;
beforeAll(async () => {
  service = await startService();
  hidden = await service.open('rotterdam');
});
afterAll(() => service.stop());

async function shortest(ask: () => Promise<unknown>): Promise<number> {
  let shortestMs = Infinity;
  for (let round = 0; round < 5; round += 1) {
    const began = performance.now();
    await ask();
    shortestMs = Math.min(shortestMs, performance.now() - began);
  }
  return shortestMs;
}
