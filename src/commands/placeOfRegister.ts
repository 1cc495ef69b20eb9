import { registerConfig } from '../settings/environment';
import type { ReadingConfig } from '../settings/releaseVariables';
import type { StorePlace } from '../store/connection';
import { keysOfDirectory } from './keysOfDirectory';
import { besideStart } from './placeOfTables';

/** The register, the cases and the keys of production, or else those of the service that `npm start` runs. */
export function placeOfRegister(): Omit<ReadingConfig, 'database'> & { readonly database: StorePlace } {
  const config = registerConfig();
  if ('database' in config) return config;
  const database = besideStart(config.dataDir);
  const temporal = { address: `127.0.0.1:${config.temporalPort}`, namespace: 'default' };
  return { database, temporal, keys: keysOfDirectory(config.dataDir) };
}
