import { randomBytes } from 'node:crypto';

/** The trace that a request belongs to: the caller's, by its header `traceparent` (W3C Trace Context, level 1), else a new one. */
export function traceOf(traceparent: string | undefined): string {
  const [, trace = none, parent = ''] = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}(?:-.*)?$/.exec(traceparent ?? '') ?? [];
  // Zeros stand for no trace and no parent, and a later version may add parts. The version ff is forbidden.
  const isTrace = trace !== none && !/^0*$/.test(parent) && traceparent?.startsWith('ff') === false;
  return isTrace ? trace : randomBytes(16).toString('hex');
}

const none = '0'.repeat(32);
