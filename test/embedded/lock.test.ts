import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDirInUse, takeLock } from '../../src/embedded/lock';
import { startOfProcess } from '../../src/embedded/processIdentity';

describe('a data directory', () => {
  it('is refused to a second process while the first one runs', async () => {
    const lock = await takeLock(dataDir);
    await expect(takeLock(dataDir)).rejects.toThrow(DataDirInUse);
    lock.release();
  });

  it('is free again after its release', async () => {
    (await takeLock(dataDir)).release();
    const lock = await takeLock(dataDir);
    expect(lock.tookOver).toBe(false);
    lock.release();
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('is refused with the name of its variable if it is a file', async () => {
    const file = join(dataDir, 'a file');
    await writeFile(file, '');
    await expect(takeLock(file)).rejects.toThrow(/^DATA_DIR: .*a file is a file, not a directory/);
  });

  it('makes the next process wait while its holder is stopping', async () => {
    const leaving = await takeLock(dataDir);
    leaving.markStopping();
    setTimeout(() => leaving.release(), 2_000);
    await expect(takeLock(dataDir)).resolves.toMatchObject({ tookOver: false });
  });

  it('lets its holder end even if the disk refuses to record that', async () => {
    const lock = await takeLock(dataDir);
    await rm(dataDir, { recursive: true });
    await writeFile(dataDir, 'no directory any more');
    expect(() => lock.markStopping()).not.toThrow();
    expect(() => lock.release()).not.toThrow();
  });

  it.each(['/proc', '/sys'])('that is read-only, such as %s, is refused with the reason of the disk', async (readOnly) => {
    await expect(takeLock(readOnly)).rejects.toMatchObject({ code: expect.stringMatching(/^E/), syscall: 'open' });
  });

  it('is taken over from a process that is gone', async () => {
    await heldBy(await pidOfTheDead(), 'long ago');
    await expect(takeLock(dataDir)).resolves.toMatchObject({ tookOver: true });
  });

  it('is taken over from a process whose id now belongs to another', async () => {
    await heldBy(process.pid, 'long ago');
    await expect(takeLock(dataDir)).resolves.toMatchObject({ tookOver: true });
  });

  it('is taken over if its lock is unreadable', async () => {
    await writeFile(join(dataDir, 'lock'), '{');
    await expect(takeLock(dataDir)).resolves.toMatchObject({ tookOver: true });
  });

  it('left behind is taken over by only one of many processes', async () => {
    await heldBy(await pidOfTheDead(), 'long ago');
    const taken = await Promise.allSettled([1, 2, 3, 4].map(() => takeLock(dataDir)));
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a process', () => {
  it('is identified by its id and its start time', () => {
    expect(startOfProcess(process.pid)).toBe(startOfProcess(process.pid));
    // Our parent is unsuitable here: both may have started in the same hundredth of a second.
    const later = spawn('sleep', ['60']);
    const start = startOfProcess(later.pid ?? 0);
    later.kill();
    expect(start).toMatch(/./);
    expect(start).not.toBe(startOfProcess(process.pid));
  });

  it('does not exist if no process has the id', async () => {
    expect(startOfProcess(await pidOfTheDead())).toBeUndefined();
  });
});

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(async () => {
  await rm(dataDir, { recursive: true });
});

function heldBy(pid: number, started: string): Promise<void> {
  return writeFile(join(dataDir, 'lock'), JSON.stringify({ pid, started }));
}

async function pidOfTheDead(): Promise<number> {
  const child = spawn(process.execPath, ['--version']);
  await once(child, 'close');
  return child.pid ?? 0;
}
