import type { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { startPathwayWorkers, type PathwayWorkers } from '../../src/commands/pathwayWorkers';
import { registerSearchAttributes } from '../../src/embedded/searchAttributes';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import { announce, countOf, knownBuilds, openCasesOn, setCurrent } from '../../src/releases/deployment';
import type { KeptBuild } from '../../src/releases/keptBuilds';
import { makeCurrent } from '../../src/releases/move';
import { deployment, pathwayQueue, workflowIdOf, workflowType } from '../../src/workflows/messages';
import { sameRules, todaysBuild } from '../release/support/changedBuild';
import { aCase } from '../support/aCase';
import { testConverter } from '../support/key';
import { until } from '../support/until';

describe('a worker process that keeps two builds', () => {
  it('runs the former one while a release asks for it, it is current, or cases are open on it', async () => {
    const workers = await start();
    await until('today is current', () => setCurrent(client, today.build));
    expect(states()).toEqual({ [today.build]: ['RUNNING'] });

    await announce(client, former.build);
    await until('the release has its worker', () => setCurrent(client, former.build));
    const theCase = await begin('BT-TEST-1');
    await until('the case is on the former build', async () => (await countOf(client, openCasesOn(former.build))) === 1);
    await setCurrent(client, today.build);
    await askedAgain();
    expect(states()).toEqual({ [today.build]: ['RUNNING'], [former.build]: ['RUNNING'] });

    await theCase.terminate();
    await until('the former build has no worker', () => states()[former.build]?.every((state) => state === 'STOPPED') === true);
    expect(states()).toEqual({ [today.build]: ['RUNNING'], [former.build]: ['STOPPED'] });
    workers.stop();
    await workers.ended;
  });

  it('is asked for the former one before a release makes that current', async () => {
    const workers = await start();
    await until('today is current', () => setCurrent(client, today.build));
    await until('the former build has no worker', () => states()[former.build]?.includes('RUNNING') !== true);
    const clock = laterBy(100_000);
    const release = makeCurrent({ client, target: former.build, tell: () => undefined, stopping: new AbortController().signal });
    await until('it has its worker', () => states()[former.build]?.includes('RUNNING') === true);
    // No worker of it was heard by that clock.
    expect((await knownBuilds(client)).current).toBe(today.build);
    clock.mockRestore();
    expect(await release).toBe(today.build);
    expect((await knownBuilds(client)).current).toBe(former.build);
    await until('today is current', () => setCurrent(client, today.build));
    workers.stop();
    await workers.ended;
  });

  it('keeps a worker if the lists show no case once', async () => {
    await announce(client, former.build);
    const workers = await start();
    await until('the former build is current', () => setCurrent(client, former.build));
    const theCase = await begin('BT-TEST-2');
    await until('the case is on the former build', async () => (await countOf(client, openCasesOn(former.build))) === 1);
    await setCurrent(client, today.build);
    await askedAgain();
    const count = jest.spyOn(client.workflow, 'count').mockResolvedValueOnce({ count: 0, groups: [] });
    await until('it asked twice more', () => count.mock.calls.length >= 2);
    count.mockRestore();
    expect(states()[former.build]).toEqual(['RUNNING']);
    await theCase.terminate();
    await until('the former build has no worker', () => states()[former.build]?.every((state) => state === 'STOPPED') === true);
    workers.stop();
    await workers.ended;
  });

  it('leaves nothing behind if it is stopped while it asks', async () => {
    let letGo: () => void = () => undefined;
    let isHeld = false;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const workers = await start(async (build) => {
      const worker = await make(build);
      if (build.build !== former.build) return worker;
      isHeld = true;
      await held;
      return worker;
    });
    await announce(client, former.build);
    await until('the worker of the former build is being made', () => isHeld);
    workers.stop();
    letGo();
    await workers.ended;
    expect(states()).toEqual({ [today.build]: ['STOPPED'], [former.build]: ['STOPPED'] });
  });

  it('stops as a whole when the worker of one build fails', async () => {
    const workers = await start(async (build) => {
      const worker = await make(build);
      const run = worker.run.bind(worker);
      if (build.build === former.build) worker.run = () => run().then(() => Promise.reject(new Error('the worker broke')));
      return worker;
    });
    expect(states()).toEqual({ [today.build]: ['RUNNING'], [former.build]: ['RUNNING'] });
    made.find(({ build }) => build === former.build)?.worker.shutdown();
    await expect(workers.ended).rejects.toThrow('the worker broke');
    workers.stop();
    await until('all have stopped', () => made.every(({ worker }) => worker.getState() === 'STOPPED'));
  });

  it('leaves nothing behind if it cannot start the newest build', async () => {
    const starting = start((build) => (build.build === today.build ? Promise.reject(new Error('no such file')) : make(build)));
    await expect(starting).rejects.toThrow('no such file');
    expect(states()).toEqual({});
  });

  it('goes on while the file of one is damaged, says so once, and runs it when the file is mended', async () => {
    await announce(client, former.build);
    let isDamaged = true;
    let tries = 0;
    const damaged: KeptBuild = { ...former, code: async () => (isDamaged ? Promise.reject(new Error('damaged')) : former.code()) };
    const told: string[] = [];
    const workers = await startPathwayWorkers({
      ...following,
      builds: [today, damaged],
      create: (build) => {
        if (build === damaged) tries += 1;
        return make(build);
      },
      onUnusable: (build) => void told.push(build),
    });
    await until('it tried again', () => tries >= 2);
    expect([told, [...workers.unusable]]).toEqual([[former.build], [former.build]]);
    expect(states()).toEqual({ [today.build]: ['RUNNING'] });
    isDamaged = false;
    await until('it has its worker', () => states()[former.build]?.includes('RUNNING') === true);
    expect(workers.unusable.size).toBe(0);
    await announce(client, null);
    workers.stop();
    await workers.ended;
  });
});

let env: TestWorkflowEnvironment;
let client: Client;
let today: KeptBuild;
let former: KeptBuild;
let following: Pick<Parameters<typeof startPathwayWorkers>[0], 'client' | 'everyMs' | 'onUnknown' | 'onUnusable'>;
let made: { readonly build: string; readonly worker: Worker }[] = [];

beforeAll(async () => {
  const server = { executable: { type: 'existing-path' as const, path: await findTemporalCli() }, ip: '127.0.0.1' };
  env = await TestWorkflowEnvironment.createLocal({ server, client: { dataConverter: testConverter('asking') } });
  client = env.client;
  await registerSearchAttributes(env.connection, 'default');
  [today, former] = await Promise.all([todaysBuild(), sameRules('former')]);
  following = { client, everyMs: 200, onUnknown: () => undefined, onUnusable: () => undefined };
});
beforeEach(() => {
  made = [];
});
afterAll(() => env.teardown());

function start(create: (build: KeptBuild) => Promise<Worker> = make): Promise<PathwayWorkers> {
  return startPathwayWorkers({ ...following, builds: [today, former], create });
}

async function make(build: KeptBuild): Promise<Worker> {
  const worker = await Worker.create({
    connection: env.nativeConnection,
    dataConverter: testConverter('thinking'),
    taskQueue: pathwayQueue,
    workflowBundle: { code: await build.code() },
    workerDeploymentOptions: {
      version: { deploymentName: deployment, buildId: build.build },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'PINNED',
    },
  });
  made.push({ build: build.build, worker });
  return worker;
}

/** The states of all workers that were made in this test, by their build. */
function states(): Record<string, string[]> {
  const builds = [...new Set(made.map(({ build }) => build))];
  return Object.fromEntries(
    builds.map((build) => [build, made.filter((each) => each.build === build).map(({ worker }) => worker.getState())]),
  );
}

function begin(reference: string) {
  const args = [{ version: 1, start: { ...aCase().file.start, reference } }];
  return client.workflow.start(workflowType, { workflowId: workflowIdOf(reference), taskQueue: pathwayQueue, args });
}

/** Resolves when the process has asked twice more for the open cases of the former build. */
async function askedAgain(): Promise<void> {
  const count = jest.spyOn(client.workflow, 'count');
  await until('it asked twice', () => count.mock.calls.length >= 2);
  count.mockRestore();
}

/** The clock of this process goes fast: what the engine heard is long ago. */
function laterBy(ms: number) {
  const now = Date.now.bind(Date);
  return jest.spyOn(Date, 'now').mockImplementation(() => now() + ms);
}
