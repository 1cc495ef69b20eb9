import { existsSync, mkdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { dataDir as emptyDatabase } from '@electric-sql/pglite-prepopulatedfs';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** More than all processes of one machine open together; a further connection would get an answer that pg cannot read. */
const maxConnections = 200;

/** The messages that end a series: Sync, and a simple query. */
const endsSeries = ['S', 'Q'].map((letter) => letter.charCodeAt(0));
/** The messages that open or continue a series: Parse, Bind, Describe, Execute, Close, Flush. */
const inSeries = ['P', 'B', 'D', 'E', 'C', 'H'].map((letter) => letter.charCodeAt(0));

/**
 * PostgreSQL in this process. All connections share its one session, and a statement reaches it as a series of messages. The socket's queue
 * takes messages of different connections in turn, but for those within a transaction. So a series counts as a transaction here: otherwise
 * a long statement, which arrives in pieces, would be mixed with another one.
 */
class OneSession extends PGlite {
  private inSeries = false;

  constructor(
    dataDir: string,
    private readonly broken: (error: unknown) => void,
  ) {
    super({ dataDir });
  }

  /** The queue asks once more after the database has closed. */
  override isInTransaction(): boolean {
    return !this.closed && (this.inSeries || super.isInTransaction());
  }

  override async execProtocolRawStream(...[message, options]: Parameters<PGlite['execProtocolRawStream']>): Promise<void> {
    const [kind = 0] = message;
    if (inSeries.includes(kind)) this.inSeries = true;
    if (endsSeries.includes(kind)) this.inSeries = false;
    await super.execProtocolRawStream(message, options).catch((error: unknown) => {
      this.broken(error);
      throw error;
    });
  }

  /** The queue calls this when a connection is lost within a transaction, to roll it back. */
  override async exec(...args: Parameters<PGlite['exec']>): ReturnType<PGlite['exec']> {
    this.inSeries = false;
    return super.exec(...args);
  }
}

/**
 * Opens the database in a directory, and makes it if there is none. The caller makes sure that nobody else has it open. `broken` is called
 * when PostgreSQL itself breaks down: from then on the queue of the socket stands still.
 */
export async function openPglite(directory: string, broken: (error: unknown) => void): Promise<PGlite> {
  if (!existsSync(directory)) await make(directory);
  const database = new OneSession(directory, broken);
  await database.waitReady;
  return database;
}

/** A new database gets its name only when it is whole: a stop halfway leaves nothing that a later start would take for a database. */
async function make(directory: string): Promise<void> {
  const draft = `${directory}.new`;
  await rm(draft, { recursive: true, force: true });
  const database = await PGlite.create({ dataDir: draft, loadDataDir: await emptyDatabase() });
  await database.close();
  await rename(draft, directory);
}

/** Serves the database on a Unix socket in this directory, by the name that PostgreSQL's clients look for. */
export async function serve(database: PGlite, directory: string): Promise<PGLiteSocketServer> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const server = new PGLiteSocketServer({ db: database, path: join(directory, '.s.PGSQL.5432'), maxConnections });
  await server.start();
  return server;
}
