import { randomUUID } from 'node:crypto';
import { comparable, everyRequest, impossible, unknown } from './support/everyRequest';
import { startService, type Answer, type Service } from './support/service';

/** The staff of an office, each with another role. */
const officeStaff = ['caseworker-1', 'care-coordinator-1', 'police-1', 'lawyer-1', 'return-counsellor-1', 'supervisor-1'];

/** Every request that names a case. */
const requests = everyRequest()
  .filter(({ namesACase }) => namesACase)
  .map(({ method, path }): [string, string] => [method, path]);

describe('a case of another office', () => {
  it.each(requests)('is answered like a case that does not exist: %s %s', async (method, path) => {
    for (const who of officeStaff)
      for (const body of bodiesOf(method)) {
        const ask = (reference: string) => asked(who, method, path.replace('{reference}', reference), body);
        const answers = await Promise.all([hidden, unknown, impossible].map(ask));
        expect(answers[0]?.status).toBe(404);
        for (const answer of answers) expect(comparable(answer)).toEqual(comparable(answers[0]));
      }
  });

  it('is not revealed by the time of the answer either', async () => {
    // Both answers take at least the same time.
    for (const reference of [hidden, unknown, impossible])
      expect(await shortest(() => asked('caseworker-1', 'GET', `/v1/pathways/${reference}`))).toBeGreaterThanOrEqual(200);
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
  await service.as('police-rotterdam-1').tell(hidden, { type: 'reflectionStarted' });
});
afterAll(() => service.stop());

/** A fact that only some roles may tell, and facts for which the office of the case is read first. */
function bodiesOf(method: string): (object | undefined)[] {
  if (method === 'GET') return [undefined];
  return [
    { type: 'consentGiven', purpose: 'medical' },
    { type: 'consentGiven', purpose: 'policeContact' },
    { type: 'teamChanged', role: 'caseworker', staffId: 'caseworker-2' },
  ];
}

async function asked(who: string, method: string, path: string, body?: object): Promise<Answer> {
  const key = method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {};
  return service.as(who).send(method, path, { ...(body === undefined ? {} : { body }), headers: key });
}

async function shortest(ask: () => Promise<unknown>): Promise<number> {
  let shortestMs = Infinity;
  for (let round = 0; round < 5; round += 1) {
    const began = performance.now();
    await ask();
    shortestMs = Math.min(shortestMs, performance.now() - began);
  }
  return shortestMs;
}
