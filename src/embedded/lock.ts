import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigError } from '../settings/configError';
import { startOfProcess } from './processIdentity';
import { UserFacingError } from '../errors/userFacingError';

/** A process that is still there keeps the lock; one that is on its way out gets the time that a clean stop takes. */
const patienceMs = 1_500;
const patienceWithStoppingMs = 12_000;

interface Holder {
  readonly pid: number;
  readonly started: string;
  readonly stopping?: true;
}

/** Another process works on this data directory. */
export class DataDirInUse extends UserFacingError {
  override readonly name = 'DataDirInUse';
}

/** One process for each data directory: none of the databases in it survives two. */
export interface Lock {
  /** The one before us was killed: what it started may need a moment to end. */
  readonly tookOver: boolean;
  /** Says that we are on our way out, so that who comes next waits for us instead of giving up. */
  markStopping(): void;
  release(): void;
}

/** Takes the data directory for this process, making it if need be; throws `DataDirInUse` when somebody else has it, a `ConfigError` when it cannot be made. */
export async function takeLock(dataDir: string): Promise<Lock> {
  makeDirectory(dataDir);
  const file = join(dataDir, 'lock');
  const us: Holder = { pid: process.pid, started: startOfProcess(process.pid) ?? 'unknown' };
  const begun = Date.now();
  let tookOver = false;
  while (!placed(file, us)) {
    const holder = read(file);
    if (holder === undefined) continue;
    if (!isAlive(holder)) tookOver = removed(file, holder) || tookOver;
    else if (Date.now() - begun > (holder.stopping ? patienceWithStoppingMs : patienceMs)) throw inUse(dataDir, holder);
    else await pause(100);
  }
  return { tookOver, ...heldAs(us, file) };
}

function makeDirectory(dataDir: string): void {
  try {
    // One level only: asked for more, Node 20 tries without end where none can be made, as in /proc.
    mkdirSync(dataDir, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() === true) return;
    throw new ConfigError(`DATA_DIR: ${dataDir} ${whyNoDirectory[code ?? ''] ?? `cannot be a directory of ours (${code})`}`);
  }
}

const whyNoDirectory: Readonly<Record<string, string>> = {
  EEXIST: 'is a file, not a directory',
  ENOENT: 'lies in a directory that is not there',
};

function heldAs(us: Holder, file: string): Pick<Lock, 'markStopping' | 'release'> {
  let released = false;
  return {
    markStopping: () => {
      if (!released) ifPossible(() => replace(file, { ...us, stopping: true }));
    },
    release: () => {
      released = true;
      ifPossible(() => rmSync(file, { force: true }));
    },
  };
}

/** A full or a read-only disk must not keep us from ending. Who comes next then finds a lock of somebody who is gone, and takes it. */
function ifPossible(work: () => void): void {
  try {
    work();
  } catch {
    return;
  }
}

function inUse(dataDir: string, { pid }: Holder): DataDirInUse {
  return new DataDirInUse(`the data directory ${dataDir} is in use by process ${pid}; stop that one first, or set DATA_DIR`);
}

function isAlive(holder: Holder): boolean {
  return startOfProcess(holder.pid) === holder.started;
}

/** Written whole under another name and linked: nobody ever reads half a lock, and of two only one gets the name. */
function placed(file: string, holder: Holder): boolean {
  const draft = draftOf(file, holder);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function replace(file: string, holder: Holder): void {
  const draft = draftOf(file, holder);
  try {
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function draftOf(file: string, holder: Holder): string {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
    return draft;
  } catch (error) {
    // On a full disk there is a file, and nothing in it.
    rmSync(draft, { force: true });
    throw error;
  }
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    // Not JSON: never written by us, held by nobody.
    return { pid: 0, started: 'nobody' };
  }
}

/** Takes a dead holder's lock away. Should another have been quicker and locked anew, that one gets its lock back. */
function removed(file: string, dead: Holder): boolean {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(file, aside);
    const taken = read(aside);
    if (taken !== undefined && taken.started !== dead.started) linkSync(aside, file);
    return taken?.started === dead.started;
  } catch (error) {
    if (['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
