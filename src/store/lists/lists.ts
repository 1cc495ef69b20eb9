import { sql, type Kysely } from 'kysely';
import type { StoreSchema } from '../schema';
import { casesOn, countsOf } from './cases';
import { adoptForeign, changesOn } from './changes';
import { forecastOn } from './forecast';
import { lateMomentsOf, outagesOn } from './outages';
import { tasksOn } from './tasks';

/** The state of the database that lists are read from. */
interface Origin {
  /** Another one after the database was restored, as far as the server tells (docs/operations.md). */
  readonly id: string;
  /** Whether every case is in the register. */
  readonly filled: boolean;
  /** Every transaction below this number has ended. */
  readonly xmin: string;
}

/** The lists of the register, as tables. Each statement is bound to the reach of its caller. Rejects with `StoreAway` as all of the store does. */
export type ListTables = ReturnType<typeof listTables>;

export function listTables(db: Kysely<StoreSchema>) {
  return {
    origin: () => originOf(db),
    cases: (asked: Parameters<typeof casesOn>[1]) => casesOn(db, asked),
    counts: (asked: Parameters<typeof countsOf>[1]) => countsOf(db, asked),
    tasks: (asked: Parameters<typeof tasksOn>[1]) => tasksOn(db, asked),
    forecast: (asked: Parameters<typeof forecastOn>[1]) => forecastOn(db, asked),
    changes: (asked: Parameters<typeof changesOn>[1]) => changesOn(db, asked),
    adoptForeign: () => adoptForeign(db),
    outages: (asked: Parameters<typeof outagesOn>[1]) => outagesOn(db, asked),
    lateMoments: (asked: Parameters<typeof lateMomentsOf>[1]) => lateMomentsOf(db, asked),
  };
}

/**
 * A dump that is loaded elsewhere has another server or another database; a recovery to a point in time has another time line. Copied files
 * have neither, so the run that fills the register counts too.
 */
async function originOf(db: Kysely<StoreSchema>): Promise<Origin> {
  const { rows } = await sql<Origin>`
    select concat_ws('/', server.system_identifier, point.timeline_id, here.oid, extract(epoch from filled.at)) as id,
      filled.at is not null as filled, pg_snapshot_xmin(pg_current_snapshot())::text as xmin
    from pathways.register_filled filled, pg_control_system() server, pg_control_checkpoint() point, pg_database here
    where here.datname = current_database()`.execute(db);
  const [origin] = rows;
  if (origin === undefined) throw new Error('the database does not say where it comes from');
  return origin;
}
