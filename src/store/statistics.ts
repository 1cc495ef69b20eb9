import { sql, type Kysely } from 'kysely';
import type { StoreSchema } from './schema';

/** What statistics count, and what was published. Every method rejects with `StoreAway` while the database does not answer. */
export interface StatisticsTables {
  /** The numbers of a named table for some months, each by its first day. */
  counts(table: string, months: { readonly since: string; readonly until: string }): Promise<readonly CountRow[]>;
  /** Every publication, the first one in front. */
  publications(): Promise<readonly PublicationRow[]>;
  /**
   * Keeps a publication with the next number. False, if the number is taken, or the table of the period: then somebody else published
   * meanwhile.
   */
  publish(publication: PublicationRow): Promise<boolean>;
  /** What others published of nationalities. */
  nationalities(): Promise<readonly NationalityRow[]>;
  /** Puts these rows in the place of all rows of their years. */
  replaceNationalities(rows: readonly NationalityRow[]): Promise<void>;
}

export interface CountRow {
  readonly row: string;
  readonly column: string;
  readonly amount: number;
}

export interface PublicationRow {
  readonly id: string;
  readonly number: number;
  readonly table: string;
  readonly period: string;
  /** An instant. */
  readonly madeAt: string;
  readonly madeBy: string;
  readonly body: object;
  /** The counts that are not published, sealed; null where there are none. */
  readonly exact: Buffer | null;
}

export interface NationalityRow {
  readonly year: number;
  readonly rank: number;
  readonly nationality: string;
  readonly count: number;
  readonly source: string;
}

export function statisticsTables(db: Kysely<StoreSchema>): StatisticsTables {
  return {
    counts: async (table, { since, until }) => {
      const counted = sql<CountRow>`
        select line as row, part as column, amount from pathways.statistics_counts(${table}, ${since}::date, ${until}::date)`;
      return (await counted.execute(db)).rows;
    },
    publications: async () => {
      const rows = await db.selectFrom('statistics_publication').selectAll().orderBy('number').execute();
      return rows.map(({ made_at, made_by, ...row }) => ({ ...row, madeAt: made_at.toISOString(), madeBy: made_by }));
    },
    publish: async ({ madeAt, madeBy, body, ...row }) => {
      const { numInsertedOrUpdatedRows: added } = await db
        .insertInto('statistics_publication')
        .values({ ...row, made_at: new Date(madeAt), made_by: madeBy, body: JSON.stringify(body) as unknown as object })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return added === 1n;
    },
    nationalities: async () =>
      db.selectFrom('statistics_published_nationality').selectAll().orderBy('year').orderBy('rank').orderBy('nationality').execute(),
    replaceNationalities: async (rows) => {
      await replaced(JSON.stringify(rows)).execute(db);
    },
  };
}

/** One statement, so that nobody reads half of a year. A row that stays is updated: within one statement it cannot go and come back. */
const replaced = (rows: string) => sql`
  with given as (
    select * from jsonb_to_recordset(${rows}::jsonb) as given(year int, rank int, nationality text, count int, source text)
  ), gone as (
    delete from pathways.statistics_published_nationality as kept
    where kept.year in (select year from given)
      and not exists (select from given where (given.year, given.rank, given.nationality) = (kept.year, kept.rank, kept.nationality))
  )
  insert into pathways.statistics_published_nationality (year, rank, nationality, count, source)
  select year, rank, nationality, count, source from given
  on conflict (year, rank, nationality) do update set count = excluded.count, source = excluded.source`;
