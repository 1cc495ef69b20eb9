import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startDatabase, type EmbeddedDatabase } from '../../src/embedded/database';
import { socketOf } from '../../src/settings/databasePlace';
import { startOfProcess } from '../../src/embedded/processIdentity';
import { openStore, type Store } from '../../src/store/store';
import { until } from '../support/until';

describe('the database of npm start', () => {
  it('keeps every acknowledged row when it is killed while clients write', async () => {
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 3; kill += 1) {
      const { database, store } = await started();
      const writing = [0, 1, 2, 3].map(async (writer) => {
        for (let row = 0; ; row += 1) {
          const { reference } = await store.caseKeys.add(keyOf(`${kill}-${writer}-${row}`));
          acknowledged.push(reference);
        }
      });
      const enough = acknowledged.length + 100;
      await until('rows are acknowledged', () => acknowledged.length > enough);
      process.kill(serverOf(dataDir), 'SIGKILL');
      await Promise.allSettled(writing);
      await expect(database.ended).resolves.toContain('137');
    }
    const { store } = await started();
    expect((await store.caseKeys.ofReferences(acknowledged)).length).toBe(acknowledged.length);
    expect(acknowledged.length).toBeGreaterThan(300);
  });

  it('is opened by one process at a time, and says who has it', async () => {
    await started();
    const second = spawn(process.execPath, ['--import', 'tsx', serverFile, join(dataDir, 'database'), join(dataDir, 'socket')]);
    let words = '';
    second.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    const [code] = (await once(second, 'close')) as [number];
    expect({ code, words }).toEqual({ code: 1, words: expect.stringMatching(/database is in use by process \d+; stop that one first/) });
  });

  it('ends with its parent, and leaves no socket for the next start', async () => {
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=commonjs', '--eval', startsDatabase], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    const [left, server] = [socketOf(dataDir) ?? '', serverOf(dataDir)];
    parent.kill('SIGKILL');
    const { store } = await started();
    expect(startOfProcess(server)).toBeUndefined();
    expect(existsSync(left)).toBe(false);
    await expect(store.answers()).resolves.toBeUndefined();
  });

  it('is made anew if it was killed before it was whole', async () => {
    const half = join(dataDir, 'database', 'data.new');
    await mkdir(half, { recursive: true });
    await writeFile(join(half, 'PG_VERSION'), '18');
    const { store } = await started();
    expect(await store.caseKeys.count()).toBe(0);
    expect(await readdir(join(dataDir, 'database'))).not.toContain('data.new');
  });

  it('lets nobody but its owner reach the socket, and tells its place to other commands while it runs', async () => {
    const { database } = await started();
    expect(statSync(database.socket).mode & 0o777).toBe(0o700);
    expect(dirname(database.socket)).toBe(tmpdir());
    expect(JSON.parse(readFileSync(join(dataDir, 'database.json'), 'utf8'))).toEqual({ socket: database.socket });
    expect(socketOf(dataDir)).toBe(database.socket);
    await database.stop();
    expect(socketOf(dataDir)).toBeUndefined();
    expect(existsSync(database.socket)).toBe(false);
  });

  it('mixes no long statement with those of other connections', async () => {
    const { store, database } = await started();
    const [one, other] = [store, openStore({ socket: database.socket })];
    const values = Array.from({ length: 24 }, (_, index) => randomBytes(index % 3 === 0 ? 1_500_000 : 20 + index));
    const kept = await Promise.all(values.map((value, index) => (index % 2 === 0 ? one : other).sealed.put(`value-${index}`, value)));
    expect(kept.map((value, index) => values[index]?.equals(value))).toEqual(values.map(() => true));
    await other.close();
  });

  it('ends and says why, instead of hanging, when it cannot write any more', async () => {
    const { database, store } = await started();
    await rm(join(dataDir, 'database', 'data', 'pg_wal'), { recursive: true });
    const over = new AbortController();
    void database.ended.then(() => over.abort());
    for (let value = 0; !over.signal.aborted; value += 1)
      await store.sealed.put(`value-${value}`, randomBytes(1_500_000)).catch(() => undefined);
    await expect(database.ended).resolves.toMatch(/^PostgreSQL hangs, as it does when the disk is full/);
  });
});

const serverFile = join(__dirname, '..', '..', 'src', 'embedded', 'databaseServer.ts');
let startsDatabase: string;
let dataDir: string;
let running: { readonly database: EmbeddedDatabase; readonly store: Store }[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'database-'));
  const module = join(__dirname, '..', '..', 'src', 'embedded', 'database.ts');
  startsDatabase = `require(${JSON.stringify(module)}).startDatabase(${JSON.stringify({ dataDir })}).then(() => console.log('ready'))`;
});
afterEach(async () => {
  for (const { database, store } of running) {
    await store.close();
    await database.stop();
  }
  running = [];
  await rm(dataDir, { recursive: true });
});

async function started() {
  const database = await startDatabase({ dataDir });
  const store = openStore({ socket: database.socket });
  running.push({ database, store });
  return { database, store };
}

/** The process of the database itself, not the shell that guards it: it holds the lock. */
function serverOf(directory: string): number {
  return (JSON.parse(readFileSync(join(directory, 'database', 'lock'), 'utf8')) as { pid: number }).pid;
}

function keyOf(reference: string) {
  return { keyId: randomBytes(16), reference, office: 'amsterdam', wrapped: randomBytes(60), masterKey: 'm' };
}
