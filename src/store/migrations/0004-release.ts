import { sql, type Kysely } from 'kysely';
import { makeRole } from './0001-keys';

/** The role of a release, which reads what every open case carries and changes none. Each reading leaves a line in the audit. */
export const release = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await makeRole(db, 'pathways_release');
    const grants = [
      'usage on schema pathways',
      'select on pathways.kysely_migration',
      'select on pathways.case_key',
      'select, insert on pathways.sealed_value',
      'execute on function pathways.audit_append',
    ];
    for (const rights of grants) await sql`grant ${sql.raw(rights)} to pathways_release`.execute(db);
  },
};
