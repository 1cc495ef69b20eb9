import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { keepFormat } from '../../src/commands/dataFormat';
import { startTemporal, type EmbeddedTemporal } from '../../src/embedded/temporal';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import { dataConverterFor } from '../../src/privacy/dataConverter';
import { derivedKeys } from '../../src/privacy/derivedKeys';
import { caseNames, pathwayQueue, workflowIdOf, workflowType } from '../../src/workflows/messages';
import { freePorts } from '../support/freePorts';
import { testKey } from '../support/key';
import { until } from '../support/until';
import { settingsFor, start, startApi, startWorker, type Ended, type Running } from './service';

describe('a key that does not fit the existing cases', () => {
  it.each([
    ['npm run start:api', startApi],
    ['npm run start:worker', startWorker],
  ])('keeps %s from starting, with one line', async (_, command) => {
    await begin('BT-1', testKey);
    const refused = await ended(command({ ...production(), SYSTEM_KEY: other.toString('base64') }));
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: `SYSTEM_KEY is not the key of these cases${advice}` });
  });

  it('is reported even if some of the cases have that key', async () => {
    await begin('BT-1', testKey);
    await begin('BT-2', other);
    const refused = await ended(startWorker({ ...production(), SYSTEM_KEY: other.toString('base64') }));
    expect(refused).toMatchObject({ code: 1, stderr: `SYSTEM_KEY is not the key of 1 of the last 2 cases${advice}` });
  });

  it('keeps npm start from starting, with one line, and the right key works again', async () => {
    await begin('BT-1', testKey);
    await connection.close();
    await temporal.stop();
    const settings = await settingsFor(directory);
    const keyFile = join(directory, 'system.key');
    await writeFile(keyFile, other.toString('base64'));
    const refused = await ended(start(settings));
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: `${keyFile} is not the key of these cases${advice}` });

    await writeFile(keyFile, testKey.toString('base64'));
    const service = start(settings);
    running.push(service);
    await service.ready();
  });
});

describe('any key', () => {
  it.each([
    ['npm run start:api', startApi],
    ['npm run start:worker', startWorker],
  ])('is accepted for %s while there is no case', async (_, command) => {
    const service = command(production());
    running.push(service);
    await service.ready();
  });
});

const other = Buffer.alloc(32, 99);
const advice = ': nothing was started and nothing is lost; put their key back\n';

/** A case whose memo is encrypted with that key. No worker runs. */
async function begin(reference: string, key: Buffer): Promise<void> {
  const seals = { systemKey: key, keys: derivedKeys(key), namespace: 'default', cases: caseNames };
  const client = new Client({ connection, dataConverter: dataConverterFor(seals, 'asking') });
  const workflowId = workflowIdOf(reference);
  await client.workflow.start(workflowType, { workflowId, taskQueue: pathwayQueue, memo: { since: '2026-11-01' }, args: [] });
  await until(`${reference} is listed`, async () => (await client.workflow.count(`WorkflowId = '${workflowId}'`)).count > 0);
}

async function ended(command: Running): Promise<Ended> {
  running.push(command);
  return command.ended;
}

function production() {
  return {
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    SYSTEM_KEY: testKey.toString('base64'),
    API_PORT: String(apiPort),
    OIDC_ISSUER: 'https://login.example.org',
    OIDC_AUDIENCE: 'pathways',
    STAFF_FILE: 'src/embedded/demo/staff.json',
    PARTNERS_FILE: 'src/embedded/demo/partners.json',
    PUBLIC_URL: 'https://cases.example.org',
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'pathways@example.org',
  };
}

let directory: string;
let temporal: EmbeddedTemporal;
let connection: Connection;
let apiPort: number;
let running: Running[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wrong-key-'));
  await keepFormat(directory);
  const [port = 0, free = 0] = await freePorts(2);
  apiPort = free;
  temporal = await startTemporal({ executable: await findTemporalCli(), port, databaseFile: join(directory, 'temporal.db') });
  connection = await Connection.connect({ address: temporal.address });
});
afterEach(async () => {
  for (const { child } of running) if (child.exitCode === null) child.kill('SIGTERM');
  await Promise.all(running.map((each) => each.ended));
  running = [];
  await connection.close();
  await temporal.stop();
  await rm(directory, { recursive: true, force: true });
});
