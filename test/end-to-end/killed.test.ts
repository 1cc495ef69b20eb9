import { randomUUID } from 'node:crypto';
import { installations, start, token, type Settings } from './service';

/** The service is killed this often. `KILLS=10` kills it more often than the suite has time for. */
const kills = Number(process.env['KILLS'] ?? 2);

describe('a service that is killed with -9 while cases are opened', () => {
  it('has every acknowledged case afterwards, and each can be read', async () => {
    const acknowledged: string[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      const running = begin(start(settings));
      await running.ready();
      const ask = await askedBy('caseworker-1');
      const opening = [openUntilItIsGone(ask, acknowledged), openUntilItIsGone(ask, acknowledged)];
      const before = acknowledged.length;
      while (acknowledged.length < before + 5) await Promise.race([...opening, new Promise((resolve) => setTimeout(resolve, 20))]);
      running.child.kill('SIGKILL');
      await Promise.all(opening);
      await running.gone;
    }
    await begin(start(settings)).ready();
    const ask = await askedBy('caseworker-1');
    const unread: string[] = [];
    for (const reference of acknowledged) if ((await ask('GET', `/${reference}`)).status !== 200) unread.push(reference);
    expect(acknowledged.length).toBeGreaterThanOrEqual(5 * kills);
    expect(unread).toEqual([]);
  });
});

type Ask = (method: string, path: string, body?: object) => Promise<{ readonly status: number; readonly reference?: string }>;

/** Opens cases one after another, until nobody answers any more. */
async function openUntilItIsGone(ask: Ask, acknowledged: string[]): Promise<void> {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(Date.now());
  const person = { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' };
  const intake = { indication: { observedOn: today, by: 'police' }, office: 'amsterdam', person };
  for (;;) {
    const opened = await ask('POST', '', intake).catch(() => undefined);
    if (opened === undefined) return;
    if (opened.status === 201 && opened.reference !== undefined) acknowledged.push(opened.reference);
  }
}

async function askedBy(who: string): Promise<Ask> {
  const bearer = (await begin(token(settings, who)).ended).stdout.trim();
  return async (method, path, body) => {
    const headers = {
      Authorization: `Bearer ${bearer}`,
      ...(body && { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() }),
    };
    const answer = await fetch(`http://127.0.0.1:${settings.API_PORT}/v1/pathways${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { reference } = (await answer.json()) as { readonly reference?: string };
    return { status: answer.status, ...(reference === undefined ? {} : { reference }) };
  };
}

let settings: Settings;
const { begin } = installations((made) => ({ settings } = made));
