import { resolve } from 'node:path';
import { z } from 'zod';
import { databaseUrl } from './databaseUrl';
import { givenKeys, masterKeys, systemKey, type GivenKeys } from './keys';
import { required } from './required';

/** The folder of the builds that a release brings along. */
export const releasedBuilds = resolve(__dirname, '..', '..', 'workflows');

/** The folder of the kept builds of the workflows. Left out, it is the one that the release brings along. */
export const builds = { WORKFLOWS_DIR: z.string().default(releasedBuilds) };

/** Where Temporal is. */
const temporalVariables = {
  TEMPORAL_ADDRESS: required('host:port of Temporal').regex(/^[^\s:/]+:\d{1,5}$/, 'host:port of Temporal'),
  TEMPORAL_NAMESPACE: required('the namespace in Temporal'),
};

/** What every process needs that reads cases. */
export const readingVariables = { ...temporalVariables, MASTER_KEYS: masterKeys, SYSTEM_KEY: systemKey, DATABASE_URL: databaseUrl };

/** The variables of `npm run release`, which reads no case. */
export const releaseVariables = z.object({ ...builds, ...temporalVariables });

/** The variables of `npm run rehearse`, which reads every open case. */
export const rehearsalVariables = z.object({ ...builds, ...readingVariables });

/** The variables of `npm run register:rebuild` and `register:compare`. */
export const registerVariables = z.object(readingVariables);

interface TemporalConfig {
  readonly temporal: { readonly address: string; readonly namespace: string };
}

interface ReleaseConfig extends TemporalConfig {
  /** The folder of the kept builds of the workflows. */
  readonly workflowsDir: string;
}

export interface ReadingConfig extends TemporalConfig {
  readonly keys: GivenKeys;
  readonly database: { readonly url: string };
}

export function releaseSettings(values: z.infer<typeof releaseVariables>): ReleaseConfig {
  return { ...temporalSettings(values), workflowsDir: resolve(values.WORKFLOWS_DIR) };
}

export function rehearsalSettings(values: z.infer<typeof rehearsalVariables>): ReleaseConfig & ReadingConfig {
  return { ...releaseSettings(values), ...readingSettings(values) };
}

export function readingSettings(values: z.infer<typeof registerVariables>): ReadingConfig {
  return { ...temporalSettings(values), keys: givenKeys(values), database: { url: values.DATABASE_URL } };
}

function temporalSettings(values: z.infer<z.ZodObject<typeof temporalVariables>>): TemporalConfig {
  return { temporal: { address: values.TEMPORAL_ADDRESS, namespace: values.TEMPORAL_NAMESPACE } };
}
