import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedRole, makeEmbeddedRole } from '../../src/embedded/embeddedRole';
import { openPglite, serve } from '../../src/embedded/pglite';
import type { StorePlace } from '../../src/store/connection';
import { migrate } from '../../src/store/migrate';
import { needsPostgres, postgresNotFound, postgresPrograms } from './postgresPrograms';
import { run, startPostgres, superuser, type PostgresServer } from './postgresServer';

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
