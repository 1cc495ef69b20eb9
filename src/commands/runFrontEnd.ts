import type { GivenKeys } from '../settings/keys';
import { loadStaff, type StaffFile } from '../settings/staffFile';
import type { StorePlace } from '../store/connection';
import type { Store } from '../store/store';
import { Closing } from './closing';
import { log } from './log';
import { openKeys, type OpenedKeys } from './openKeys';
import { openReadyStore } from './openReadyStore';
import { reportFailure } from './reportFailure';
import { stopped, stopSignal } from './stopSignal';

/** The settings that every front end of production has. */
interface FrontEndConfig {
  readonly database: StorePlace;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly keys: GivenKeys;
  readonly staffFile: string;
  readonly port: number;
}

/** What a front end is served from: its settings, with everything that they name opened. */
type Opened<Config> = Omit<Config, 'keys'> & { readonly store: Store; readonly keys: OpenedKeys; readonly staff: StaffFile };

/** Runs one front end alone, against real addresses, until it is told to stop. */
export async function runFrontEnd<Config extends FrontEndConfig>(
  name: string,
  config: Config,
  serve: (opened: Opened<Config>) => Promise<{ stop(): Promise<void> }>,
): Promise<void> {
  const stopping = stopSignal({ withParent: false });
  const staff = loadStaff(config.staffFile);
  const closing = new Closing();
  try {
    const store = await openReadyStore(config.database, closing);
    const keys = await openKeys({ ...config, store }, config.keys);
    const server = await serve({ ...config, store, keys, staff });
    closing.later(() => server.stop());
    log.info({ port: config.port }, `the ${name} listens`);
    await stopped(stopping);
  } finally {
    for (const failure of await closing.now()) reportFailure(failure);
  }
}
