/* Where the rows of the register come from: this database, or one that was restored. */

import { sql, type Kysely } from 'kysely';
import type { StoreSchema } from './schema';

/** The state of the database that lists are read from. */
export interface Origin {
  /** Another one after the database was restored, as far as the server tells (docs/operations.md). */
  readonly id: string;
  /** Whether every case is in the register. */
  readonly filled: boolean;
  /** Every transaction below this number has ended. */
  readonly xmin: string;
}

/**
 * A dump that is loaded elsewhere has another server or another database; a recovery to a point in time has another time line. Copied files
 * have neither, so the run that fills the register counts too.
 */
export async function originOf(db: Kysely<StoreSchema>): Promise<Origin> {
  const { rows } = await sql<Origin>`
    select concat_ws('/', server.system_identifier, point.timeline_id, here.oid, extract(epoch from filled.at)) as id,
      filled.at is not null as filled, pg_snapshot_xmin(pg_current_snapshot())::text as xmin
    from pathways.register_filled filled, pg_control_system() server, pg_control_checkpoint() point, pg_database here
    where here.datname = current_database()`.execute(db);
  const [origin] = rows;
  if (origin === undefined) throw new Error('the database does not say where it comes from');
  return origin;
}

/**
 * Gives rows a place in the feed again that came with a dump from another server: the numbers of its transactions may be far ahead of ours,
 * and no row of ours would ever follow them.
 */
export async function adoptForeign(db: Kysely<StoreSchema>): Promise<void> {
  for (const table of ['case_line', 'case_left'])
    await sql`update ${sql.id('pathways', table)} set feed = pg_current_xact_id()
      where feed >= pg_snapshot_xmax(pg_current_snapshot())`.execute(db);
}
