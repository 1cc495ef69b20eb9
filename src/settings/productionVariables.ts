import { resolve } from 'node:path';
import { z } from 'zod';
import { databaseUrl } from './databaseUrl';
import { givenKeys, masterKeys, systemKey, type GivenKeys } from './keys';
import { required } from './required';

/** The folder of the builds that a release brings along. */
export const releasedBuilds = resolve(__dirname, '..', '..', 'workflows');

/** The folder of the kept builds of the workflows. Left out, it is the one that the release brings along. */
export const builds = { WORKFLOWS_DIR: z.string().default(releasedBuilds) };

const temporal = {
  TEMPORAL_ADDRESS: required('host:port of Temporal').regex(/^[^\s:/]+:\d{1,5}$/, 'host:port of Temporal'),
  TEMPORAL_NAMESPACE: required('the namespace in Temporal'),
};
const reading = { ...temporal, MASTER_KEYS: masterKeys, SYSTEM_KEY: systemKey, DATABASE_URL: databaseUrl };

/** The variables of `npm run release`, which reads no case. */
export const releaseVariables = { ...builds, ...temporal };

/** The variables of `npm run rehearse`, which reads every open case. */
export const rehearsalVariables = { ...builds, ...reading };

/** What every process of production needs that serves people or sends mail. */
export const productionVariables = { ...reading, STAFF_FILE: required('the file of the staff') };

interface ReleaseConfig {
  readonly temporal: { readonly address: string; readonly namespace: string };
  /** The folder of the kept builds of the workflows. */
  readonly workflowsDir: string;
}

interface ReadingConfig extends Pick<ReleaseConfig, 'temporal'> {
  readonly keys: GivenKeys;
  readonly database: { readonly url: string };
}

export interface ProductionConfig extends ReadingConfig {
  readonly staffFile: string;
}

type Values<Variables extends Readonly<Record<string, z.ZodType>>> = z.infer<z.ZodObject<Variables>>;

export function releaseSettings(values: Values<typeof releaseVariables>): ReleaseConfig {
  return { temporal: temporalOf(values), workflowsDir: resolve(values.WORKFLOWS_DIR) };
}

export function rehearsalSettings(values: Values<typeof rehearsalVariables>): ReleaseConfig & ReadingConfig {
  return { ...releaseSettings(values), ...readingSettings(values) };
}

export function productionSettings(values: Values<typeof productionVariables>): ProductionConfig {
  return { ...readingSettings(values), staffFile: resolve(values.STAFF_FILE) };
}

function readingSettings(values: Values<typeof reading>): ReadingConfig {
  return { temporal: temporalOf(values), keys: givenKeys(values), database: { url: values.DATABASE_URL } };
}

function temporalOf({ TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE }: Values<typeof temporal>) {
  return { address: TEMPORAL_ADDRESS, namespace: TEMPORAL_NAMESPACE };
}
