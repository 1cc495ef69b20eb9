import { resolve } from 'node:path';
import { type z } from 'zod';
import { databaseUrl } from './databaseUrl';
import { givenKeys, masterKeys, systemKey, type GivenKeys } from './keys';
import { temporalVariables } from './releaseVariables';
import { required } from './required';

/** What every process of production needs. */
export const productionVariables = {
  ...temporalVariables,
  MASTER_KEYS: masterKeys,
  SYSTEM_KEY: systemKey,
  DATABASE_URL: databaseUrl,
  STAFF_FILE: required('the file of the staff'),
};

export interface ProductionConfig {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly keys: GivenKeys;
  readonly database: { readonly url: string };
  readonly staffFile: string;
}

export function productionSettings(values: z.infer<z.ZodObject<typeof productionVariables>>): ProductionConfig {
  return {
    temporal: { address: values.TEMPORAL_ADDRESS, namespace: values.TEMPORAL_NAMESPACE },
    keys: givenKeys(values),
    database: { url: values.DATABASE_URL },
    staffFile: resolve(values.STAFF_FILE),
  };
}
