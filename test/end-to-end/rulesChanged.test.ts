import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { socketOf } from '../../src/settings/databasePlace';
import { openPatiently } from '../../src/store/connection';
import { copyOfTheProject, type Copy } from '../release/support/copyOfTheProject';
import { until } from '../support/until';
import { installations, start, token, type Settings } from './service';

describe('a service that is stopped, and started with other rules', () => {
  it('has the cases of before with all their facts, and they work by the new rules', async () => {
    const before = begin(start(settings));
    await before.ready();
    let caseworker = await askedBy('caseworker-1');
    const opened = await caseworker('POST', '', intake());
    expect(opened.status).toBe(201);
    const { reference } = opened.body as { readonly reference: string };
    const consents = () => caseworker('POST', `/${reference}/facts`, { type: 'consentGiven', purpose: 'placement' });
    expect((await consents()).status).toBe(201);
    const told = await timeline(caseworker, reference);
    await forgetsRegister();
    before.child.kill('SIGTERM');
    expect((await before.ended).code).toBe(0);

    await tomorrow.changes(
      'src/domain/rules/everyStage.ts',
      '  consentGiven: {\n    possibleIn: openStages,',
      '  consentGiven: {\n    possibleIn: [],',
    );
    const after = begin(start(settings, tomorrow.folder));
    await after.ready();
    caseworker = await askedBy('caseworker-1');
    expect(await timeline(caseworker, reference)).toEqual(told);
    // The case goes over while the service runs.
    await until('the new rule refuses the fact', async () => (await consents()).status === 409);
    // A fact that the rules of before took while the case was on its way stays too.
    expect((await timeline(caseworker, reference)).slice(0, told.length)).toEqual(told);
    await after.says('the open cases went over to the rules of today');
    await after.says('the register was filled from the cases');
    after.child.kill('SIGTERM');
    expect((await after.ended).code).toBe(0);
  });
});

/** As after a version without a register: it does not hold all cases. */
async function forgetsRegister(): Promise<void> {
  const db = openPatiently({ socket: socketOf(settings.DATA_DIR) ?? '' });
  await sql.raw('update pathways.register_filled set at = null').execute(db);
  await db.destroy();
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

type Ask = (method: string, path: string, body?: object) => Promise<Answer>;

/** A caller with a token of the service that runs now. */
async function askedBy(who: string): Promise<Ask> {
  const bearer = (await begin(token(settings, who)).ended).stdout.trim();
  return async (method, path, body) => {
    const headers = {
      Authorization: `Bearer ${bearer}`,
      ...(body && { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() }),
    };
    const address = `http://127.0.0.1:${settings.API_PORT}/v1/pathways${path}`;
    const answer = await fetch(address, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    return { status: answer.status, body: await answer.json() };
  };
}

async function timeline(ask: Ask, reference: string): Promise<readonly unknown[]> {
  const { body } = await ask('GET', `/${reference}/facts`);
  return (body as { readonly items: readonly unknown[] }).items;
}

function intake(): object {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(Date.now());
  const person = { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' };
  return { indication: { observedOn: today, by: 'police' }, office: 'amsterdam', person };
}

let settings: Settings;
let tomorrow: Copy;
const { begin } = installations((made) => ({ settings } = made));

beforeAll(async () => {
  tomorrow = await copyOfTheProject();
});
afterAll(() => tomorrow.remove());
