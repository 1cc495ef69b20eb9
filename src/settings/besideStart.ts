/* The settings of commands that run on production, or else beside a running `npm start`. */

import { resolve } from 'node:path';
import { z } from 'zod';
import { databaseUrl } from './databaseUrl';
import { ports } from './ports';
import type { ProductionConfig } from './productionVariables';
import { read, type Environment } from './read';
import { readingSettings, registerVariables, type ReadingConfig } from './releaseVariables';

/** The data directory of `npm start`. */
export const dataDir = z.string().default('data');

/**
 * The settings of `npm run register:rebuild` and `register:compare`: those of production, or else the data directory and the port of Temporal
 * of `npm start`. Throws a `ConfigError` naming every fault.
 */
export function registerSettings(env: Environment): ReadingConfig | BesideStart {
  const asked = { DATABASE_URL: databaseUrl.optional(), DATA_DIR: dataDir, TEMPORAL_PORT: ports.TEMPORAL_PORT };
  const values = read(z.object(asked), env);
  if (values.DATABASE_URL !== undefined) return readingSettings(read(registerVariables, env));
  return { dataDir: resolve(values.DATA_DIR), temporalPort: values.TEMPORAL_PORT };
}

/** Where a running `npm start` is found. */
export interface BesideStart {
  readonly dataDir: string;
  readonly temporalPort: number;
}

/** The settings of a command on the tables alone: the database of production, or else the data directory of `npm start`. */
export function tablesSettings(env: Environment): ProductionConfig['database'] | Pick<BesideStart, 'dataDir'> {
  const values = read(z.object({ DATABASE_URL: databaseUrl.optional(), DATA_DIR: dataDir }), env);
  return values.DATABASE_URL === undefined ? { dataDir: resolve(values.DATA_DIR) } : { url: values.DATABASE_URL };
}
