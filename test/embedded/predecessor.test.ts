import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { predecessorGone, rememberServer } from '../../src/embedded/predecessor';

describe('the previous server on the same database', () => {
  it('makes the next start wait until its process is gone', async () => {
    const server = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    rememberServer(database, server.pid ?? 0);
    await expect(predecessorGone(database, 300)).rejects.toThrow(/has not ended: process \d+/);
    const waiting = predecessorGone(database, 10_000);
    server.kill('SIGKILL');
    await once(server, 'exit');
    await expect(waiting).resolves.toBeUndefined();
  });

  it('causes no wait if there was none, or if its record is broken', async () => {
    await expect(predecessorGone(database, 0)).resolves.toBeUndefined();
    await writeFile(`${database}.server`, '{"pid":');
    await expect(predecessorGone(database, 0)).resolves.toBeUndefined();
  });

  it('is not confused with a new process that got its id', async () => {
    await writeFile(`${database}.server`, JSON.stringify({ pid: process.pid, started: 'long ago' }));
    await expect(predecessorGone(database, 0)).resolves.toBeUndefined();
  });
});

let directory: string;
let database: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'predecessor-'));
  database = join(directory, 'temporal.db');
});
afterEach(() => rm(directory, { recursive: true, force: true }));
