import { Client, Connection } from '@temporalio/client';
import { socketOf } from '../src/settings/databasePlace';
import { caseKeysOf } from '../src/privacy/caseKeys';
import { dataConverterFor } from '../src/privacy/dataConverter';
import { readMasterKeys, readSystemKey } from '../src/privacy/keyFiles';
import { localMasterKeys } from '../src/privacy/masterKey';
import { openStore } from '../src/store/store';
import { caseNames, cooperation, workflowIdOf } from '../src/workflows/messages';

/**
 * Signals to a case that the person cooperates. A system that speaks to Temporal itself does the same, with the database and the keys that it was
 * given. This example takes those of a running `npm start`:
 * `npx tsx examples/signal-cooperation.ts <data directory> <reference> <staff id> [<address of Temporal> [<namespace>]]`.
 */
async function signal(dataDir = '', reference = '', recordedBy = '', address = '127.0.0.1:7233', namespace = 'default'): Promise<void> {
  const store = openStore({ socket: socketOf(dataDir) ?? '' });
  const keys = caseKeysOf({ rows: store.caseKeys, masterKeys: localMasterKeys(() => readMasterKeys(dataDir)) });
  const seals = { systemKey: readSystemKey(dataDir), keys, namespace, cases: caseNames };
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace, dataConverter: dataConverterFor(seals, 'asking') });
  const answer = { answer: 'cooperates', form: 'reportSigned', recordedBy };
  await client.workflow.getHandle(workflowIdOf(reference)).signal(cooperation, answer);
  await connection.close();
  await store.close();
}

signal(...process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
