import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { startGuarded, type GuardedChild } from '../../src/embedded/guardedChild';
import { openPatiently, type StorePlace } from '../../src/store/connection';
import { isRoot } from './postgresPrograms';
import { until } from './until';

export interface PostgresServer {
  /** A database with this name, in which the role is logged in. */
  place(role: string, database: string): { readonly url: string };
  /** Runs the script of docker compose, which makes a database and its logins. */
  makeDatabase(name: string): void;
  /** Ends all of its processes with kill -9. */
  killed(): Promise<void>;
  /** Starts it again on its files. */
  startedAgain(): Promise<void>;
  /** Stops all of its processes where they are: it keeps its connections, takes new ones, and answers nobody. */
  hangs(): Promise<void>;
  goesOn(): Promise<void>;
  stop(): Promise<void>;
}

/** The superuser of the compose file's server. */
export const superuser = 'temporal';

export async function run(place: StorePlace, statement: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const db = openPatiently(place);
  try {
    return (await sql.raw<Record<string, unknown>>(statement).execute(db)).rows;
  } finally {
    await db.destroy();
  }
}

/** A server that only a Unix socket reaches. Root lends it to somebody else. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
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
  const place = (role: string, database: string) => ({ url: `postgres://${role}@localhost/${database}?host=${encodeURIComponent(home)}` });
  const begin = async () => {
    const args = ['-D', data, '-k', home, '-c', 'listen_addresses=', '-c', 'fsync=off'];
    const server = startServer(join(programs, 'postgres'), args, user);
    const ended = server.ended.then((words) => {
      throw new Error(`PostgreSQL ended: ${words}`);
    });
    ended.catch(() => undefined);
    await Promise.race([until('PostgreSQL answers', () => answers(place(superuser, 'postgres'))), ended]);
    return server;
  };
  const toAll = async (signal: NodeJS.Signals) => {
    const [first = ''] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
    for (const pid of [Number(first), ...childrenOf(first)]) send(pid, signal);
  };
  let server = await begin();
  return {
    place,
    makeDatabase: (name) => makeDatabase(home, name),
    killed: async () => {
      await toAll('SIGKILL');
      await server.ended;
    },
    startedAgain: async () => void (server = await begin()),
    hangs: () => toAll('SIGSTOP'),
    goesOn: () => toAll('SIGCONT'),
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

/** Each connection has a process of its own. */
function childrenOf(parent: string): readonly number[] {
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return processes.map((line) => line.trim().split(/\s+/)).flatMap(([pid, of]) => (of === parent ? [Number(pid)] : []));
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself meanwhile.
  }
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
