import { until } from '../support/until';
import { databaseOn, installations, start, token, type Settings } from './service';

describe('npm start, while its database does not answer', () => {
  it('says so and opens no case; cases are read and take facts, and everything is in the database afterwards', async () => {
    await begin(start(settings)).ready();
    bearers = { caseworker: await tokenOf('caseworker-1'), supervisor: await tokenOf('supervisor-1') };
    const { reference } = (await (await openCase('before')).json()) as { reference: string };
    const path = `/pathways/${reference}`;

    const database = databaseOn(dataDir);
    process.kill(database, 'SIGSTOP');
    try {
      const ready = await ask('/health/ready');
      expect([ready.status, await ready.json()]).toMatchObject([503, { code: 'not-ready', parts: { temporal: 'up', database: 'down' } }]);
      expect((await ask(path)).status).toBe(200);
      expect((await post(`${path}/facts`, { type: 'contactMissed' }, 'a fact')).status).toBe(201);
      const refused = await openCase('meanwhile');
      expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([503, '5', { code: 'no-answer' }]);
    } finally {
      process.kill(database, 'SIGCONT');
    }

    await until('the service is ready again, and the register is not behind', async () => {
      const { status, register } = (await (await ask('/health/ready')).json()) as { status: unknown; register?: { waiting: number } };
      return status === 'ready' && register?.waiting === 0;
    });
    expect((await openCase('meanwhile')).status).toBe(201);
    const { items } = (await (await ask(`${path}/access-log`, 'supervisor')).json()) as { items: { did: string; at: string }[] };
    expect(items.map(({ did }) => did)).toEqual(['tell', 'read', 'open']);
    expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).toSorted((one, other) => Date.parse(other) - Date.parse(one)));
  });
});

function openCase(key: string): Promise<Response> {
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
  const person = { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'XX' };
  return post('/pathways', { indication: { observedOn: today, by: 'shelter' }, office: 'amsterdam', person }, key);
}

function post(path: string, body: object, key: string): Promise<Response> {
  const headers = { 'Idempotency-Key': key, 'Content-Type': 'application/json' };
  return ask(path, 'caseworker', { method: 'POST', body: JSON.stringify(body), headers });
}

type Who = 'caseworker' | 'supervisor';
type Sending = { readonly method: string; readonly body: string; readonly headers: Readonly<Record<string, string>> };

function ask(path: string, who: Who = 'caseworker', { headers, ...request }: Partial<Sending> = {}): Promise<Response> {
  const address = `http://127.0.0.1:${settings.API_PORT}/v1${path}`;
  return fetch(address, { ...request, headers: { Authorization: `Bearer ${bearers[who]}`, ...headers } });
}

async function tokenOf(staffId: string): Promise<string> {
  return (await begin(token(settings, staffId)).ended).stdout.trim();
}

let bearers: Readonly<Record<Who, string>>;
let dataDir: string;
let settings: Settings;
const { begin } = installations((made) => ({ settings, dataDir } = made));
