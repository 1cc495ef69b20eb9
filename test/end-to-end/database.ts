import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabase } from '../../src/embedded/database';
import { caseKeysOf, type CaseKeys } from '../../src/privacy/caseKeys';
import type { Seals } from '../../src/privacy/codec';
import { localMasterKeys } from '../../src/privacy/masterKey';
import { openStore, type Store } from '../../src/store/store';
import { caseNames } from '../../src/workflows/messages';
import { testKey } from '../support/key';

export const testMasterKey = Buffer.alloc(32, 77);

/** A database for processes of a test, with the keys of their cases. */
export interface Database {
  /** The variables that name the database and the keys. */
  readonly variables: Readonly<Record<'DATABASE_URL' | 'MASTER_KEYS' | 'SYSTEM_KEY', string>>;
  readonly seals: Seals & { readonly keys: CaseKeys };
  readonly store: Store;
  stop(): Promise<void>;
}

export async function openDatabase(): Promise<Database> {
  const dataDir = await mkdtemp(join(tmpdir(), 'database-'));
  const server = await startDatabase({ dataDir });
  const store = openStore({ socket: server.socket });
  const keys = caseKeysOf({ rows: store.caseKeys, masterKeys: localMasterKeys(() => [testMasterKey]) });
  return {
    variables: {
      DATABASE_URL: `postgres://pathways@localhost/pathways?host=${encodeURIComponent(server.socket)}`,
      MASTER_KEYS: testMasterKey.toString('base64'),
      SYSTEM_KEY: testKey.toString('base64'),
    },
    seals: { systemKey: testKey, keys, namespace: 'default', cases: caseNames },
    store,
    async stop() {
      await store.close();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
