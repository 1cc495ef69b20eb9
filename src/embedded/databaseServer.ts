import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import type { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { migrate } from '../store/migrate';
import { embeddedRole, makeEmbeddedRole } from './embeddedRole';
import { takeLock } from './lock';
import { openPglite, serve } from './pglite';
import { endAtStandstill } from './standstill';

/**
 * Runs as a process of its own: PostgreSQL for `npm start`. Arguments: the directory of the database, the directory of the socket. It
 * listens when everything is ready. It takes the lock of its directory, since PGlite locks nothing: two processes on one database destroy it.
 */
async function serveDatabase([home = '', socket = '']: string[]): Promise<void> {
  const stopping = stopAsked();
  const lock = await takeLock(home);
  const database = await openPglite(join(home, 'data'), giveUp);
  await prepare(database, join(socket, 'setup'));
  const server = await serve(database, socket);
  endAtStandstill('PostgreSQL hangs, as it does when the disk is full');
  await stopping;
  lock.markStopping();
  await close(database, server, socket);
  lock.release();
}

/** From here on everybody has the rights of one role. Nobody listens before that but we ourselves, on a socket of our own. */
async function prepare(database: PGlite, setup: string): Promise<void> {
  const owner = await serve(database, setup);
  await migrate({ socket: setup });
  await owner.stop();
  await rm(setup, { recursive: true });
  await database.exec(makeEmbeddedRole);
  await database.exec(`set role ${embeddedRole}`);
}

async function close(database: PGlite, server: PGLiteSocketServer, socket: string): Promise<void> {
  await server.stop();
  await database.close();
  await rm(socket, { recursive: true, force: true });
}

/** A stop that comes during the start waits for its end, so that the database is closed in good order. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
  });
}

/** Whoever started us then says that the database has ended, and with which words. */
function giveUp(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

serveDatabase(process.argv.slice(2)).then(() => process.exit(), giveUp);
