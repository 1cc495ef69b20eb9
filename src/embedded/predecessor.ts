import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { startOfProcess } from './processIdentity';

/**
 * A server that a kill left behind frees its port before it closes its database. Two servers must never open one database. So each server's
 * process is recorded beside the database, and the next start waits until it is gone.
 */

/** Records the process that ends when the server on this database has ended. */
export function rememberServer(databaseFile: string, pid: number): void {
  writeFileSync(recordOf(databaseFile), JSON.stringify({ pid, started: startOfProcess(pid) }), { mode: 0o600 });
}

/** Waits until the previous server is gone; throws if that takes longer than a clean stop may take. */
export async function predecessorGone(databaseFile: string, patienceMs = 12_000): Promise<void> {
  const { pid, started } = read(databaseFile);
  const deadline = Date.now() + patienceMs;
  while (pid !== undefined && started !== undefined && startOfProcess(pid) === started) {
    if (Date.now() > deadline) throw new Error(`a server of a service that was killed has not ended: process ${pid}`);
    await pause(50);
  }
}

function read(databaseFile: string): { readonly pid?: number; readonly started?: string } {
  try {
    return JSON.parse(readFileSync(recordOf(databaseFile), 'utf8')) as { pid?: number; started?: string };
  } catch {
    // No server was ever started here, or one was killed while its record was written.
    return {};
  }
}

function recordOf(databaseFile: string): string {
  return `${databaseFile}.server`;
}
