import './utc';
import { readFile } from 'node:fs/promises';
import { nationalities } from '../casework/requests/isoCodes';
import { UserFacingError } from '../errors/userFacingError';
import { readImported } from '../statistics/importedFile';
import type { ImportedNationality } from '../statistics/nationalities';
import { Closing } from './closing';
import { namesOfARun } from './namesOfARun';
import { openReadyStore } from './openReadyStore';
import { placeOfTables } from './placeOfTables';
import { reportFailure } from './reportFailure';

/** The file cannot be taken. The message has every fault, a line each. */
class NotImported extends UserFacingError {
  override readonly name = 'NotImported';
}

/**
 * `npm run statistics:import -- FILE`: what others published of nationalities in the years before the service. The years in the file take the
 * place of the same years, so it may run again. With a fault in the file nothing is imported.
 */
async function importStatistics(args: readonly string[]): Promise<void> {
  const rows = await rowsIn(args);
  const closing = new Closing();
  try {
    const store = await openReadyStore(placeOfTables(), closing);
    await store.audit.append([lineOfTheRun(rows)], true);
    await store.statistics.replaceNationalities(rows);
    process.stdout.write(`imported: ${rows.length} rows of ${[...new Set(rows.map(({ year }) => year))].sort().join(', ')}\n`);
  } finally {
    await closing.now();
  }
}

async function rowsIn([path, ...others]: readonly string[]): Promise<readonly ImportedNationality[]> {
  if (path === undefined || others.length > 0) throw new NotImported('npm run statistics:import takes one file');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new NotImported(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'no reason given'}`);
  });
  const { rows, faults } = readImported(text, nationalities);
  if (faults.length > 0) throw new NotImported(faults.map((fault) => `${path}: ${fault}`).join('\n'));
  return rows;
}

/** A run changes figures that people read, so it leaves a line in the record of who did what. */
function lineOfTheRun(rows: readonly ImportedNationality[]): string {
  const who = { did: 'statisticsImport', who: 'register', purpose: 'statistics', outcome: 'asked' };
  return JSON.stringify({ ...who, rows: rows.length, ...namesOfARun() });
}

importStatistics(process.argv.slice(2)).catch(reportFailure);
