import '../../src/commands/utc';
import { log } from '../../src/commands/log';
import { serveApi, type ApiSettings } from '../../src/commands/serveApi';
import { stopped, stopSignal } from '../../src/commands/stopSignal';

/**
 * The API in a process of its own. `npm run start:api` makes the same two calls. It refuses an issuer on plain http, however, and the
 * embedded issuer is one. Argument: the settings as JSON, with the key in base64.
 */
async function api(settings: Omit<ApiSettings, 'key' | 'store'> & { readonly key: string }): Promise<void> {
  const stopping = stopSignal({ withParent: false });
  // Nobody asks the benchmark's API whether it is ready, so no database has to answer.
  const store = { answers: async () => undefined };
  const server = await serveApi({ ...settings, store, key: Buffer.from(settings.key, 'base64') });
  log.info('the api listens');
  await stopped(stopping);
  await server.stop();
}

void api(JSON.parse(process.argv[2] ?? '') as Parameters<typeof api>[0]);
