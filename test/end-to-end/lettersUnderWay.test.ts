import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { writtenNowhere } from '../../src/activities/writeRegister';
import { createActivities } from '../../src/activities';
import { createMailer } from '../../src/activities/mailer';
import { decryptedPayloads } from '../../src/casework/temporal/payloads';
import { startWorkers } from '../../src/commands/workers';
import { startTemporal, type EmbeddedTemporal } from '../../src/embedded/temporal';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import type { Letter } from '../../src/domain/state/outbox';
import { dataConverterFor } from '../../src/privacy/dataConverter';
import { loadStaff } from '../../src/settings/staffFile';
import { caseFile, pathwayQueue, workflowIdOf, workflowType } from '../../src/workflows/messages';
import { startScriptedServer, type ScriptedServer } from '../activities/scriptedServer';
import { aCase } from '../support/aCase';
import { makeCurrent, testedBuilds } from '../support/builds';
import { freePorts } from '../support/freePorts';
import { until } from '../support/until';
import { openDatabase, type Database } from './database';
import { startWorker, workerSettings, type Running } from './service';

const staffFile = 'src/embedded/demo/staff.json';

describe('letters under way at a mail server that does not answer', () => {
  it('survive a killed worker: letters whose data had left are not sent again, the others are', async () => {
    const killed = await work();
    const handle = await opensACase();
    await until('one letter has left, and two wait', () => server.mails.length === 1 && server.clients.size === 3);
    // A worker that dies before this report arrived would send the letter again, as nothing can say that it left.
    await until('the engine knows that the letter has left', async () => (await reportedBy(handle)).length === 1);
    killed.child.kill('SIGKILL');
    await killed.gone;

    takesAll = true;
    const another = await work();
    await until('the engine has missed the worker, and no letter is under way', async () => {
      const letters = await lettersOf(handle);
      return letters.length === 1 && letters[0]?.nextTry !== null;
    });
    expect(await lettersOf(handle)).toMatchObject([{ to: 'caseworker-1', perhaps: 1 }]);
    expect(recipients()).toEqual(['care-coordinator-1@example.org', 'caseworker-1@example.org', 'police-1@example.org']);
    another.child.kill('SIGTERM');
    await another.ended;
  });

  it('are broken off by a stopping worker, which does not wait, and the engine gets each outcome', async () => {
    const mailer = createMailer({ smtpUrl: server.url, from: 'pathways@example.org' });
    const staff = loadStaff(staffFile);
    const log = { warn: () => undefined, error: () => undefined };
    const workers = await startWorkers({
      temporal,
      builds: await testedBuilds(),
      seals: database.seals,
      identity: 'worker@test',
      activities: createActivities({
        register: writtenNowhere,
        staff,
        partners: { partners: [] },
        keys: database.store.caseKeys,
        mailer,
        publicUrl: 'https://cases.example.org',
        log,
      }),
      watch: { mailer, operations: staff.operations, log },
      // The settings are those of npm start.
      stopping: { grace: '2s', force: '5s' },
    });
    const handle = await opensACase();
    await until('one letter has left, and two wait', () => server.mails.length === 1 && server.clients.size === 3);
    await workers.stop();
    mailer.close();
    await until('the mail server is left alone', () => server.clients.size === 0);

    takesAll = true;
    const another = await work();
    await until('no letter is under way', async () => (await lettersOf(handle)).every(({ nextTry }) => nextTry !== null));
    const left = (await lettersOf(handle)).map(({ to, perhaps }) => ({ to, perhaps }));
    expect(left).toContainEqual({ to: 'caseworker-1', perhaps: 1 });
    expect(left.filter(({ perhaps }) => perhaps !== undefined)).toHaveLength(1);
    another.child.kill('SIGTERM');
    await another.ended;
  });
});

let directory: string;
let temporal: EmbeddedTemporal;
let database: Database;
let connection: Connection;
let client: Client;
let server: ScriptedServer;
let takesAll = false;
let opened = 0;
const workers: Running[] = [];

/** The case was registered a minute ago, so its first mail is due at once. */
async function opensACase(): Promise<WorkflowHandle> {
  opened += 1;
  const registered = new Date(Date.now() - 60_000).toLocaleString('sv-SE', { timeZone: 'Europe/Amsterdam' });
  const start = { ...aCase({ registered: registered.replace(' ', 'T').slice(0, 16) }).file.start, reference: `BT-TEST-${opened}` };
  await database.seals.keys.make(start.reference, start.office);
  return client.workflow.start(workflowType, {
    workflowId: workflowIdOf(start.reference),
    taskQueue: pathwayQueue,
    args: [{ version: 1, start }],
  });
}

async function lettersOf(handle: WorkflowHandle): Promise<readonly Letter[]> {
  return (await handle.query(caseFile)).outbox.letters;
}

/** The outcomes that the engine knows of the activities under way. */
async function reportedBy(handle: WorkflowHandle): Promise<unknown[]> {
  const { raw } = await handle.describe();
  const beats = (raw.pendingActivities ?? []).flatMap(({ heartbeatDetails }) => heartbeatDetails?.payloads ?? []);
  return (await decryptedPayloads(client, handle.workflowId, beats)).flat();
}

/** The mails that arrived completely, with repeats. */
function recipients(): string[] {
  return server.mails.map((mail) => /^To: (.*)$/m.exec(mail)?.[1]?.trim() ?? '').sort();
}

async function work(): Promise<Running> {
  const worker = startWorker(workerSettings(temporal, database, server.url));
  workers.push(worker);
  await worker.ready();
  await makeCurrent(client);
  return worker;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'letters-under-way-'));
  const [port = 0] = await freePorts(1);
  const databaseFile = join(directory, 'temporal.db');
  database = await openDatabase();
  temporal = await startTemporal({ executable: await findTemporalCli(), port, databaseFile });
  connection = await Connection.connect({ address: temporal.address });
  client = new Client({ connection, dataConverter: dataConverterFor(database.seals, 'asking') });
});
beforeEach(async () => {
  takesAll = false;
  // The server accepts the caseworker's letter and never answers. For the other letters it never accepts the address.
  server = await startScriptedServer({
    RCPT: (_, command) => (takesAll || command.includes('caseworker-1') ? '250 2.1.5 ok' : undefined),
    end: () => (takesAll ? '250 2.0.0 queued' : undefined),
  });
});
afterEach(() => server.stop());
afterAll(async () => {
  for (const { child } of workers) child.kill('SIGTERM');
  await Promise.all(workers.map(({ ended }) => ended));
  await connection.close();
  await database.stop();
  await temporal.stop();
  await rm(directory, { recursive: true, force: true });
});
