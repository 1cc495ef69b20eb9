import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter, TypedSearchAttributes } from '@temporalio/common';
import { decode } from '@temporalio/common/lib/internal-non-workflow';
import { problemShape } from '../../src/api/responses/problemSchemas';
import { triedOnce } from '../../src/casework/temporal/retryPolicy';
import { pathwayQueue, searchAttributes, workflowIdOf } from '../../src/workflows/messages';
import { intake, startService, type Answer, type Service } from './support/service';

const fact = { type: 'interviewHeld' };

describe('while no worker runs', () => {
  it('a case opens and is read all the same, facts have to wait, and a repeat is recorded once', async () => {
    const service = await started({ worker: false, patienceMs: 60_000 });
    const impatient = await service.anotherApi({ patienceMs: 1_500 });
    const [opening, key] = [randomUUID(), randomUUID()];
    const opened = await service.as('caseworker-1').post('/v1/pathways', intake(), opening);
    expect([opened.status, opened.body.stage]).toEqual([201, 'intake']);
    const { reference } = opened.body;

    expect((await impatient.as('caseworker-1').get(`/v1/pathways/${reference}`)).status).toBe(200);
    const waiting = [
      await impatient.as('police-1').tell(reference, fact, key),
      await impatient.as('caseworker-1').post('/v1/pathways', intake(), opening),
    ];
    for (const answer of waiting) comesBackLater(answer, 'no-answer');
    isNotThere(await impatient.as('caseworker-rotterdam-1').get(`/v1/pathways/${reference}`));
    expect((await service.send('GET', '/v1/health/ready')).body.parts).toEqual({ temporal: 'up', worker: 'down', issuer: 'up' });
    expect((await service.send('GET', '/v1/health/live')).status).toBe(200);

    await service.work();
    expect((await service.as('caseworker-1').post('/v1/pathways', intake(), opening)).body.reference).toBe(reference);
    expect((await service.as('police-1').tell(reference, fact, key)).status).toBe(201);
    expect((await service.as('police-1').get(`/v1/pathways/${reference}/facts`)).body.items).toHaveLength(1);
    expect((await service.send('GET', '/v1/health/ready')).body).toEqual({
      status: 'ready',
      parts: { temporal: 'up', worker: 'up', issuer: 'up' },
    });
  });
});

describe('while the engine is out of reach', () => {
  it('every request about a case has to wait, lists go on, and the service reports that it is not ready', async () => {
    const client = new Client({ connection: Connection.lazy({ address: '127.0.0.1:1', ...triedOnce }) });
    const service = await started({ client, worker: false });
    const answers = await Promise.all([
      service.as('caseworker-1').post('/v1/pathways', intake()),
      service.as('caseworker-1').get('/v1/pathways/BT-0000-0000-0000-0'),
      service.as('police-1').tell('BT-0000-0000-0000-0', fact),
    ]);
    for (const answer of answers) comesBackLater(answer, 'no-answer');
    expect((await service.as('caseworker-1').get('/v1/pathways')).status).toBe(200);
    expect((await service.send('GET', '/v1/health/ready')).body).toMatchObject({
      code: 'not-ready',
      parts: { temporal: 'down', worker: 'down' },
    });
  });
});

describe('a case that our own fault blocks', () => {
  it('is reported as blocked, and callers may try again later', async () => {
    const service = await started({});
    const reference = 'BT-0000-0000-0000-0';
    await service.keys.make(reference, 'amsterdam');
    await service.client.workflow.start('pathway', {
      workflowId: workflowIdOf(reference),
      taskQueue: pathwayQueue,
      args: [{ version: 1, start: null }],
      typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.office, value: 'amsterdam' }]),
      memo: { since: '2026-01-01', hidden: 0 },
    });
    // The engine tries the task twice before it reports the failure.
    const deadline = Date.now() + 30_000;
    let answer: Answer;
    do answer = await service.as('caseworker-1').get(`/v1/pathways/${reference}`);
    while (answer.body.code === 'no-answer' && Date.now() < deadline);
    comesBackLater(answer, 'case-blocked');
    comesBackLater(await service.as('police-1').tell(reference, fact), 'case-blocked');
    isNotThere(await service.as('caseworker-rotterdam-1').get(`/v1/pathways/${reference}`));
    isNotThere(await service.as('police-rotterdam-1').tell(reference, fact));
    expect(await whyItFailed(service, reference)).toMatch(/TypeError.*\n +at .*rules\.ts:\d+/);
  });
});

describe('a fact whose workflow task fails before it is checked', () => {
  it('is sent again until the workflow checks it, and is recorded once', async () => {
    const service = await started({ patienceMs: 30_000 });
    const reference = await service.open();
    await service.as('police-1').get(`/v1/pathways/${reference}`);
    await service.rest();
    const telling = service.as('police-1').tell(reference, fact);
    await looksAway(service);
    await service.work();
    expect((await telling).status).toBe(201);
    expect((await service.as('police-1').get(`/v1/pathways/${reference}/facts`)).body.items).toHaveLength(1);
  });
});

/** A worker that completes the task with the update and does not answer the update. It gives back a task without the update. */
async function looksAway({ client }: Service): Promise<void> {
  const { workflowService } = client;
  const worker = { namespace: 'default', identity: 'looks away' };
  const poll = () => workflowService.pollWorkflowTaskQueue({ ...worker, taskQueue: { name: pathwayQueue } });
  const taken = () => client.withDeadline(Date.now() + 10_000, poll);
  let task = await taken();
  // The letters may have left, or their outcomes arrived, just when our worker stopped. Or no task came during the poll.
  for (; task.messages.length === 0; task = await taken())
    if (task.taskToken.length > 0) await workflowService.respondWorkflowTaskFailed({ ...worker, taskToken: task.taskToken });
  await workflowService.respondWorkflowTaskCompleted({ ...worker, taskToken: task.taskToken });
}

/** The stack trace of the first failed task, as an operator reads it. */
async function whyItFailed({ client }: Service, reference: string): Promise<string> {
  const { events } = await client.workflow.getHandle(workflowIdOf(reference)).fetchHistory();
  const failure = events?.flatMap(({ workflowTaskFailedEventAttributes }) => workflowTaskFailedEventAttributes?.failure ?? [])[0];
  const [opened] = await decode(
    client.options.loadedDataConverter.payloadCodecs,
    failure?.encodedAttributes ? [failure.encodedAttributes] : [],
  );
  return opened === undefined ? '' : defaultPayloadConverter.fromPayload<{ stack_trace: string }>(opened).stack_trace;
}

let running: Service[] = [];
afterEach(async () => {
  await Promise.all(running.map((service) => service.stop()));
  running = [];
});

async function started(options: Parameters<typeof startService>[0]): Promise<Service> {
  const service = await startService({ patienceMs: 1_500, ...options });
  running.push(service);
  return service;
}

function isNotThere({ status, body }: Answer): void {
  expect([status, body.code]).toEqual([404, 'not-found']);
}

function comesBackLater({ status, headers, body }: Answer, code: string): void {
  expect([status, body.code]).toEqual([503, code]);
  expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
  expect(problemShape.strict().parse(body)).toEqual(body);
}
