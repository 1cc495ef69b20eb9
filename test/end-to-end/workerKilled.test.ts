import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { startTemporal, type EmbeddedTemporal } from '../../src/embedded/temporal';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import { dataConverterFor } from '../../src/privacy/dataConverter';
import { pathwayQueue, recordAndShow, workflowIdOf, workflowType } from '../../src/workflows/messages';
import { aCase, callerOf } from '../support/aCase';
import { makeCurrent } from '../support/builds';
import { freePorts } from '../support/freePorts';
import { until } from '../support/until';
import { openPostOffice, takesAll, type PostOffice } from '../workflows/support/postOffice';
import { openDatabase, type Database } from './database';
import { startWorker, workerSettings, type Running } from './service';

const police = 'police-1@example.org';

describe('a worker that is killed with letters under way', () => {
  it('is replaced: another sends its letters, each person gets their mail once, and facts are recorded meanwhile', async () => {
    post.says((address) => (address === police ? never : undefined));
    const asked = post.isAskedFor(police);
    const killed = await work();
    await database.seals.keys.make(start.reference, start.office);
    const handle = await client.workflow.start(workflowType, {
      workflowId: workflowIdOf(start.reference),
      taskQueue: pathwayQueue,
      args: [{ version: 1, start }],
    });
    await asked;
    killed.child.kill('SIGKILL');
    await killed.gone;
    post.says(takesAll);

    await work();
    const telling = { fact: { type: 'reflectionStarted', on: start.indication.observedOn }, by: callerOf('police') } as const;
    const pathway = await handle.executeUpdate(recordAndShow, { args: [{ ...telling, receivedAt: start.registeredAt }] });
    expect(pathway.stage).toBe('reflection');
    await until('the police have their mail', () => post.to(police).length > 0);
    const mails = new Map(post.mails.map(({ messageId, to }) => [messageId, to]));
    expect([...mails.values()].sort()).toEqual(['care-coordinator-1@example.org', 'caseworker-1@example.org', police]);
  });
});

/** The case was registered a minute ago, so its first mail is due at once. */
const { start } = aCase({
  registered: new Date(Date.now() - 60_000).toLocaleString('sv-SE', { timeZone: 'Europe/Amsterdam' }).replace(' ', 'T').slice(0, 16),
}).file;
const never = new Promise<never>(() => undefined);

async function work(): Promise<Running> {
  const worker = startWorker(workerSettings(temporal, database, post.url));
  workers.push(worker);
  await worker.ready();
  await makeCurrent(client);
  return worker;
}

let directory: string;
let temporal: EmbeddedTemporal;
let database: Database;
let connection: Connection;
let client: Client;
let post: PostOffice;
const workers: Running[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'worker-killed-'));
  const [port = 0] = await freePorts(1);
  const databaseFile = join(directory, 'temporal.db');
  [database, temporal, post] = await Promise.all([
    openDatabase(),
    startTemporal({ executable: await findTemporalCli(), port, databaseFile }),
    openPostOffice(),
  ]);
  connection = await Connection.connect({ address: temporal.address });
  client = new Client({ connection, dataConverter: dataConverterFor(database.seals, 'asking') });
});
afterAll(async () => {
  for (const { child } of workers) child.kill('SIGTERM');
  await Promise.all(workers.map(({ ended }) => ended));
  await connection.close();
  await database.stop();
  await Promise.all([temporal.stop(), post.goesAway()]);
  await rm(directory, { recursive: true, force: true });
});
