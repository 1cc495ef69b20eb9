import type { z } from 'zod';
import type { Fault } from './problems';

type Checked<T> = { readonly value: T; readonly faults: readonly [] } | { readonly value?: never; readonly faults: readonly Fault[] };

/** A value in its shape, or every fault in it: where and what, never the value itself. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  const result = schema.safeParse(value, { error: (issue) => (issue.input === undefined ? 'is required' : undefined) });
  return result.success ? { value: result.data, faults: [] } : { faults: result.error.issues.flatMap(faultsOf) };
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.join('.'), message: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, ...harmless(key)].join('.'), message: 'unknown key' }));
}

// An unknown key helps whoever wrote the request, unless somebody put more into it than a name.
function harmless(key: string): string[] {
  return /^[A-Za-z]\w{0,39}$/.test(key) ? [key] : [];
}
