import './utc';
import { doorConfig } from '../settings/environment';
import { loadStaff } from '../settings/staffFile';
import { Closing } from './closing';
import { log } from './log';
import { openKeys } from './openKeys';
import { openReadyStore } from './openReadyStore';
import { reportFailure } from './reportFailure';
import { serveDoor } from './serveDoor';
import { stopped, stopSignal } from './stopSignal';

/** `npm run start:door`: the door before the Temporal UI alone, against real addresses. */
async function door(): Promise<void> {
  const config = doorConfig();
  const stopping = stopSignal({ withParent: false });
  const staff = loadStaff(config.staffFile);
  const closing = new Closing();
  try {
    const store = await openReadyStore(config.database, closing);
    const keys = await openKeys({ ...config, store }, config.keys);
    const server = await serveDoor({ ...config, store, keys, staff });
    closing.later(() => server.stop());
    log.info({ port: config.port }, 'the door listens');
    await stopped(stopping);
  } finally {
    for (const failure of await closing.now()) reportFailure(failure);
  }
}

door().catch(reportFailure);
