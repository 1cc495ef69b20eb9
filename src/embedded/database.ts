import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { UserFacingError } from '../errors/userFacingError';
import { startGuarded, type GuardedChild } from './guardedChild';
import { databasePlaceFile, socketOf } from '../settings/databasePlace';
import { predecessorGone, rememberServer } from './predecessor';

const readyWithinMs = 60_000;
const socketPrefix = 'pathways-';
/** The path of a Unix socket has room for so many bytes on every system that we know, with the zero at its end. */
const socketPathBytes = 104;

/** The embedded database could not be started. */
export class NoDatabase extends UserFacingError {
  override readonly name = 'NoDatabase';
}

/** A running database, which only the owner of its socket reaches. */
export interface EmbeddedDatabase {
  /** The directory of its socket. */
  readonly socket: string;
  /** Resolves with its last output when it has ended, whether we asked for it or not. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts the database of a data directory, brings its tables up to date, and writes its place into `database.json`. It ends with us, even if
 * we are killed. Nothing of it is encrypted on the disk but what the service seals itself.
 */
export async function startDatabase({ dataDir }: { readonly dataDir: string }): Promise<EmbeddedDatabase> {
  const home = join(dataDir, 'database');
  await predecessorGone(home);
  await removeLeftSocket(dataDir);
  const socket = await socketDirectory();
  const child = startGuarded(process.execPath, ['--import', pathToFileURL(require.resolve('tsx')).href, serverFile, home, socket]);
  try {
    if (child.pid !== undefined) rememberServer(home, child.pid);
    await listening(join(socket, '.s.PGSQL.5432'), child);
    await writePlace(dataDir, socket);
    return { socket, ended: child.ended, stop: () => stop(child, dataDir, socket) };
  } catch (error) {
    await stop(child, dataDir, socket);
    throw error;
  }
}

const serverFile = join(__dirname, 'databaseServer.ts');

/** Only its owner may enter the directory, so only they reach the socket: the database asks nobody for a password. */
async function socketDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), socketPrefix));
  if (Buffer.byteLength(join(directory, 'setup', '.s.PGSQL.5432')) < socketPathBytes) return directory;
  await rm(directory, { recursive: true });
  throw new NoDatabase(`the temporary folder ${tmpdir()} has too long a name for a socket: set TMPDIR to a shorter one`);
}

/** A database that was killed could not remove the directory of its socket. */
async function removeLeftSocket(dataDir: string): Promise<void> {
  const left = socketOf(dataDir);
  if (left !== undefined && basename(left).startsWith(socketPrefix)) await rm(left, { recursive: true, force: true });
}

async function listening(path: string, child: GuardedChild): Promise<void> {
  const ended = child.ended.then((words) => {
    throw new NoDatabase(`the database ended at once: ${words.replaceAll(/\s+/g, ' ')}`);
  });
  const deadline = Date.now() + readyWithinMs;
  while (!(await Promise.race([answersOn(path), ended]))) {
    if (Date.now() > deadline) throw new NoDatabase(`the database was not ready within ${readyWithinMs / 1000} s`);
    await pause(50);
  }
}

async function answersOn(path: string): Promise<boolean> {
  const connection = connect(path);
  try {
    await once(connection, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    connection.destroy();
  }
}

async function writePlace(dataDir: string, socket: string): Promise<void> {
  const draft = `${databasePlaceFile(dataDir)}.draft`;
  await writeFile(draft, `${JSON.stringify({ socket })}\n`, { mode: 0o600 });
  await rename(draft, databasePlaceFile(dataDir));
}

async function stop(child: GuardedChild, dataDir: string, socket: string): Promise<void> {
  await child.stop();
  await rm(databasePlaceFile(dataDir), { force: true });
  await rm(socket, { recursive: true, force: true });
}
