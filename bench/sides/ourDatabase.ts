import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Closing } from '../../src/commands/closing';
import { startDatabase } from '../../src/embedded/database';

/** The database of our side, and the keys of its cases. */
export interface OurDatabase {
  readonly url: string;
  readonly systemKey: Buffer;
  readonly masterKey: Buffer;
}

/** Starts the database that `npm start` brings. */
export async function openOurDatabase(closing: Closing): Promise<OurDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-database-'));
  closing.later(() => rm(dataDir, { recursive: true, force: true }));
  const database = await startDatabase({ dataDir });
  closing.later(() => database.stop());
  const url = `postgres://pathways@localhost/pathways?host=${encodeURIComponent(database.socket)}`;
  return { url, systemKey: randomBytes(32), masterKey: randomBytes(32) };
}
