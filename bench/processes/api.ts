import '../../src/commands/utc';
import { readFileSync } from 'node:fs';
import { log } from '../../src/commands/log';
import { openKeys } from '../../src/commands/openKeys';
import { serveApi, type ApiSettings } from '../../src/commands/serveApi';
import { stopped, stopSignal } from '../../src/commands/stopSignal';
import { givenKeys } from '../../src/settings/keys';
import type { StorePlace } from '../../src/store/connection';
import { openStore } from '../../src/store/store';

interface Settings extends Omit<ApiSettings, 'keys' | 'store'> {
  readonly place: StorePlace;
  readonly systemKey: string;
  readonly masterKey: string;
}

/**
 * The API in a process of its own. `npm run start:api` makes the same calls. It refuses an issuer on plain http, however, and the embedded
 * issuer is one. Argument: a file with the settings as JSON, the keys in base64.
 */
async function api({ place, systemKey, masterKey, ...settings }: Settings): Promise<void> {
  const stopping = stopSignal({ withParent: false });
  const store = openStore(place);
  const given = givenKeys({ SYSTEM_KEY: Buffer.from(systemKey, 'base64'), MASTER_KEYS: [Buffer.from(masterKey, 'base64')] });
  const keys = await openKeys({ ...settings, store }, given);
  const server = await serveApi({ ...settings, store, keys });
  log.info('the api listens');
  await stopped(stopping);
  await server.stop();
  await store.close();
}

void api(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Settings);
