import type { z } from 'zod';
import type { Fault } from '../../api/problems/problems';

type Checked<T> = { readonly value: T; readonly faults: readonly [] } | { readonly value?: never; readonly faults: readonly Fault[] };

/** A value in its shape, or every fault in it: where and what, never the value itself. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  const result = schema.safeParse(value, { reportInput: true });
  return result.success ? { value: result.data, faults: [] } : { faults: result.error.issues.flatMap(faultsOf) };
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== 'unrecognized_keys')
    return [{ path: issue.path.join('.'), message: isMissing(issue) ? 'is required' : issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, ...harmless(key)].join('.'), message: 'unknown key' }));
}

// Also where the shape has words of its own for what is there and wrong; a rule of ours says itself what it misses.
function isMissing({ code, input }: z.core.$ZodIssue): boolean {
  return code !== 'custom' && input === undefined;
}

// An unknown key helps whoever wrote the request, unless somebody put more into it than a name.
function harmless(key: string): string[] {
  return /^[A-Za-z]\w{0,39}$/.test(key) ? [key] : [];
}
