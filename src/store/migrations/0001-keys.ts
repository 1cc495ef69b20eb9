import { sql, type Kysely } from 'kysely';
import { schemaName } from '../schema';

/**
 * The roles of the processes, the keys of the cases, and the sealed values.
 *
 * A role is made only if the installation has not made it before: with a login it is then the process's own, without one the installation
 * grants it to a login. Whoever runs the migrations owns everything. `npm start` has one more role, which it makes itself
 * (src/embedded/embeddedRole.ts): a migration grants nothing to it.
 */
export const keys = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const role of ['pathways_api', 'pathways_worker', 'pathways_door']) await makeRole(db, role);
    const schema = db.schema.withSchema(schemaName);
    await schema
      .createTable('case_key')
      .addColumn('key_id', 'bytea', (column) => column.primaryKey().check(sql`octet_length(key_id) = 16`))
      .addColumn('reference', 'text', (column) => column.notNull().unique())
      .addColumn('office', 'text', (column) => column.notNull())
      .addColumn('wrapped', 'bytea', (column) => column.notNull())
      .addColumn('master_key', 'text', (column) => column.notNull())
      .addColumn('made_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
      .execute();
    await schema
      .createTable('sealed_value')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'bytea', (column) => column.notNull())
      .addColumn('made_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
      .execute();
    await grant(db);
  },
};

/** Roles belong to the whole server, so another database there may have made them in the same moment. */
export async function makeRole(db: Kysely<unknown>, role: string): Promise<void> {
  await sql`
    do $$ begin
      if not exists (select from pg_roles where rolname = ${sql.lit(role)}) then create role ${sql.id(role)} nologin; end if;
    exception when duplicate_object or unique_violation then null;
    end $$`.execute(db);
}

async function grant(db: Kysely<unknown>): Promise<void> {
  const grants = [
    'usage on schema pathways to pathways_api, pathways_worker, pathways_door',
    'select on pathways.kysely_migration to pathways_api, pathways_worker, pathways_door',
    'select, insert on pathways.case_key to pathways_api',
    'select, update (office) on pathways.case_key to pathways_worker',
    'select on pathways.case_key to pathways_door',
    'select, insert on pathways.sealed_value to pathways_api, pathways_worker, pathways_door',
  ];
  for (const rights of grants) await sql`grant ${sql.raw(rights)}`.execute(db);
}
