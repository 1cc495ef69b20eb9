import '../../src/commands/utc';
import { log } from '../../src/commands/log';
import { serveApi, type ApiSettings } from '../../src/commands/serveApi';
import { stopped, stopSignal } from '../../src/commands/stopSignal';
import { derivedKeys } from '../../src/privacy/derivedKeys';
import { caseNames } from '../../src/workflows/messages';

/**
 * The API in a process of its own. `npm run start:api` makes the same two calls. It refuses an issuer on plain http, however, and the
 * embedded issuer is one. Argument: the settings as JSON, with the key in base64.
 */
async function api(settings: Omit<ApiSettings, 'seals'> & { readonly key: string }): Promise<void> {
  const stopping = stopSignal({ withParent: false });
  const systemKey = Buffer.from(settings.key, 'base64');
  const seals = { systemKey, keys: derivedKeys(systemKey), namespace: settings.temporal.namespace, cases: caseNames };
  const server = await serveApi({ ...settings, seals });
  log.info('the api listens');
  await stopped(stopping);
  await server.stop();
}

void api(JSON.parse(process.argv[2] ?? '') as Parameters<typeof api>[0]);
