import { until } from '../support/until';
import { databaseOn, installations, start, token, type Settings } from './service';

describe('npm start, while its database does not answer', () => {
  it('says so and opens no case, and goes on by itself afterwards', async () => {
    await begin(start(settings)).ready();
    bearer = (await begin(token(settings, 'caseworker-1')).ended).stdout.trim();
    expect((await openCase('before')).status).toBe(201);

    const database = databaseOn(dataDir);
    process.kill(database, 'SIGSTOP');
    try {
      const ready = await ask('/health/ready');
      expect([ready.status, await ready.json()]).toMatchObject([503, { code: 'not-ready', parts: { temporal: 'up', database: 'down' } }]);
      const refused = await openCase('meanwhile');
      expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([503, '5', { code: 'no-answer' }]);
    } finally {
      process.kill(database, 'SIGCONT');
    }

    await until('the service is ready again', async () => (await ask('/health/ready')).ok);
    expect((await openCase('meanwhile')).status).toBe(201);
  });
});

function openCase(key: string): Promise<Response> {
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
  const person = { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'XX' };
  const intake = { indication: { observedOn: today, by: 'shelter' }, office: 'amsterdam', person };
  return ask('/pathways', {
    method: 'POST',
    body: JSON.stringify(intake),
    headers: { 'Idempotency-Key': key, 'Content-Type': 'application/json' },
  });
}

function ask(
  path: string,
  { headers, ...request }: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const address = `http://127.0.0.1:${settings.API_PORT}/v1${path}`;
  return fetch(address, { ...request, headers: { Authorization: `Bearer ${bearer}`, ...headers } });
}

let bearer: string;
let dataDir: string;
let settings: Settings;
const { begin } = installations((made) => ({ settings, dataDir } = made));
