import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { startTemporal, type EmbeddedTemporal } from '../../src/embedded/temporal';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import { dataConverterFor } from '../../src/privacy/dataConverter';
import { countOf, openCasesOn } from '../../src/releases/deployment';
import { keepBuild, type KeptBuild } from '../../src/releases/keptBuilds';
import { makeCurrent, moveCases } from '../../src/releases/move';
import { caseFile, pathwayQueue, recordAndShow, workflowIdOf, workflowTaskTimeout, workflowType } from '../../src/workflows/messages';
import { sameRules, todaysBuild } from '../release/support/changedBuild';
import { aCase, callerOf } from '../support/aCase';
import { freePorts } from '../support/freePorts';
import { until } from '../support/until';
import { openPostOffice, type PostOffice } from '../workflows/support/postOffice';
import { openDatabase, type Database } from './database';
import { startWorker, workerSettings, type Running } from './service';

const cases = 20;

describe('a worker that is killed in the middle of a release', () => {
  it('is replaced, and the release goes on: every case goes over with its facts, and nobody gets a mail twice', async () => {
    const [today, next] = [await todaysBuild(), await sameRules('the next release')];
    await keeps(today);
    const first = await work();
    await makeCurrent(release(today));
    const handles = await Promise.all(Array.from({ length: cases }, (_, each) => opens(`BT-TEST-${each}`)));
    await Promise.all(
      handles.map((handle) => {
        const telling = { fact: { type: 'reflectionStarted', on: start.indication.observedOn }, by: callerOf('police') } as const;
        return handle.executeUpdate(recordAndShow, { args: [{ ...telling, receivedAt: start.registeredAt }] });
      }),
    );
    await until('everybody has their first mail', () => messageIds().size === 3 * cases);
    first.child.kill('SIGTERM');
    await first.ended;

    await keeps(next);
    const killed = await work();
    const released = moveCases(release(next));
    released.catch(() => undefined);
    await until('some cases are over', async () => (await countOf(client, openCasesOn(next.build))) > 2);
    killed.child.kill('SIGKILL');
    await killed.gone;
    await work();
    await released;
    expect(await countOf(client, openCasesOn(next.build))).toBe(cases);
    const files = await Promise.all(handles.map((handle) => handle.query(caseFile)));
    expect(files.map(({ entries }) => entries.map(({ type }) => type))).toEqual(handles.map(() => ['reflectionStarted']));
    expect(post.mails).toHaveLength(messageIds().size);
    expect(messageIds().size).toBe(3 * cases);
  });
});

/** The cases were registered a minute ago, so their first mail is due at once. */
const { start } = aCase({
  registered: new Date(Date.now() - 60_000).toLocaleString('sv-SE', { timeZone: 'Europe/Amsterdam' }).replace(' ', 'T').slice(0, 16),
}).file;

async function opens(reference: string) {
  await database.seals.keys.make(reference, start.office);
  return client.workflow.start(workflowType, {
    workflowId: workflowIdOf(reference),
    taskQueue: pathwayQueue,
    workflowTaskTimeout,
    args: [{ version: 1, start: { ...start, reference } }],
  });
}

function release({ build: target }: KeptBuild) {
  return { client, target, perSecond: 5, tell: () => undefined, stopping: new AbortController().signal };
}

async function keeps(build: KeptBuild): Promise<void> {
  const code = await build.code();
  await keepBuild(builds, { build: build.build, code }, { version: 'tested', date: '2026-01-01', stays: (earlier) => earlier });
}

function messageIds(): ReadonlySet<string> {
  return new Set(post.mails.map(({ messageId }) => messageId));
}

async function work(): Promise<Running> {
  const worker = startWorker({ ...workerSettings(temporal, database, post.url), WORKFLOWS_DIR: builds });
  workers.push(worker);
  await worker.ready();
  return worker;
}

let directory: string;
let builds: string;
let temporal: EmbeddedTemporal;
let database: Database;
let connection: Connection;
let client: Client;
let post: PostOffice;
const workers: Running[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'release-killed-'));
  builds = join(directory, 'workflows');
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
  await temporal.stop();
  await post.goesAway();
  await rm(directory, { recursive: true, force: true });
});
