import { resolve } from 'node:path';
import { type z } from 'zod';
import { readingSettings, readingVariables, type ReadingConfig } from './releaseVariables';
import { required } from './required';

/** What every process of production needs. */
export const productionVariables = { ...readingVariables, STAFF_FILE: required('the file of the staff') };

export interface ProductionConfig extends ReadingConfig {
  readonly staffFile: string;
}

export function productionSettings(values: z.infer<z.ZodObject<typeof productionVariables>>): ProductionConfig {
  return { ...readingSettings(values), staffFile: resolve(values.STAFF_FILE) };
}
