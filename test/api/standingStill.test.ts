import { healthAnswer, problemShape } from '../../src/api/responses/problemSchemas';
import { createMailer, type Mailer } from '../../src/activities/mailer';
import { workersHeard } from '../../src/casework/temporal/workersHeard';
import { startWorkers, type RunningWorkers } from '../../src/commands/workers';
import { pathwayQueue, watchId, workflowIdOf } from '../../src/workflows/messages';
import { openPostOffice, type PostOffice } from '../workflows/support/postOffice';
import { makeCurrent, testedBuilds } from '../support/builds';
import { registerInMemory } from '../support/registerInMemory';
import { until } from '../support/until';
import { everythingArrives, startService, type Service } from './support/service';

const operations = 'operations@example.org';

describe('a worker', () => {
  it('is there for the cases once its build is current', async () => {
    await until('Temporal hears it', async () => (await workersHeard(service.client, 'default')).length > 0);
    expect(await ready()).toMatchObject({ status: 503, body: { code: 'not-ready', parts: { temporal: 'up', worker: 'down' } } });
    await becomesCurrent();
    expect((await ready()).body).toMatchObject({ status: 'ready', parts: { worker: 'up' } });
  });
});

describe('a case whose clock does not move', () => {
  it('makes readiness fail and operations get a mail: at once if ended, at the second look if blocked', async () => {
    expect(await ready()).toMatchObject({ status: 200, body: { cases: { ended: 0, blocked: 0, stranded: 0 } } });

    await post.goesAway();
    const ended = await service.open();
    await service.client.workflow.getHandle(workflowIdOf(ended)).terminate('a mistake');
    await until('one has ended', async () => (await ready()).body.cases.ended === 1);
    expect(logged).toContainEqual([{ reference: ended }, 'a case stands still: its run has ended']);
    await until('nobody reads it as if it went on', async () => {
      const { status } = await service.as('caseworker-1').get(`/v1/pathways/${ended}`);
      return status === 410;
    });
    await until('the mail did not leave', () =>
      logged.some(([, message]) => message === 'operations could not be notified that cases stand still'),
    );
    await post.comesBack();
    await until('operations has its mail', () => post.to(operations).length > 0);

    await service.keys.make(blocked, 'amsterdam');
    await service.client.workflow.start('pathway', {
      workflowId: workflowIdOf(blocked),
      taskQueue: pathwayQueue,
      args: [{ version: 1, start: null }],
    });
    await until('one is blocked', async () => (await ready()).body.cases.blocked === 1);
    expect(await ready()).toMatchObject({ status: 200, body: { status: 'ready', cases: { ended: 1, blocked: 1 } } });
    expect(logged).toContainEqual([{ reference: blocked }, 'a case stands still: it is blocked']);
  });

  it('is reported once a day, also after another worker takes over the watch', async () => {
    await stopWorking();
    logged = [];
    await work();
    await until('the other looks', () => logged.length === 2);
    expect(await ready()).toMatchObject({ status: 200, body: { cases: { ended: 1, blocked: 1 } } });
    const [mail, ...more] = post.to(operations);
    expect(more).toEqual([]);
    expect(mail?.raw).toMatch(/^Subject: Dossiers staan stil \(1\)\r?$/m);
    expect(mail?.raw).not.toContain('BT-');
  });

  it('does not count any more after it is deleted', async () => {
    const { workflowService } = service.client;
    await workflowService.deleteWorkflowExecution({ namespace: 'default', workflowExecution: { workflowId: workflowIdOf(blocked) } });
    await until('none is blocked', async () => (await ready()).body.cases.blocked === 0);
  });
});

describe('a user who ends all workflows', () => {
  it('ends the watch only until it starts again', async () => {
    const watch = service.client.workflow.getHandle(watchId);
    const { runId } = await watch.describe();
    await watch.terminate('a mistake');
    await until('somebody watches again', async () => (await watch.describe()).runId !== runId);
    await until('ready hears of it', async () => (await ready()).body.parts.clock !== undefined);
  });
});

describe('the clock of the API', () => {
  it.each([
    ['right', 0, 200, 'up'],
    ['half a minute ahead', 30, 200, 'up'],
    ['half a minute behind', -30, 200, 'up'],
    ['more than a minute ahead', 90, 503, 'down'],
    ['more than a minute behind', -90, 503, 'down'],
  ])('is compared with the clock of Temporal: %s', async (_, seconds, status, clock) => {
    offBy = seconds * 1_000;
    const answer = await ready();
    offBy = 0;
    expect([answer.status, answer.body.parts]).toEqual([status, { temporal: 'up', worker: 'up', issuer: 'up', clock }]);
  });
});

const registerTable = registerInMemory();
const blocked = 'BT-0000-0000-0000-0';
let service: Service;
let post: PostOffice;
let mailer: Mailer;
let workers: RunningWorkers | undefined;
let logged: [object, string][] = [];
let offBy = 0;

beforeAll(async () => {
  // Here the engine marks a case as blocked after two failed tasks, not five, which saves a minute.
  const engineArgs = ['--dynamic-config-value', 'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=2'];
  [service, post] = await Promise.all([
    startService({ worker: false, engineArgs, registerTable, clock: () => Date.now() + offBy }),
    openPostOffice(),
  ]);
  mailer = createMailer({ smtpUrl: post.url, from: 'pathways@example.org' });
  await startWorking();
});
afterAll(async () => {
  await stopWorking();
  mailer.close();
  await Promise.all([service.stop(), post.goesAway()]);
});

async function work(): Promise<void> {
  await startWorking();
  await becomesCurrent();
}

async function startWorking(): Promise<void> {
  const note = (fields: object, message: string) => void logged.push([fields, message]);
  workers = await startWorkers({
    temporal: { address: service.env.address, namespace: 'default' },
    builds: await testedBuilds(),
    seals: service.seals,
    identity: 'worker@test',
    activities: everythingArrives,
    watch: { mailer, operations, log: { warn: note, error: note }, everyMs: 500, register: registerTable },
    // The watch never ends by itself, so a stop that waited for it would never end.
    stopping: { grace: '600s', force: '900s' },
  });
}

async function becomesCurrent(): Promise<void> {
  await makeCurrent(service.client);
  await until('a worker of the build is heard', async () => (await ready()).body.parts.worker === 'up');
  await until('somebody watches, and has looked once', async () => {
    const { cases, parts } = (await ready()).body;
    return cases !== undefined && parts.clock !== undefined;
  });
}

async function stopWorking(): Promise<void> {
  await workers?.stop();
}

async function ready() {
  const answer = await service.send('GET', '/v1/health/ready');
  const shape = answer.status === 200 ? healthAnswer.strict() : problemShape.strict();
  expect(shape.parse(answer.body)).toEqual(answer.body);
  return answer;
}
