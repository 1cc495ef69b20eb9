import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import { Pool, type PoolClient, type PoolConfig, type QueryResult } from 'pg';
import { schemaName, type StoreSchema } from './schema';
import { isPassing, StoreAway } from './storeAway';

/** Where the database is: an address, or the directory of its Unix socket. */
export type StorePlace = { readonly url: string } | { readonly socket: string };

/** A call that took longer counts as not answered; ours. */
const answersWithinMs = 5_000;
/** The embedded database has one session for everybody, so more connections would only wait there; ours. */
const most = { connections: 10, onSocket: 4 };

/** Opens a pool of connections, without connecting yet. Every failure that may pass is a `StoreAway`. */
export function openDatabase(place: StorePlace): Kysely<StoreSchema> {
  const pool = poolOf({ ...poolConfig(place), connectionTimeoutMillis: answersWithinMs });
  return databaseOn({
    connect: async () => {
      const deadline = performance.now() + answersWithinMs;
      const client = await pool.connect().catch((error: unknown) => {
        throw new StoreAway(error);
      });
      return impatient(client, deadline);
    },
    end: () => pool.end(),
  });
}

/** Opens one connection that waits as long as it takes: a migration of a large table has no time limit. */
export function openPatiently(place: StorePlace): Kysely<StoreSchema> {
  const { statement_timeout: _, ...config } = poolConfig(place);
  return databaseOn(poolOf({ ...config, max: 1, connectionTimeoutMillis: answersWithinMs }));
}

function databaseOn(pool: PostgresPool): Kysely<StoreSchema> {
  return new Kysely<StoreSchema>({ dialect: new PostgresDialect({ pool }) }).withSchema(schemaName);
}

function poolConfig(place: StorePlace): PoolConfig {
  if ('socket' in place) {
    // Without these values pg would take the PGPORT, PGSSLMODE and so on of somebody's shell.
    return { host: place.socket, port: 5432, user: schemaName, database: schemaName, ssl: false, max: most.onSocket };
  }
  // The server ends a statement for whose answer we no longer wait. Otherwise statements that wait for a lock would pile up there.
  return { connectionString: place.url, max: most.connections, keepAlive: true, statement_timeout: answersWithinMs };
}

/**
 * A connection that breaks is an error of the call that uses it. pg reports it as an event too, and without a listener such an event ends
 * the whole process.
 */
function poolOf(config: PoolConfig): Pool {
  const pool = new Pool(config);
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  return pool;
}

/**
 * A connection that is closed after a failure that may pass. pg would use a connection again whose answer never came, and every later call on
 * it would wait behind that answer.
 */
function impatient(client: PoolClient, deadline: number): PostgresPoolClient {
  let broken = false;
  const query = async (text: string, values: readonly unknown[]): Promise<QueryResult> => {
    // The types of pg do not know that one statement can have a time limit of its own.
    const statement = { text, values: [...values], query_timeout: Math.max(1, Math.round(deadline - performance.now())) };
    try {
      return await client.query(statement);
    } catch (error) {
      if (!isPassing(error)) throw error;
      broken = true;
      throw new StoreAway(error);
    }
  };
  // Kysely passes a cursor in place of the text only when it streams, and nothing here streams.
  return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release(broken) };
}
