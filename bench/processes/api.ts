import '../../src/commands/utc';
import { log } from '../../src/commands/log';
import { serveApi, type ApiSettings } from '../../src/commands/serveApi';
import { stopped, stopSignal } from '../../src/commands/untilStopped';

/**
 * The API in a process of its own. `npm run start:api` is the same two calls, but takes no issuer on plain http, which the
 * embedded one is. Argument: its settings as JSON, the key in base64.
 */
async function api(settings: Omit<ApiSettings, 'key'> & { readonly key: string }): Promise<void> {
  const stopping = stopSignal({ withParent: false });
  const server = await serveApi({ ...settings, key: Buffer.from(settings.key, 'base64') });
  log.info('the api listens');
  await stopped(stopping);
  await server.stop();
}

void api(JSON.parse(process.argv[2] ?? '') as Parameters<typeof api>[0]);
