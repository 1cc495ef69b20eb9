import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { Activities } from '../../src/activities';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import { registerSearchAttributes } from '../../src/embedded/searchAttributes';
import { dataConverterFor } from '../../src/privacy/dataConverter';
import * as messages from '../../src/workflows/messages';
import { aCase, callerOf } from '../support/aCase';
import { testKey } from '../support/key';
import { workflowBundlePath } from '../support/workflowBundle';

describe('a case whose history has grown long', () => {
  it('goes on in a new run while letters are under way, and sends those again under the same name', async () => {
    const handle = await client.workflow.start(messages.workflowType, {
      workflowId: messages.workflowIdOf(start.reference),
      taskQueue: messages.pathwayQueue,
      args: [{ version: 1, start }],
    });
    const [first] = await sent(1);
    for (const purpose of ['medical', 'placement', 'registration', 'returnDataExchange']) {
      const fact = { type: 'consentGiven', purpose, on: start.indication.observedOn } as const;
      await client.workflow
        .getHandle(handle.workflowId)
        .executeUpdate(messages.recordFact, { args: [{ fact, by: callerOf('caseworker'), receivedAt: start.registeredAt }] });
    }
    const [, again] = await sent(2);
    expect(again).toEqual(first);
    const current = client.workflow.getHandle(handle.workflowId);
    expect((await current.describe()).runId).not.toBe(handle.firstExecutionRunId);
    expect((await current.query(messages.caseFile)).entries).toHaveLength(4);
  });
});

/** The letters of each order so far: the first order is answered when all is over, every later one at once. */
let end = (): void => undefined;
const atTheEnd = new Promise<void>((resolve) => (end = resolve));
const orders: string[][] = [];
const activities: Pick<Activities, 'sendDigests'> = {
  sendDigests: ({ letters }) => {
    orders.push(letters.map(({ id }) => id));
    const answer = letters.map(({ id }) => ({ id, outcome: 'delivered' as const }));
    return orders.length === 1 ? atTheEnd.then(() => answer) : Promise.resolve(answer);
  },
};

async function sent(count: number): Promise<string[][]> {
  while (orders.length < count) await new Promise((resolve) => setTimeout(resolve, 50));
  return orders;
}

/** Registered a minute ago: its first mail is due at once. */
const { start } = aCase({ registered: aMinuteAgo() }).file;

function aMinuteAgo(): string {
  return new Date(Date.now() - 60_000).toLocaleString('sv-SE', { timeZone: 'Europe/Amsterdam' }).replace(' ', 'T').slice(0, 16);
}

let env: TestWorkflowEnvironment;
let client: Client;
let workers: Worker[];
let running: Promise<unknown>;

beforeAll(async () => {
  env = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: await findTemporalCli() },
      ip: '127.0.0.1',
      extraArgs: ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=20'],
    },
  });
  await registerSearchAttributes(env.connection, 'default');
  const dataConverter = dataConverterFor(testKey);
  client = new Client({ connection: env.connection, dataConverter });
  const common = { connection: env.nativeConnection, dataConverter } as const;
  workers = await Promise.all([
    Worker.create({ ...common, taskQueue: messages.pathwayQueue, workflowBundle: { codePath: workflowBundlePath } }),
    Worker.create({ ...common, taskQueue: messages.notifyQueue, activities }),
  ]);
  running = Promise.allSettled(workers.map((worker) => worker.run()));
});
afterAll(async () => {
  end();
  for (const worker of workers) worker.shutdown();
  await running;
  await env.teardown();
});
