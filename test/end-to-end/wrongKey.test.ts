import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { requireKeys } from '../../src/commands/requireKeys';
import { startTemporal, type EmbeddedTemporal } from '../../src/embedded/temporal';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import { keyFiles } from '../../src/privacy/keyFiles';
import { localMasterKey, localMasterKeys } from '../../src/privacy/masterKey';
import { pathwayQueue, workflowIdOf, workflowType } from '../../src/workflows/messages';
import { freePorts } from '../support/freePorts';
import { testKey } from '../support/key';
import { until } from '../support/until';
import { openDatabase, testMasterKey, type Database } from './database';
import { installations, start, startApi, startWorker, token, type Ended, type Running, type Settings } from './service';

const other = Buffer.alloc(32, 99).toString('base64');
const nothing = 'nothing was started and nothing is lost';

describe('keys that do not fit the existing cases', () => {
  describe.each([
    ['npm run start:api', startApi],
    ['npm run start:worker', startWorker],
  ])('keep %s from starting, with one line:', (_, command) => {
    it.each([
      ['another system key', { SYSTEM_KEY: other }, `SYSTEM_KEY is not the system key of these cases: ${nothing}; put their key back`],
      [
        'other master keys',
        { MASTER_KEYS: other },
        `MASTER_KEYS lacks the master key ${localMasterKey(testMasterKey).id}, under which are keys of cases: ${nothing}; put it back`,
      ],
    ])('%s', async (__, changes, line) => {
      expect(await ended(command({ ...production(), ...changes }))).toMatchObject({ code: 1, stdout: '', stderr: `${line}\n` });
    });
  });

  it('are accepted while the right master key is among them', async () => {
    const worker = startWorker({ ...production(), MASTER_KEYS: `${other},${testMasterKey.toString('base64')}` });
    running.push(worker);
    await worker.ready();
  });

  it('are reported if the database is that of no case, and Temporal has cases', async () => {
    const another = await openedDatabase();
    await beginWithoutDatabase('BT-1');
    const line = `the database holds no key, and there are cases: ${nothing}; give it back the database of these cases\n`;
    expect(await ended(startApi({ ...production(), ...another.variables }))).toMatchObject({ code: 1, stdout: '', stderr: line });
  });

  let temporal: EmbeddedTemporal;
  let database: Database;
  let directory: string;
  let apiPort: number;
  let running: Running[] = [];

  const databases: Database[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'wrong-key-'));
    const [port = 0, free = 0] = await freePorts(2);
    apiPort = free;
    temporal = await startTemporal({ executable: await findTemporalCli(), port, databaseFile: join(directory, 'temporal.db') });
    database = await openedDatabase();
    await database.seals.keys.make('BT-1', 'amsterdam');
  });
  afterEach(async () => {
    for (const { child } of running) if (child.exitCode === null) child.kill('SIGTERM');
    await Promise.all(running.map((each) => each.ended));
    running = [];
  });
  afterAll(async () => {
    await Promise.all([...databases, temporal].map((server) => server.stop()));
    await rm(directory, { recursive: true, force: true });
  });

  /** A database that a process has used with the right keys. */
  async function openedDatabase(): Promise<Database> {
    const opened = await openDatabase();
    databases.push(opened);
    const given = {
      systemKey: testKey,
      masterKeys: localMasterKeys(() => [testMasterKey]),
      keptIn: { system: 'SYSTEM_KEY', masters: 'MASTER_KEYS' },
    };
    await requireKeys({ store: opened.store, temporal }, given);
    return opened;
  }

  async function ended(command: Running): Promise<Ended> {
    running.push(command);
    return command.ended;
  }

  async function beginWithoutDatabase(reference: string): Promise<void> {
    const connection = await Connection.connect({ address: temporal.address });
    const client = new Client({ connection });
    const workflowId = workflowIdOf(reference);
    await client.workflow.start(workflowType, { workflowId, taskQueue: pathwayQueue, args: [] });
    await until(`${reference} is listed`, async () => (await client.workflow.count(`WorkflowId = '${workflowId}'`)).count > 0);
    await connection.close();
  }

  function production() {
    return {
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      ...database.variables,
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
});

describe('the keys of npm start', () => {
  it('belong to its cases: others are refused with one line, and with the right ones the cases are there again', async () => {
    const reference = await openedOnce();
    const { system, masters } = keyFiles(dataDir);
    for (const [file, line] of [
      [system, `${system} is not the system key of these cases: ${nothing}; put their key back\n`],
      [masters, expect.stringMatching(/^\S+master\.keys lacks the master key [0-9a-f]{16}, under which are keys of cases: [^\n]+\n$/)],
    ] as const) {
      const right = await readFile(file);
      await writeFile(file, other);
      expect(await begin(start(settings)).ended).toMatchObject({ code: 1, stdout: '', stderr: line });
      await rename(file, `${file}.aside`);
      const gone = `${file} is gone, and without it no case in ${dataDir} can be read: put it back, or set DATA_DIR\n`;
      expect(await begin(start(settings)).ended).toMatchObject({ code: 1, stdout: '', stderr: gone });
      await writeFile(file, right);
      await rm(`${file}.aside`);
    }
    await begin(start(settings)).ready();
    expect(await read(reference)).toMatchObject({ reference, stage: 'intake' });
  });

  /** Starts the service, opens a case and stops it. */
  async function openedOnce(): Promise<string> {
    const service = begin(start(settings));
    await service.ready();
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
    const person = { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'XX' };
    const { reference } = await sent('', { indication: { observedOn: today, by: 'police' }, office: 'amsterdam', person });
    service.child.kill('SIGTERM');
    await service.ended;
    return reference ?? '';
  }

  const read = (reference: string) => sent(`/${reference}`);

  async function sent(path: string, body?: object): Promise<Record<string, string>> {
    const bearer = (await begin(token(settings, 'caseworker-1')).ended).stdout.trim();
    const answer = await fetch(`http://localhost:${settings.API_PORT}/v1/pathways${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${bearer}`, 'Idempotency-Key': 'once', 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as Record<string, string>;
  }

  let settings: Settings;
  let dataDir: string;
  const { begin } = installations((made) => ({ settings, dataDir } = made));
});
