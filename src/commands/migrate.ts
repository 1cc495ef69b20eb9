import './utc';
import { migrationConfig } from '../settings/environment';
import { migrate } from '../store/migrate';
import { reportFailure } from './reportFailure';

/** `npm run migrate`: brings the tables of the database up to date, with the login that owns them. It may run again. */
async function migrateDatabase(): Promise<void> {
  const ran = await migrate(migrationConfig());
  process.stdout.write(ran.length === 0 ? 'the database was up to date\n' : `the database is up to date now: ${ran.join(', ')}\n`);
}

migrateDatabase().catch(reportFailure);
