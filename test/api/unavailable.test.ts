import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter, TypedSearchAttributes } from '@temporalio/common';
import { decode } from '@temporalio/common/lib/internal-non-workflow';
import { problemShape } from '../../src/api/responses/problemSchemas';
import { triedOnce } from '../../src/casework/temporal/retryPolicy';
import { pathwayQueue, searchAttributes, workflowIdOf } from '../../src/workflows/messages';
import { intake, startService, type Answer, type Service } from './support/service';

const fact = { type: 'interviewHeld' };

describe('while nobody works on the cases', () => {
  it('a case begins all the same, and what needs it has to wait; the same request later is told once', async () => {
    const service = await started({ worker: false, patienceMs: 60_000 });
    const impatient = await service.anotherApi({ patienceMs: 1_500 });
    const [opening, key] = [randomUUID(), randomUUID()];
    const opened = await service.as('caseworker-1').post('/v1/pathways', intake(), opening);
    expect([opened.status, opened.body.stage]).toEqual([201, 'intake']);
    const { reference } = opened.body;

    const waiting = [
      await impatient.as('caseworker-1').get(`/v1/pathways/${reference}`),
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

describe('while the engine cannot be reached', () => {
  it('every request has to wait, and the service says that it is not ready', async () => {
    const client = new Client({ connection: Connection.lazy({ address: '127.0.0.1:1', ...triedOnce }) });
    const service = await started({ client, worker: false });
    const answers = await Promise.all([
      service.as('caseworker-1').post('/v1/pathways', intake()),
      service.as('caseworker-1').get('/v1/pathways'),
      service.as('caseworker-1').get('/v1/pathways/BT-0000-0000-0000-0'),
      service.as('police-1').tell('BT-0000-0000-0000-0', fact),
    ]);
    for (const answer of answers) comesBackLater(answer, 'no-answer');
    expect((await service.send('GET', '/v1/health/ready')).body).toMatchObject({
      code: 'not-ready',
      parts: { temporal: 'down', worker: 'down' },
    });
  });
});

describe('a case that our own fault blocks', () => {
  it('is said to be blocked, and to be asked for again later', async () => {
    const service = await started({});
    const reference = 'BT-0000-0000-0000-0';
    await service.client.workflow.start('pathway', {
      workflowId: workflowIdOf(reference),
      taskQueue: pathwayQueue,
      args: [{ version: 1, start: null }],
      typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.office, value: 'amsterdam' }]),
    });
    // The engine tries the task a second time before it says so.
    const deadline = Date.now() + 30_000;
    let answer: Answer;
    do answer = await service.as('caseworker-1').get(`/v1/pathways/${reference}`);
    while (answer.body.code === 'no-answer' && Date.now() < deadline);
    comesBackLater(answer, 'case-blocked');
    comesBackLater(await service.as('police-1').tell(reference, fact), 'case-blocked');
    isNotThere(await service.as('caseworker-rotterdam-1').get(`/v1/pathways/${reference}`));
    isNotThere(await service.as('police-rotterdam-1').tell(reference, fact));
    expect(await whyItFailed(service, reference)).toMatch(/TypeError.*\n +at .*caseFile\.ts:\d+/);
  });
});

describe('a fact that a task of the case ends without having looked at', () => {
  it('is told again until somebody looks, and recorded once', async () => {
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

/** A worker that takes the task with the update and completes it without an answer to it; one without the update it gives back. */
async function looksAway({ client }: Service): Promise<void> {
  const { workflowService } = client;
  const worker = { namespace: 'default', identity: 'looks away' };
  const poll = () => workflowService.pollWorkflowTaskQueue({ ...worker, taskQueue: { name: pathwayQueue } });
  const taken = () => client.withDeadline(Date.now() + 10_000, poll);
  let task = await taken();
  // Its letters may have left, or been answered, just when our worker went to rest; or no task came while we asked.
  for (; task.messages.length === 0; task = await taken())
    if (task.taskToken.length > 0) await workflowService.respondWorkflowTaskFailed({ ...worker, taskToken: task.taskToken });
  await workflowService.respondWorkflowTaskCompleted({ ...worker, taskToken: task.taskToken });
}

/** The stack of the first task that failed, as whoever mends the case reads it. */
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
