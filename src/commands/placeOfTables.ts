import { ConfigError } from '../settings/configError';
import { socketOf } from '../settings/databasePlace';
import { tablesConfig } from '../settings/environment';
import type { StorePlace } from '../store/connection';

/** The database of production, or else that of the service that `npm start` runs. */
export function placeOfTables(): StorePlace {
  const config = tablesConfig();
  if ('url' in config) return config;
  const socket = socketOf(config.dataDir);
  if (socket !== undefined) return { socket };
  throw new ConfigError(`no service runs on ${config.dataDir}: start it with npm start, or set DATABASE_URL`);
}
