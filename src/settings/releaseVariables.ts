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
export const temporalVariables = {
  TEMPORAL_ADDRESS: required('host:port of Temporal').regex(/^[^\s:/]+:\d{1,5}$/, 'host:port of Temporal'),
  TEMPORAL_NAMESPACE: required('the namespace in Temporal'),
};

/** The variables of `npm run release`, which reads no case. */
export const releaseVariables = z.object({ ...builds, ...temporalVariables });

/** The variables of `npm run rehearse`, which reads every open case. */
export const rehearsalVariables = releaseVariables.extend({ MASTER_KEYS: masterKeys, SYSTEM_KEY: systemKey, DATABASE_URL: databaseUrl });

interface ReleaseConfig {
  readonly temporal: { readonly address: string; readonly namespace: string };
  /** The folder of the kept builds of the workflows. */
  readonly workflowsDir: string;
}

interface RehearsalConfig extends ReleaseConfig {
  readonly keys: GivenKeys;
  readonly database: { readonly url: string };
}

export function releaseSettings(values: z.infer<typeof releaseVariables>): ReleaseConfig {
  const temporal = { address: values.TEMPORAL_ADDRESS, namespace: values.TEMPORAL_NAMESPACE };
  return { temporal, workflowsDir: resolve(values.WORKFLOWS_DIR) };
}

export function rehearsalSettings(values: z.infer<typeof rehearsalVariables>): RehearsalConfig {
  return { ...releaseSettings(values), keys: givenKeys(values), database: { url: values.DATABASE_URL } };
}
