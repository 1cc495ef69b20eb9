import { LRUCache } from 'lru-cache';

/** So often one and the same error is passed on, and so many different ones are remembered; ours. On a full disk the server says a hundred a second. */
const onceInMs = 60_000;
const mostDifferent = 100;

/** SQLite's words for a file that is no database any more: SQLITE_CORRUPT and SQLITE_NOTADB. */
const damage = /database disk image is malformed|file is not a database/;

/**
 * What went wrong, by a line of Temporal's server, in its last words, which name the cause; undefined where nothing did. The server
 * has nothing of a case but what stays readable in Temporal, so an error of its can hold no more than a workflow's id.
 */
export function errorIn(line: string): string | undefined {
  const { level, msg, error = msg } = parsed(line);
  return typeof error === 'string' && ['ERROR', 'FATAL'].includes(String(level)) ? error.split(': ').at(-1) : undefined;
}

/** Whether an error says that the database itself is broken: nothing but a copy of it helps. */
export function saysDamaged(error: string): boolean {
  return damage.test(error);
}

/** Passes each error on, but one and the same only once a minute. */
export function sparing(tell: (error: string) => void): (error: string) => void {
  const told = new LRUCache<string, true>({ max: mostDifferent, ttl: onceInMs });
  return (error) => {
    if (told.has(error)) return;
    told.set(error, true);
    tell(error);
  };
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(line) as Readonly<Record<string, unknown>> | null) ?? {};
  } catch {
    // Not of its log: the banner, or the last words of a server that cannot start.
    return {};
  }
}
