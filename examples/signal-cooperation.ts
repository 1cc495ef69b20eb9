import { readFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { dataConverterFor } from '../src/privacy/dataConverter';
import { keyFromBase64 } from '../src/privacy/key';
import { caseNames, cooperation, workflowIdOf } from '../src/workflows/messages';

/**
 * Signals to a case that the person cooperates. A system that speaks to Temporal itself does the same:
 * `npx tsx examples/signal-cooperation.ts <file of the key> <reference> <staff id> [<address of Temporal> [<namespace>]]`.
 */
async function signal(keyFile = '', reference = '', recordedBy = '', address = '127.0.0.1:7233', namespace = 'default'): Promise<void> {
  const connection = await Connection.connect({ address });
  const systemKey = keyFromBase64(readFileSync(keyFile, 'utf8'));
  const keys = { ofReference: async () => undefined, ofKeyIds: async () => [] };
  const seals = { systemKey, keys, namespace, cases: caseNames };
  const client = new Client({ connection, namespace, dataConverter: dataConverterFor(seals, 'acting') });
  const answer = { answer: 'cooperates', form: 'reportSigned', recordedBy };
  await client.workflow.getHandle(workflowIdOf(reference)).signal(cooperation, answer);
  await connection.close();
}

signal(...process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
