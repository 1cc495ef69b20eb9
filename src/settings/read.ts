import type { z } from 'zod';
import { ConfigError, faultsIn } from './configError';
import { secretsFromFiles } from './secretFiles';

export type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as not given, because compose files and shells leave a variable out that way. */
export function read<T>(schema: z.ZodType<T>, env: Environment): T {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const result = schema.safeParse({ ...given, ...secretsFromFiles(given) });
  if (!result.success) throw faultsIn('', result.error);
  return result.data;
}

/** Refuses the old name of the key with a sentence that gives the new name. */
export function refuseOldName(env: Environment): void {
  if ((env['CASE_KEY'] ?? '').trim() !== '') throw new ConfigError('CASE_KEY is called SYSTEM_KEY now: give the same key under that name');
}
