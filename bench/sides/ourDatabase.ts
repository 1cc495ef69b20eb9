import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Closing } from '../../src/commands/closing';
import { startDatabase } from '../../src/embedded/database';
import { caseKeysOf } from '../../src/privacy/caseKeys';
import { keyedHashOf } from '../../src/privacy/keyedHash';
import { localMasterKeys } from '../../src/privacy/masterKey';
import { openRegister } from '../../src/register/register';
import type { StorePlace } from '../../src/store/connection';
import { openStore } from '../../src/store/store';
import type { PostgresServer } from '../processes/postgres';

/** The processes that use the database. In production each has a login of its own. */
type Login = 'api' | 'worker' | 'register';

/** A database of our service, and the keys of its cases. */
export interface OurDatabase {
  /** The address for a process that reads it from a variable. */
  readonly urlOf: (login: Login) => string;
  readonly placeOf: (login: Login) => StorePlace;
  readonly systemKey: Buffer;
  readonly masterKey: Buffer;
}

/** A database on PostgreSQL, as in production. */
export async function databaseOn(server: PostgresServer, name: string): Promise<OurDatabase> {
  await server.makeDatabase(name);
  const urlOf = (login: Login) => server.url(`pathways_${login}`, name);
  return { urlOf, placeOf: (login) => ({ url: urlOf(login) }), ...newKeys() };
}

/** The database that `npm start` brings: PGlite, reached over its socket. */
export async function embeddedDatabase(closing: Closing): Promise<OurDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-database-'));
  closing.later(() => rm(dataDir, { recursive: true, force: true }));
  const database = await startDatabase({ dataDir });
  closing.later(() => database.stop());
  const { socket } = database;
  const url = `postgres://pathways@localhost/pathways?host=${encodeURIComponent(socket)}`;
  return { urlOf: () => url, placeOf: () => ({ socket }), ...newKeys() };
}

/** The register of a database, with the keys of its cases, for whoever puts cases there without our API. */
export function openRegisterOf({ placeOf, systemKey, masterKey }: OurDatabase, closing: Closing) {
  const store = openStore(placeOf('api'));
  closing.later(() => store.close());
  const keys = caseKeysOf({ rows: store.caseKeys, masterKeys: localMasterKeys(() => [masterKey]) });
  const damaged = (reference: string) => {
    throw new Error(`the register has a case that was changed: ${reference}`);
  };
  return { keys, register: openRegister({ table: store.register, keys, hash: keyedHashOf(systemKey), damaged }) };
}

function newKeys() {
  return { systemKey: randomBytes(32), masterKey: randomBytes(32) };
}
