import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { startOfProcess } from './processIdentity';

/**
 * A server of ours that was orphaned by a kill gives its port back before it closes its database, and two servers must
 * never have one database open. So each is remembered beside it, and the next waits until it is gone.
 */

/** Remembers the process that ends when the server on this database has ended. */
export function rememberServer(databaseFile: string, pid: number): void {
  writeFileSync(recordOf(databaseFile), JSON.stringify({ pid, started: startOfProcess(pid) }), { mode: 0o600 });
}

/** Waits until the server before us is gone; throws when it takes longer than a clean stop may. */
export async function predecessorGone(databaseFile: string, patienceMs = 12_000): Promise<void> {
  const { pid, started } = read(databaseFile);
  const deadline = Date.now() + patienceMs;
  while (pid !== undefined && started !== undefined && startOfProcess(pid) === started) {
    if (Date.now() > deadline) throw new Error(`the Temporal server of a service that was killed has not ended: process ${pid}`);
    await pause(50);
  }
}

function read(databaseFile: string): { readonly pid?: number; readonly started?: string } {
  try {
    return JSON.parse(readFileSync(recordOf(databaseFile), 'utf8')) as { pid?: number; started?: string };
  } catch {
    // No server was ever started here, or one was killed while it was written down.
    return {};
  }
}

function recordOf(databaseFile: string): string {
  return `${databaseFile}.server`;
}
