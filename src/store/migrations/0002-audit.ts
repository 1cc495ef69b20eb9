import { sql, type Kysely } from 'kysely';
import { schemaName } from '../schema';

/**
 * The record of who did what: a chain of lines, and its head. A process may only call `audit_append`. With any right on the tables it could
 * change what was written.
 */
export const audit = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    const schema = db.schema.withSchema(schemaName);
    await schema
      .createTable('audit_line')
      .addColumn('seq', 'bigint', (column) => column.primaryKey())
      .addColumn('at', 'timestamptz', (column) => column.notNull())
      .addColumn('line', 'text', (column) => column.notNull())
      .addColumn('hash', 'bytea', (column) => column.notNull())
      .execute();
    await schema
      .createTable('audit_head')
      .addColumn('single', 'boolean', (column) =>
        column
          .primaryKey()
          .defaultTo(true)
          .check(sql`single`),
      )
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('hash', 'bytea', (column) => column.notNull())
      .execute();
    for (const statement of statements) await statement.execute(db);
  },
};

const named = (name: string) => sql.id(schemaName, name);
const [lines, head, append] = [named('audit_line'), named('audit_head'), named('audit_append')];

/**
 * Who waits for the head's row waits for the lines of the others, so that the chain has no gap. `synchronous_commit` holds for this
 * transaction alone. A line in quotes has its quotes escaped, so that no value of a line can pass for the hash of a case.
 */
const statements = [
  sql`insert into ${head} (seq, hash) values (0, decode(repeat('00', 32), 'hex'))`,
  sql`create index audit_line_case on ${lines} (substring(line from '"case":"([0-9a-f]+)"'), seq)`,
  sql`
    create function ${append}(lines text[], durable boolean, out seq bigint, out hash bytea)
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      moment timestamptz;
      line text;
    begin
      perform set_config('synchronous_commit', case when durable then 'on' else 'off' end, true);
      select head.seq, head.hash into strict seq, hash from ${head} head for update;
      moment := clock_timestamp();
      foreach line in array lines loop
        seq := seq + 1;
        hash := sha256(hash || convert_to(
          seq || ' ' || to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || line, 'UTF8'));
        insert into ${lines} values (seq, moment, line, hash);
      end loop;
      update ${head} head set seq = audit_append.seq, hash = audit_append.hash;
    end $$`,
  // Every role may call a new function until this is taken back.
  sql`revoke execute on function ${append} from public`,
  sql`grant execute on function ${append} to pathways_api, pathways_door`,
  sql`grant select on ${lines}, ${head} to pathways_api`,
];
