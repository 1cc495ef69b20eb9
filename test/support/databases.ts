import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { embeddedRole, makeEmbeddedRole } from '../../src/embedded/embeddedRole';
import { startGuarded, type GuardedChild } from '../../src/embedded/guardedChild';
import { openPglite, serve } from '../../src/embedded/pglite';
import { openPatiently, type StorePlace } from '../../src/store/connection';
import { migrate } from '../../src/store/migrate';
import { isRoot, needsPostgres, postgresNotFound, postgresPrograms } from './postgresPrograms';
import { until } from './until';

/** The logins of the processes, that of `npm start`, and the owner of everything. */
export type Role =
  'pathways_api' | 'pathways_worker' | 'pathways_door' | 'pathways_release' | 'pathways_register' | typeof embeddedRole | 'pathways_owner';

/** A database of its own, in which somebody has one role. */
export interface TestDatabase {
  readonly place: StorePlace;
  /** Runs a statement with every right, as somebody might who has stolen the database, or runs it. */
  asOwner(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

/** Opens a database for one role. It has all tables, unless `unmigrated` says otherwise. */
export type OpenDatabase = (role?: Role, options?: { readonly unmigrated?: boolean }) => Promise<TestDatabase>;

/** Runs tests on PGlite, and on PostgreSQL too where this machine has it; elsewhere they are skipped. No database is left afterwards. */
export function onEveryEngine(tests: (open: OpenDatabase) => void): void {
  describe('on PGlite', () => tests(closedAfterwards(openOnPglite)));
  const programs = postgresPrograms();
  if (programs === undefined) {
    if (process.env[needsPostgres]) throw new Error(postgresNotFound);
    describe.skip('on PostgreSQL', () => tests(openOnPglite));
    return;
  }
  describe('on PostgreSQL', () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres(programs);
    });
    afterAll(() => server.stop());
    tests(closedAfterwards((role, options) => openOnPostgres(server, role, options)));
  });
}

function closedAfterwards(open: OpenDatabase): OpenDatabase {
  const opened: TestDatabase[] = [];
  afterAll(async () => {
    for (const database of opened) await database.close();
  });
  return async (...args) => {
    const database = await open(...args);
    opened.push(database);
    return database;
  };
}

/** PGlite in this process. All of its connections share one session, so a database has one role at a time. */
export async function openOnPglite(role: Role = embeddedRole, { unmigrated = false } = {}): Promise<TestDatabase> {
  const home = await mkdtemp(join(tmpdir(), 'pglite-'));
  const database = await openPglite(join(home, 'data'), () => undefined);
  const socket = join(home, 'socket');
  const server = await serve(database, socket);
  if (!unmigrated) {
    await migrate({ socket });
    await database.exec(makeEmbeddedRole);
  }
  const take = async () => void (await database.exec(role === 'pathways_owner' || unmigrated ? 'reset role' : `set role ${role}`));
  await take();
  return {
    place: { socket },
    asOwner: async (statement) => {
      await database.exec('reset role');
      const { rows } = await database.query<Record<string, unknown>>(statement).finally(take);
      return rows;
    },
    close: async () => {
      await server.stop();
      await database.close();
      await rm(home, { recursive: true });
    },
  };
}

interface PostgresServer {
  /** A database with this name, in which the role is logged in. */
  place(role: string, database: string): { readonly url: string };
  /** Runs the script of docker compose, which makes a database and its logins. */
  makeDatabase(name: string): void;
  stop(): Promise<void>;
}

let databases = 0;

async function openOnPostgres(server: PostgresServer, role: Role = embeddedRole, { unmigrated = false } = {}): Promise<TestDatabase> {
  databases += 1;
  const name = `test_${databases}`;
  server.makeDatabase(name);
  const owner = server.place('pathways_owner', name);
  if (!unmigrated) {
    await migrate(owner);
    await run(server.place(superuser, name), makeEmbeddedRole);
    await run(server.place(superuser, name), `alter role ${embeddedRole} login; grant connect on database ${name} to ${embeddedRole}`);
  }
  return {
    place: server.place(role, name),
    asOwner: (statement) => run(server.place(superuser, name), statement),
    close: async () => undefined,
  };
}

async function run(place: StorePlace, statement: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const db = openPatiently(place);
  try {
    return (await sql.raw<Record<string, unknown>>(statement).execute(db)).rows;
  } finally {
    await db.destroy();
  }
}

/** The superuser of the compose file's server. */
const superuser = 'temporal';

/** A server that only a Unix socket reaches. Root lends it to somebody else. */
async function startPostgres(programs: string): Promise<PostgresServer> {
  const home = await mkdtemp(join(tmpdir(), 'postgres-'));
  const user = isRoot() ? { uid: idOf('-u'), gid: idOf('-g') } : undefined;
  if (user !== undefined) chownSync(home, user.uid, user.gid);
  await chmod(home, 0o700);
  const data = join(home, 'data');
  execFileSync(
    join(programs, 'initdb'),
    ['--pgdata', data, '--username', superuser, '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'],
    {
      ...user,
      cwd: home,
      stdio: 'pipe',
    },
  );
  const server = startServer(join(programs, 'postgres'), ['-D', data, '-k', home, '-c', 'listen_addresses=', '-c', 'fsync=off'], user);
  const place = (role: string, database: string) => ({ url: `postgres://${role}@localhost/${database}?host=${encodeURIComponent(home)}` });
  const ended = server.ended.then((words) => {
    throw new Error(`PostgreSQL ended: ${words}`);
  });
  ended.catch(() => undefined);
  await Promise.race([until('PostgreSQL answers', () => answers(place(superuser, 'postgres'))), ended]);
  return {
    place,
    makeDatabase: (name) => makeDatabase(home, name),
    stop: async () => {
      await server.stop();
      await rm(home, { recursive: true });
    },
  };
}

function startServer(program: string, args: readonly string[], user: { uid: number; gid: number } | undefined): GuardedChild {
  if (user === undefined) return startGuarded(program, args);
  return startGuarded('setpriv', [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', program, ...args]);
}

function makeDatabase(socket: string, name: string): void {
  const passwords = ['OWNER', 'API', 'WORKER', 'DOOR', 'RELEASE', 'REGISTER'].map((login) => [
    `STORE_${login}_PASSWORD`,
    `${login}'s password`,
  ]);
  const env = { ...process.env, PGHOST: socket, PGUSER: superuser, STORE_DATABASE: name, ...Object.fromEntries(passwords) };
  execFileSync('sh', [join(__dirname, '..', '..', 'deploy', 'store-database.sh')], { env, stdio: 'pipe' });
}

async function answers(place: StorePlace): Promise<boolean> {
  return run(place, 'select 1').then(
    () => true,
    () => false,
  );
}

/** The user that Debian makes for PostgreSQL; where there is none, the user for those who own nothing. */
function idOf(which: '-u' | '-g'): number {
  const ask = (name: string) => Number(execFileSync('id', [which, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return ask('postgres');
  } catch {
    return ask('nobody');
  }
}
