import { sql, type Kysely } from 'kysely';
import { schemaName, type StoreSchema } from './schema';

/** The state of the database, as one login sees it. */
export interface Standing {
  /** The names of the migrations that have run. */
  readonly migrations: readonly string[];
  /** The login may change or remove lines of the audit. No process may. */
  readonly mayChangeAudit: boolean;
  /** The login may change or remove facts of cases. No process may. */
  readonly mayChangeFacts: boolean;
}

/** SQLSTATEs of a database without our schema, without its tables, or of a login that may not see them. */
const nothingThere = ['3F000', '42P01', '42501'];

export async function standingOf(db: Kysely<StoreSchema>): Promise<Standing> {
  try {
    const migrations = await db.selectFrom('kysely_migration').select('name').orderBy('name').execute();
    return {
      migrations: migrations.map(({ name }) => name),
      mayChangeAudit: await mayOn(db, 'audit_line', 'INSERT, UPDATE, DELETE, TRUNCATE'),
      mayChangeFacts: await mayOn(db, 'case_fact', 'UPDATE, DELETE, TRUNCATE'),
    };
  } catch (error) {
    if (!nothingThere.includes((error as { readonly code?: string }).code ?? '')) throw error;
    return { migrations: [], mayChangeAudit: false, mayChangeFacts: false };
  }
}

/** Whether the login has one of these rights on a table. Null, and so no, before there is such a table. */
async function mayOn(db: Kysely<StoreSchema>, name: string, rights: string): Promise<boolean> {
  const table = sql.lit(`${schemaName}.${name}`);
  const asked = sql<{ may: boolean | null }>`select has_table_privilege(to_regclass(${table})::oid, ${sql.lit(rights)}) as may`;
  return (await asked.execute(db)).rows[0]?.may === true;
}
