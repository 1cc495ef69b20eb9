import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { startTemporal } from '../../src/embedded/temporal';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import { countOf, openCasesOn, setCurrent } from '../../src/releases/deployment';
import { keepBuild } from '../../src/releases/keptBuilds';
import { caseFile, deployment, pathwayQueue, workflowIdOf, workflowType } from '../../src/workflows/messages';
import { intake } from '../api/support/service';
import { sameRules } from '../release/support/changedBuild';
import { aCase } from '../support/aCase';
import { testConverter } from '../support/key';
import { until } from '../support/until';
import { installations, start, token, type Settings } from './service';

describe('npm start on a data directory with an open case on code that is gone or damaged', () => {
  it('refuses it in one line, which names the build, and changes nothing', async () => {
    const service = begin(start(settings));
    await service.ready();
    // Without any key in the database, the case below would be taken for one whose database is gone.
    await openCase();
    service.child.kill('SIGTERM');
    await service.ended;
    const { build, code } = await sameRules('gone');
    await leaveACaseOn(build, await code());
    const refusal = [1, `${dataDir} has 1 open case of build ${build}: put that code back, or set DATA_DIR\n`];
    expect(await started()).toEqual(refusal);

    const folder = join(dataDir, 'workflows');
    await keepBuild(folder, { build, code: await code() }, { version: 'tested', date: '2026-01-01', stays: (earlier) => earlier });
    await writeFile(join(folder, `${build}.js.gz`), 'damaged');
    expect(await started()).toEqual(refusal);
  });
});

let dataDir: string;
let settings: Settings;
const { begin } = installations((made) => ({ dataDir, settings } = made));

async function openCase(): Promise<void> {
  const { stdout: bearer } = await begin(token(settings, 'caseworker-1')).ended;
  const answer = await fetch(`http://localhost:${settings.API_PORT}/v1/pathways`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${bearer.trim()}`, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
    body: JSON.stringify(intake()),
  });
  expect(answer.status).toBe(201);
}

/** How a start ended, and its words. */
async function started(): Promise<[code: number | null, stderr: string]> {
  const { code, stderr } = await begin(start(settings)).ended;
  return [code, stderr];
}

/** Opens a case on a build that nobody keeps. */
async function leaveACaseOn(build: string, code: string): Promise<void> {
  const temporal = await startTemporal({
    executable: await findTemporalCli(),
    port: Number(settings.TEMPORAL_PORT),
    databaseFile: join(dataDir, 'temporal.db'),
  });
  const [connection, native] = await Promise.all([Connection.connect(temporal), NativeConnection.connect(temporal)]);
  const client = new Client({ connection, dataConverter: testConverter('asking') });
  const worker = await Worker.create({
    connection: native,
    dataConverter: testConverter('thinking'),
    taskQueue: pathwayQueue,
    workflowBundle: { code },
    workerDeploymentOptions: {
      version: { deploymentName: deployment, buildId: build },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'PINNED',
    },
  });
  await worker.runUntil(async () => {
    await until('the build is current', () => setCurrent(client, build));
    const { start: begun } = aCase().file;
    const handle = await client.workflow.start(workflowType, {
      workflowId: workflowIdOf(begun.reference),
      taskQueue: pathwayQueue,
      args: [{ version: 1, start: begun }],
    });
    await handle.query(caseFile);
    await until('the case is on the build', async () => (await countOf(client, openCasesOn(build))) === 1);
  });
  await Promise.all([connection.close(), native.close()]);
  await temporal.stop();
}
