import { Migrator } from 'kysely';
import { UserFacingError } from '../errors/userFacingError';
import { openPatiently, type StorePlace } from './connection';
import { migrations } from './migrations';
import { schemaName } from './schema';
import type { Store } from './store';
import { StoreAway } from './storeAway';

/** This process cannot work with its database. The message is a sentence for whoever runs the service. */
export class StoreUnfit extends UserFacingError {
  override readonly name = 'StoreUnfit';
}

/**
 * Runs the migrations that have not run yet, and returns their names. A second process that migrates at the same time waits. The login must
 * own the database, or have made it.
 */
export async function migrate(place: StorePlace): Promise<readonly string[]> {
  const db = openPatiently(place);
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations }, migrationTableSchema: schemaName });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error !== undefined) throw new StoreUnfit(`the database was not migrated: ${reasonIn(error)}`);
    return results.map(({ migrationName }) => migrationName);
  } finally {
    await db.destroy();
  }
}

/** Checks that the database has every table, and that this process has no right that it must not have. Throws `StoreUnfit`. */
export async function requireReady(store: Store): Promise<void> {
  const standing = await store.standing().catch((error: unknown) => {
    if (error instanceof StoreAway) throw new StoreUnfit(`the database does not answer: ${reasonIn(error.cause)}`);
    throw error;
  });
  const missing = Object.keys(migrations).filter((name) => !standing.migrations.includes(name));
  if (missing.length > 0) throw new StoreUnfit(`the database lacks the migration ${missing[0]}: run npm run migrate first`);
  if (standing.mayChangeAudit)
    throw new StoreUnfit('the login of this process may change or remove lines of the audit: give the process a login of its own');
  if (standing.mayChangeFacts)
    throw new StoreUnfit('the login of this process may change or remove facts of cases: give the process a login of its own');
}

/** The server's own words, such as a refused password. They name tables and logins, and nothing of a case. */
function reasonIn(error: unknown): string {
  const { message = '', code = 'no reason given' } = error as { readonly message?: string; readonly code?: string };
  return message === '' ? code : message;
}
