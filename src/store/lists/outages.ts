import { sql, type Kysely } from 'kysely';
import type { StoreSchema } from '../schema';
import { lateWithin, type Reach } from './within';

export interface OutageRow {
  /** The first moment that did not come, and the last that came late. */
  readonly from: Date;
  readonly until: Date;
  /** The first that came late. */
  readonly first: Date;
  readonly moments: number;
  /** Minutes. */
  readonly worst: number;
}

export interface LateRow {
  readonly reference: string;
  readonly plannedAt: Date;
  readonly happenedAt: Date;
  /** What it was, under the key of its case. */
  readonly sealed: Buffer;
}

/** A moment is late that came more than five minutes after its own; ours. */
const late = sql`late.happened_at > late.planned_at + interval '5 minutes'`;

/** The outages since an instant, the newest first: late moments, with no more than an hour between one and the next (ours). */
export async function outagesOn(
  db: Kysely<StoreSchema>,
  { reach, since, most }: { readonly reach: Reach; readonly since: string; readonly most: number },
): Promise<readonly OutageRow[]> {
  const { rows } = await sql<OutageRow>`
    with moment as (
      select late.planned_at, late.happened_at,
        lag(late.happened_at) over (order by late.happened_at) + interval '1 hour' < late.happened_at as begins
      from ${lateWithin(reach)} late where ${late} and late.happened_at >= ${since}::timestamptz
    ), counted as (
      select moment.*, count(*) filter (where begins) over (order by happened_at rows unbounded preceding) as outage from moment
    )
    select min(planned_at) as from, max(happened_at) as until, min(happened_at) as first, count(*)::integer as moments,
      (extract(epoch from max(happened_at - planned_at)) / 60)::integer as worst
    from counted group by outage order by outage desc limit ${most}`.execute(db);
  return rows;
}

/** The moments that came late between two instants, in the order in which they were planned. */
export async function lateMomentsOf(
  db: Kysely<StoreSchema>,
  { reach, outage, most }: { readonly reach: Reach; readonly outage: Pick<OutageRow, 'first' | 'until'>; readonly most: number },
): Promise<readonly LateRow[]> {
  const { rows } = await sql<LateRow>`
    select late.reference, late.planned_at as "plannedAt", late.happened_at as "happenedAt", late.sealed
    from ${lateWithin(reach)} late
    where ${late} and late.happened_at between ${outage.first.toISOString()}::timestamptz and ${outage.until.toISOString()}::timestamptz
    order by late.planned_at, late.reference limit ${most}`.execute(db);
  return rows;
}
