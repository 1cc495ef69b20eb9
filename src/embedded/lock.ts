import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigError } from '../settings/configError';
import { startOfProcess } from './processIdentity';
import { UserFacingError } from '../errors/userFacingError';

/** A second process waits this long for a lock. If the holder is stopping, it waits as long as a clean stop takes. */
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

/** The lock that keeps a data directory to one process: none of its databases survives two. */
export interface Lock {
  /** The holder before us was killed. The servers that it started may need a moment to end. */
  readonly tookOver: boolean;
  /** Marks that we are stopping, so that the next process waits instead of giving up. */
  markStopping(): void;
  release(): void;
}

/**
 * Takes the data directory for this process, and makes it if necessary. Throws `DataDirInUse` if another process has it, and a
 * `ConfigError` if it cannot be made.
 */
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
    // This makes one level only. With `recursive`, Node 20 tries for ever if no directory can be made, as in /proc.
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

/** A full or read-only disk must not keep us from ending. The next process then finds a lock whose holder is gone, and takes it. */
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

/** The file is written under another name and then linked. So nobody reads half a lock, and only one of two processes gets the name. */
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
    // On a full disk the file exists and is empty.
    rmSync(draft, { force: true });
    throw error;
  }
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    // The content is not JSON, so we did not write it and no process holds it.
    return { pid: 0, started: 'nobody' };
  }
}

/** Removes the lock of a dead holder. If another process was quicker and took a new lock, that lock is put back. */
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
