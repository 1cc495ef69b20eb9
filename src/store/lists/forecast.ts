import { sql, type Kysely } from 'kysely';
import type { StoreSchema } from '../schema';
import { dueWithin, type Reach } from './within';

export interface ForecastRow {
  /** The Monday of the week. */
  readonly from: string;
  readonly office: string;
  /** The number of dates of each class, in the order of the classes that were asked for. */
  readonly counts: readonly number[];
}

export interface ForecastAsked {
  readonly reach: Reach;
  /** Two Mondays: the dates from the first to the day before the second. */
  readonly from: string;
  readonly before: string;
  /** The keyed hashes of the classes of dates. */
  readonly classes: readonly Buffer[];
}

/** The dates of the cases within reach, counted by week and office, in no order. A case that is closed has none. */
export async function forecastOn(
  db: Kysely<StoreSchema>,
  { reach, from, before, classes }: ForecastAsked,
): Promise<readonly ForecastRow[]> {
  const counts = classes.map((each) => sql`count(*) filter (where due.forecast = ${each})::integer`);
  const { rows } = await sql<ForecastRow>`
    select week_of::text as from, office, counts from (
      select due.due_on - (extract(isodow from due.due_on)::integer - 1) as week_of, due.office, array[${sql.join(counts)}] as counts
      from ${dueWithin(reach)} due
      where due.kind = any('{task,deadline,other}') and due.due_on >= ${from}::date and due.due_on < ${before}::date and due.forecast is not null
      group by 1, 2
    ) weeks`.execute(db);
  return rows;
}
