import { LRUCache } from 'lru-cache';

/**
 * The same error is logged once in this time, and this many different errors are remembered (ours). On a full disk the server reports a
 * hundred errors a second.
 */
const onceInMs = 60_000;
const mostDifferent = 100;

/** SQLite's messages for a broken database file: SQLITE_CORRUPT and SQLITE_NOTADB. */
const damage = /database disk image is malformed|file is not a database/;

/**
 * The error in a log line of Temporal's server, shortened to its last part, which names the cause; undefined if there is none. The server
 * knows only the unencrypted data of a case, so its error can reveal no more than a workflow id.
 */
export function errorIn(line: string): string | undefined {
  const { level, msg, error = msg } = parsed(line);
  return typeof error === 'string' && ['ERROR', 'FATAL'].includes(String(level)) ? error.split(': ').at(-1) : undefined;
}

/** Whether an error says that the database itself is broken. Only a copy helps then. */
export function saysDamaged(error: string): boolean {
  return damage.test(error);
}

/** Passes each error on, but the same error only once a minute. */
export function rateLimited(report: (error: string) => void): (error: string) => void {
  const reported = new LRUCache<string, true>({ max: mostDifferent, ttl: onceInMs });
  return (error) => {
    if (reported.has(error)) return;
    reported.set(error, true);
    report(error);
  };
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(line) as Readonly<Record<string, unknown>> | null) ?? {};
  } catch {
    // The line does not come from the log. It is the banner, or the last output of a server that cannot start.
    return {};
  }
}
