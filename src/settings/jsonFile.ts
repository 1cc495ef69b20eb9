import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ConfigError, faultsIn } from './configError';

/** Reads a JSON file that a variable names, and checks it; every fault is in the error, on one line. */
export function readJsonFile<T>(variable: string, path: string, schema: z.ZodType<T>): T {
  const source = `${variable} ${path}`;
  const read = schema.safeParse(parse(source, text(source, path)));
  if (!read.success) throw faultsIn(source, read.error);
  return read.data;
}

function text(source: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`${source}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

function parse(source: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new ConfigError(`${source}: not JSON (${(error as Error).message.replaceAll(/\s+/g, ' ')})`);
  }
}
