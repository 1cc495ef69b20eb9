import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { createActivities, localActivities } from '../../src/activities';
import { createMailer, type Mailer } from '../../src/activities/mailer';
import { activityTuning } from '../../src/commands/workers';
import { later, minutesBetween } from '../../src/domain/basics/calendar';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import { registerSearchAttributes } from '../../src/embedded/searchAttributes';
import { loadStaff } from '../../src/settings/staffFile';
import { effectKinds, effects } from '../../src/workflows/effects';
import { keptNowhere } from '../../src/privacy/derivedKeys';
import { writtenNowhere } from '../../src/activities/writeRegister';
import * as messages from '../../src/workflows/messages';
import { startScriptedServer, type ScriptedServer } from '../activities/scriptedServer';
import { callerOf, freshCase } from '../support/aCase';
import { testConverter } from '../support/key';
import { until } from '../support/until';
import { workflowBundlePath } from '../support/workflowBundle';

describe('a case with a long history', () => {
  it('breaks off letters under way and continues in a new run; only letters that may have arrived wait long for their retry', async () => {
    const handle = await client.workflow.start(messages.workflowType, {
      workflowId: messages.workflowIdOf(start.reference),
      taskQueue: messages.pathwayQueue,
      args: [{ version: 1, start }],
    });
    const current = client.workflow.getHandle(handle.workflowId);
    await until('one letter has left, and two cannot', () => server.mails.length === 1 && server.clients.size === 3);
    for (const purpose of ['medical', 'placement', 'registration', 'returnDataExchange']) {
      const fact = { type: 'consentGiven', purpose, on: start.indication.observedOn } as const;
      await current.executeUpdate(messages.recordAndShow, { args: [{ fact, by: callerOf('caseworker'), receivedAt: start.registeredAt }] });
    }
    await until('a new run has begun', async () => (await current.describe()).runId !== handle.firstExecutionRunId);
    await until('the mail server is left alone', () => server.clients.size === 0);
    const { entries, outbox } = await current.query(messages.caseFile);
    expect(entries).toHaveLength(4);
    const waits = outbox.letters.map(({ to, nextTry, firstTry, perhaps }) => ({
      to,
      perhaps,
      hours: Math.round(minutesBetween(firstTry, nextTry ?? later(firstTry, 'PT100H')) / 15) / 4,
    }));
    expect(waits.sort((one, other) => one.to.localeCompare(other.to))).toEqual([
      { to: 'care-coordinator-1', perhaps: undefined, hours: 0.25 },
      { to: 'caseworker-1', perhaps: 1, hours: 4 },
      { to: 'police-1', perhaps: undefined, hours: 0.25 },
    ]);
  });
});

const { start } = freshCase().file;

let env: TestWorkflowEnvironment;
let client: Client;
let server: ScriptedServer;
let mailer: Mailer;
let workers: Worker[];
let running: Promise<unknown>;

beforeAll(async () => {
  // The server accepts the caseworker's letter and never answers. For the other letters it never accepts the address.
  server = await startScriptedServer({
    RCPT: (_, command) => (command.includes('caseworker-1') ? '250 2.1.5 ok' : undefined),
    end: () => undefined,
  });
  mailer = createMailer({ smtpUrl: server.url, from: 'pathways@example.org' });
  const staff = loadStaff('src/embedded/demo/staff.json');
  const activities = createActivities({ staff, keys: keptNowhere, register: writtenNowhere, partners: { partners: [] }, mailer, publicUrl: 'http://localhost:3000' });
  env = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: await findTemporalCli() },
      ip: '127.0.0.1',
      extraArgs: ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=20'],
    },
  });
  await registerSearchAttributes(env.connection, 'default');
  client = new Client({ connection: env.connection, dataConverter: testConverter('asking') });
  const connection = env.nativeConnection;
  const [thinking, acting] = [testConverter('thinking'), testConverter('acting')];
  workers = await Promise.all([
    Worker.create({
      connection,
      dataConverter: thinking,
      taskQueue: messages.pathwayQueue,
      workflowBundle: { codePath: workflowBundlePath },
      ...localActivities(activities),
    }),
    ...effectKinds.map((kind) =>
      Worker.create({
        connection,
        dataConverter: acting,
        taskQueue: effects[kind].taskQueue,
        activities: activities[kind],
        ...activityTuning(kind),
      }),
    ),
  ]);
  running = Promise.allSettled(workers.map((worker) => worker.run()));
});
afterAll(async () => {
  for (const worker of workers) worker.shutdown();
  await running;
  mailer.close();
  await Promise.all([env.teardown(), server.stop()]);
});
