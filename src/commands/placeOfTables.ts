import { ConfigError } from '../settings/configError';
import { socketOf } from '../settings/databasePlace';
import { tablesConfig } from '../settings/environment';
import type { StorePlace } from '../store/connection';

/** The database of production, or else that of the service that `npm start` runs. */
export function placeOfTables(): StorePlace {
  const config = tablesConfig();
  return 'url' in config ? config : besideStart(config.dataDir);
}

/** The database of the service that `npm start` runs on a data directory. */
export function besideStart(dataDir: string): { readonly socket: string } {
  const socket = socketOf(dataDir);
  if (socket !== undefined) return { socket };
  throw new ConfigError(`no service runs on ${dataDir}: start it with npm start, or set DATABASE_URL`);
}
