import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/until';
import { installations, listening, start, temporalOn, token, type Settings } from './service';

describe('the engine ends while requests are under way', () => {
  it('and the service stops in order with its sentence, and all callers are asked to come back', async () => {
    const service = begin(start({ ...settings, API_REQUESTS_PER_MINUTE: '1000000' }));
    await service.ready();
    const [caseworker, police] = await Promise.all(['caseworker-1', 'police-1'].map(bearer));
    const references = await Promise.all(Array.from({ length: 6 }, () => openCase(caseworker)));

    const answers: number[] = [];
    let told = 0;
    let over = false;
    const clients = references.map(async (reference) => {
      while (!over) {
        const status = await send(police, `/pathways/${reference}/facts`, { type: 'interviewHeld' }).catch(() => undefined);
        // The port is closed, or the connection broke during the answer.
        if (status === undefined) return;
        told += 1;
        answers.push(status);
      }
    });
    await until('every client has recorded some facts', () => told > 60);
    process.kill(temporalOn(dataDir), 'SIGKILL');

    const ended = await service.ended;
    over = true;
    await Promise.all(clients);
    expect(ended).toMatchObject({ code: 1, signal: null });
    expect(ended.stderr).toContain('the Temporal server has ended, so everything ends. Nothing is lost');
    expect(ended.stderr).not.toMatch(/Channel has been shut down|uncaught|node:internal/i);
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    await expect(listening(settings)).resolves.toEqual([]);
    // The callers of waiting requests are asked to come back. On a machine that is too busy they are cut off without an answer.
    expect(answers.filter((status) => status !== 201 && status !== 503)).toEqual([]);
  });
});

let dataDir: string;
let settings: Settings;
const { begin } = installations((made) => ({ dataDir, settings } = made));

async function bearer(staffId: string): Promise<string> {
  return (await begin(token(settings, staffId)).ended).stdout.trim();
}

async function openCase(by = ''): Promise<string> {
  const answer = await posted(by, '/pathways', {
    indication: { observedOn: '2026-01-02', by: 'police' },
    office: 'amsterdam',
    person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' },
  });
  return ((await answer.json()) as { reference: string }).reference;
}

async function send(by = '', path: string, body: object): Promise<number> {
  const answer = await posted(by, path, body);
  await answer.arrayBuffer();
  return answer.status;
}

function posted(by: string, path: string, body: object): Promise<Response> {
  return fetch(`http://127.0.0.1:${settings.API_PORT}/v1${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${by}`, 'Idempotency-Key': randomUUID(), 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}
