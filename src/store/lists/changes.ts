import { sql, type Kysely } from 'kysely';
import type { StoreSchema } from '../schema';
import { casesEndedWithin, casesGoneFrom, casesWithin, type Reach } from './within';

/** A place in the feed: the transaction that wrote a case, and the case. */
export interface FeedPosition {
  readonly feed: string;
  readonly reference: string;
}

export interface ChangeRow extends FeedPosition {
  readonly revision: string;
  readonly at: Date;
  /** The case has left the reach of the caller, or somebody ended its run. */
  readonly gone: boolean;
}

interface ChangesAsked {
  readonly reach: Reach;
  readonly after: FeedPosition | undefined;
  readonly most: number;
}

/**
 * The cases that changed, each with its latest revision. A transaction that is under way may commit behind a later one, so rows count only once
 * every transaction up to theirs has ended.
 */
export async function changesOn(db: Kysely<StoreSchema>, { reach, after, most }: ChangesAsked): Promise<readonly ChangeRow[]> {
  const unread = sql`${after === undefined ? sql`` : sql`(feed, reference) > (${after.feed}::xid8, ${after.reference}) and`}
    feed < pg_snapshot_xmin(pg_current_snapshot())`;
  const ordered = sql`order by feed, reference limit ${most}`;
  const left = casesGoneFrom(reach);
  const { rows } = await sql<ChangeRow>`
    select changed.feed::text as feed, changed.reference, changed.revision, changed.written_at as at, changed.gone from (
      (select feed, reference, revision, written_at, false as gone from ${casesWithin(reach)} line where ${unread} ${ordered})
      union all
      (select feed, reference, revision, written_at, true as gone from ${casesEndedWithin(reach)} ended where ${unread} ${ordered})
      union all
      (select feed, reference, revision, written_at, true as gone from ${left} gone
        where ${unread} and feed = (select max(later.feed) from ${left} later where later.reference = gone.reference)
        ${ordered})
    ) changed order by changed.feed, changed.reference limit ${most}`.execute(db);
  return rows;
}
