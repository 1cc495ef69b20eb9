import type { ApiSettings } from '../../src/commands/serveApi';
import { startChild } from '../processes/child';
import { freePorts } from '../../src/embedded/ports';
import { benchPorts } from '../processes/ports';
import type { OurDatabase } from './ourDatabase';
import type { Setting } from './setting';

/** Starts our API in a process of its own and returns its address. */
export async function startOurApi(
  { client, address, staff, login, closing, profile }: Setting,
  { url, ...keys }: OurDatabase,
): Promise<string> {
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
  const inBase64 = Object.fromEntries(Object.entries(keys).map(([name, key]: [string, Buffer]) => [name, key.toString('base64')]));
  const args = [JSON.stringify({ ...settings, ...inBase64, url })];
  await startChild({ script: 'bench/processes/api.js', args, readyWith: 'the api listens', profile }, closing);
  return `http://127.0.0.1:${port}`;
}
