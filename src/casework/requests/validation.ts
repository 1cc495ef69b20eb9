import { z } from 'zod';
import { invalid, type Fault } from '../refused';
import type { VerbRequest } from '../request';

/** The shapes of a request. Options that are not named are unknown; a body that is not named is not looked at. */
export interface Shape<Key, Options, Body> {
  readonly key?: z.ZodType<Key>;
  readonly options?: z.ZodType<Options>;
  readonly body?: z.ZodType<Body>;
}

export interface Sent<Key, Options, Body> {
  readonly key: Key;
  readonly options: Options;
  readonly body: Body;
}

/** The values of a request in their shapes. A request with faults is refused with all of them at once. */
export function validated<Key = unknown, Options = unknown, Body = unknown>(
  shape: Shape<Key, Options, Body>,
  { key: sentKey, options: sentOptions = {}, body: sentBody, unreadable }: VerbRequest,
): Sent<Key, Options, Body> {
  if (unreadable !== undefined) throw unreadable;
  const key = checked<unknown>(shape.key ?? anything, sentKey);
  const options = checked<unknown>(shape.options ?? nothing, sentOptions);
  const body = checked<unknown>(shape.body ?? anything, sentBody);
  const faults = [...key.faults.map(({ message }) => ({ path: 'Idempotency-Key', message })), ...options.faults, ...body.faults];
  if (faults.length > 0) throw invalid(...faults);
  return { key: key.value as Key, options: options.value as Options, body: body.value as Body };
}

const nothing = z.strictObject({});
const anything = z.unknown();

type Checked<T> = { readonly value: T; readonly faults: readonly [] } | { readonly value?: never; readonly faults: readonly Fault[] };

/** A value in its shape, or every fault in it with its place. A fault never holds the value itself. */
function checked<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  const result = schema.safeParse(value, { reportInput: true });
  return result.success ? { value: result.data, faults: [] } : { faults: result.error.issues.flatMap(faultsOf) };
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== 'unrecognized_keys')
    return [{ path: issue.path.join('.'), message: isMissing(issue) ? 'is required' : issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, ...harmless(key)].join('.'), message: 'unknown key' }));
}

// A schema's own words fit a wrong value only. A rule of ours (custom) says itself which value it misses.
function isMissing({ code, input }: z.core.$ZodIssue): boolean {
  return code !== 'custom' && input === undefined;
}

// The name of an unknown key helps the programmer, unless it holds more than a name.
function harmless(key: string): string[] {
  return /^[A-Za-z]\w{0,39}$/.test(key) ? [key] : [];
}
