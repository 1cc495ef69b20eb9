/* PostgreSQL as this machine has it, for a service as in production. */

import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import type { Closing } from '../../src/commands/closing';
import { startGuarded, type GuardedChild } from '../../src/embedded/guardedChild';
import { openPatiently } from '../../src/store/connection';
import { migrate } from '../../src/store/migrate';
import { until } from '../measuring';

const run = promisify(execFile);
const script = join(__dirname, '..', '..', 'deploy', 'store-database.sh');
/** The superuser of the compose file's server. */
const superuser = 'temporal';
const programs = ['initdb', 'postgres', 'pg_ctl'];

/** A server on a socket of its own, with PostgreSQL's own settings. It keeps its data in a folder that is deleted afterwards. */
export interface PostgresServer {
  /** Its version, as in `PostgreSQL 15`. */
  readonly version: string;
  /** Makes a database with all tables, and a login for each process. */
  readonly makeDatabase: (name: string) => Promise<void>;
  readonly url: (login: string, database: string) => string;
  /** Runs a statement with every right. */
  readonly asOwner: (database: string, statement: string) => Promise<void>;
  /** Ends it, while others are connected. */
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
}

/** Starts the server; undefined where this machine has none, or does not let us start it. */
export async function openPostgres(closing: Closing): Promise<PostgresServer | undefined> {
  const folder = await folderOfPrograms();
  if (folder === undefined) return undefined;
  const home = await mkdtemp(join(tmpdir(), 'bench-postgres-'));
  closing.later(() => rm(home, { recursive: true, force: true }));
  const user = await otherUser();
  if (user !== undefined) await chown(home, user.uid, user.gid);
  await chmod(home, 0o700);
  const data = join(home, 'data');
  const call = (program: string, args: readonly string[]): [string, string[]] =>
    user === undefined
      ? [join(folder, program), [...args]]
      : ['setpriv', [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', join(folder, program), ...args]];
  await run(...call('initdb', ['--pgdata', data, '--username', superuser, '--auth', 'trust', '--encoding', 'UTF8']), { cwd: home });
  const url = (login: string, database: string) => `postgres://${login}@localhost/${database}?host=${encodeURIComponent(home)}`;
  const asOwner = (database: string, statement: string) => runAt(url(superuser, database), statement);
  let server: GuardedChild;
  const start = async () => {
    server = startGuarded(...call('postgres', ['-D', data, '-k', home, '-c', 'listen_addresses=']));
    await until('PostgreSQL answers', 30_000, () => asOwner('postgres', 'select 1').then(() => true, notYet));
  };
  const stop = async () => {
    // The usual signal would wait until everybody has left.
    await run(...call('pg_ctl', ['--pgdata', data, '--mode', 'fast', 'stop']), { cwd: home }).catch(() => undefined);
    await server.stop();
  };
  closing.later(stop);
  await start();
  const { stdout } = await run(...call('postgres', ['--version']));
  return {
    version: `PostgreSQL ${/\d+/.exec(stdout)?.[0] ?? ''}`,
    makeDatabase: (name) => makeDatabase(home, name, url('pathways_owner', name)),
    ...{ url, asOwner, stop, start },
  };
}

function notYet(): undefined {
  return undefined;
}

/** Debian keeps the programs away from the PATH. */
async function folderOfPrograms(): Promise<string | undefined> {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  const onPath = await run('sh', ['-c', 'command -v pg_ctl']).then(
    ({ stdout }) => [dirname(stdout.trim())],
    () => [],
  );
  const places = [...onPath, ...versions.toSorted().toReversed()];
  return places.find((place) => programs.every((program) => existsSync(join(place, program))));
}

/** PostgreSQL refuses to run as root, so root lends it to the user that Debian makes for it, or to the one who owns nothing. */
async function otherUser(): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = async (which: '-u' | '-g') => {
    const { stdout } = await run('id', [which, 'postgres']).catch(() => run('id', [which, 'nobody']));
    return Number(stdout);
  };
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}

async function makeDatabase(socket: string, name: string, owner: string): Promise<void> {
  const passwords = ['OWNER', 'API', 'WORKER', 'DOOR', 'RELEASE', 'REGISTER'].map((login) => `STORE_${login}_PASSWORD=${login}`);
  await run('env', [`PGHOST=${socket}`, `PGUSER=${superuser}`, `STORE_DATABASE=${name}`, ...passwords, 'sh', script]);
  await migrate({ url: owner });
}

async function runAt(url: string, statement: string): Promise<void> {
  const db = openPatiently({ url });
  try {
    await sql.raw(statement).execute(db);
  } finally {
    await db.destroy();
  }
}
