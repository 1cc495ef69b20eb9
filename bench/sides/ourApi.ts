import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiSettings } from '../../src/commands/serveApi';
import { startChild } from '../processes/child';
import { freePorts } from '../../src/embedded/ports';
import { benchPorts } from '../processes/ports';
import type { OurDatabase } from './ourDatabase';
import type { Setting } from './setting';

type Around = Pick<Setting, 'client' | 'address' | 'staff' | 'login' | 'closing' | 'profile'>;

/** Starts our API in a process of its own and returns its address. */
export async function startOurApi({ client, address, staff, login, closing, profile }: Around, database: OurDatabase): Promise<string> {
  const [port = 0] = await freePorts(1, benchPorts);
  const settings = {
    temporal: { address, namespace: client.options.namespace },
    tokens: login.tokens,
    identity: 'api@bench',
    policyEdition: undefined,
    publicUrl: 'https://cases.example.org',
    // One caller sends everything.
    requestsPerMinute: 1_000_000,
    trustedProxies: [],
    port,
    host: '127.0.0.1',
    staff,
  } satisfies Omit<ApiSettings, 'keys' | 'store'>;
  const [systemKey, masterKey] = [database.systemKey.toString('base64'), database.masterKey.toString('base64')];
  // A staff of thousands is too long for an argument.
  const folder = await mkdtemp(join(tmpdir(), 'bench-api-'));
  closing.later(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'settings.json');
  await writeFile(file, JSON.stringify({ ...settings, systemKey, masterKey, place: database.placeOf('api') }), { mode: 0o600 });
  await startChild({ script: 'bench/processes/api.js', args: [file], readyWith: 'the api listens', profile }, closing);
  return `http://127.0.0.1:${port}`;
}
