import { createMailer, type Mailer } from '../../src/activities/mailer';
import type { KeptBuilds } from '../../src/commands/pathwayWorkers';
import { startWorkers, type RunningWorkers } from '../../src/commands/workers';
import { countOf, openCasesOn, setCurrent } from '../../src/releases/deployment';
import { caseFile, pathwayQueue, workflowIdOf, workflowType } from '../../src/workflows/messages';
import { sameRules } from '../release/support/changedBuild';
import { aCase } from '../support/aCase';
import { testedBuilds } from '../support/builds';
import { noEndedCases } from '../support/registerInMemory';
import { until } from '../support/until';
import { openPostOffice, type PostOffice } from '../workflows/support/postOffice';
import { everythingArrives, startService, type Service } from './support/service';

const operations = 'operations@example.org';
const why = 'cases stand still: no worker has the code on which they began';

describe('a case on code that no worker has', () => {
  it('is stranded if it began before there were builds: ready counts it, the log says so, operations gets a mail', async () => {
    await service.work();
    // It begins in the future, so it has nothing to do now: with its next task it would go over to the current build.
    const start = { ...aCase().file.start, reference: asleep };
    await service.keys.make(asleep, start.office);
    const handle = await service.client.workflow.start(workflowType, {
      workflowId: workflowIdOf(asleep),
      taskQueue: pathwayQueue,
      args: [{ version: 1, start }],
    });
    await handle.query(caseFile);
    await service.rest();
    await work(await testedBuilds());
    await until('ready counts it', async () => (await cases()).stranded === 1);
    expect(await cases()).toEqual({ ended: 0, blocked: 0, stranded: 1 });
    expect(logged).toContainEqual([{ build: null, cases: 1 }, why]);
    await until('operations has its mail', () => post.to(operations).length > 0);
    const [mail] = post.to(operations);
    expect(mail?.raw).toMatch(/^Subject: Dossiers staan stil \(1\)\r?$/m);
    expect(mail?.raw).not.toContain(asleep);
  });

  it('is stranded if its build is taken away, stops no other case, and goes on when its build is back', async () => {
    const former = await sameRules('former');
    await workers?.stop();
    await work([former]);
    const reference = await service.open();
    await until('it is on that build', async () => (await countOf(service.client, openCasesOn(former.build))) === 1);
    await workers?.stop();
    logged = [];

    const [today] = await testedBuilds();
    await work([today]);
    await until('it is logged', () => logged.some(([fields]) => 'build' in fields && fields.build === former.build));
    expect(logged).toContainEqual([{ build: former.build, cases: 1 }, why]);
    const other = await service.open();
    expect((await read(other)).status).toBe(200);

    await workers?.stop();
    await work([today, former]);
    expect((await read(reference)).status).toBe(200);
    await until('no build is missing', async () => (await cases()).stranded === 1);
  });
});

const asleep = 'BT-0000-0000-0000-0';
let service: Service;
let post: PostOffice;
let mailer: Mailer;
let workers: RunningWorkers | undefined;
let logged: [object, string][] = [];

beforeAll(async () => {
  [service, post] = await Promise.all([startService({ worker: false }), openPostOffice()]);
  mailer = createMailer({ smtpUrl: post.url, from: 'pathways@example.org' });
});
afterAll(async () => {
  await workers?.stop();
  mailer.close();
  await Promise.all([service.stop(), post.goesAway()]);
});

/** Starts a worker process that keeps these builds, and makes the first current. */
async function work(builds: KeptBuilds): Promise<void> {
  const note = (fields: object, message: string) => void logged.push([fields, message]);
  workers = await startWorkers({
    temporal: { address: service.env.address, namespace: 'default' },
    builds,
    seals: service.seals,
    identity: 'worker@test',
    activities: everythingArrives,
    // The engine remembers a worker that has stopped: here such a worker counts as gone after a second.
    watch: { mailer, operations, log: { warn: note, error: note }, everyMs: 500, register: noEndedCases, silenceMs: 1_000 },
    stopping: { grace: '600s', force: '900s' },
  });
  await until('a worker runs the build', () => setCurrent(service.client, builds[0].build));
  await until('somebody watches', async () => (await service.send('GET', '/v1/health/ready')).body.cases !== undefined);
}

async function cases(): Promise<Record<string, number>> {
  return (await service.send('GET', '/v1/health/ready')).body.cases as Record<string, number>;
}

function read(reference: string) {
  return service.as('caseworker-1').get(`/v1/pathways/${reference}`);
}
