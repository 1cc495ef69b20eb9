import './utc';
import { hostname } from 'node:os';
import { apiConfig } from '../settings/environment';
import { loadStaff } from '../settings/staffFile';
import { Closing } from './closing';
import { log } from './log';
import { openKeys } from './openKeys';
import { openReadyStore } from './openReadyStore';
import { reportFailure } from './reportFailure';
import { serveApi } from './serveApi';
import { stopped, stopSignal } from './stopSignal';

/** `npm run start:api`: the API alone, against real addresses. */
async function api(): Promise<void> {
  const config = apiConfig();
  const stopping = stopSignal({ withParent: false });
  const staff = loadStaff(config.staffFile);
  const closing = new Closing();
  try {
    const store = await openReadyStore(config.database, closing);
    const keys = await openKeys({ ...config, store }, config.keys);
    const server = await serveApi({ ...config, store, keys, staff, identity: `api@${hostname()}` });
    closing.later(() => server.stop());
    log.info({ port: config.port }, 'the api listens');
    await stopped(stopping);
  } finally {
    for (const failure of await closing.now()) reportFailure(failure);
  }
}

api().catch(reportFailure);
