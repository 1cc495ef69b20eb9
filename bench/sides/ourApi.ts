import type { ApiSettings } from '../../src/commands/serveApi';
import type { SystemKey } from '../../src/privacy/key';
import { startChild } from '../processes/child';
import { freePorts } from '../../src/embedded/ports';
import { benchPorts } from '../processes/ports';
import type { Setting } from './setting';

/** Starts our API in a process of its own and returns its address. */
export async function startOurApi({ client, address, staff, login, closing, profile }: Setting, key: SystemKey): Promise<string> {
  const [port = 0] = await freePorts(1, benchPorts);
  const settings = {
    temporal: { address, namespace: client.options.namespace },
    tokens: login.tokens,
    identity: 'api@bench',
    policyEdition: undefined,
    publicUrl: 'https://cases.example.org',
    port,
    host: '127.0.0.1',
    staff,
  } satisfies Omit<ApiSettings, 'seals'>;
  const args = [JSON.stringify({ ...settings, key: key.toString('base64') })];
  await startChild({ script: 'bench/processes/api.js', args, readyWith: 'the api listens', profile }, closing);
  return `http://127.0.0.1:${port}`;
}
