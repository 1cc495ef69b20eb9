import { sql, type Kysely } from 'kysely';
import { schemaName } from '../schema';

/** The sessions of people who are logged in at the door. */
export const sessions = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    const schema = db.schema.withSchema(schemaName);
    await schema
      .createTable('session')
      .addColumn('id', 'bytea', (column) => column.primaryKey())
      .addColumn('sealed', 'bytea', (column) => column.notNull())
      .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
      .execute();
    await schema.createIndex('session_expires_at').on('session').column('expires_at').execute();
    await sql`grant select, insert, update, delete on pathways.session to pathways_door`.execute(db);
  },
};
