import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { startTemporal, type EmbeddedTemporal } from '../../src/embedded/temporal';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import { dataConverterFor } from '../../src/privacy/dataConverter';
import { pathwayQueue, recordAndShow, workflowIdOf, workflowTaskTimeout, workflowType } from '../../src/workflows/messages';
import { callerOf, freshCase } from '../support/aCase';
import { makeCurrent } from '../support/builds';
import { freePorts } from '../support/freePorts';
import { openDatabase, type Database } from './database';
import { startWorker, workerSettings, type Running } from './service';

/** A Temporal server and a database for the tests of a file, and workers in processes of their own, as in production. */
export interface Workplace {
  readonly directory: string;
  readonly temporal: EmbeddedTemporal;
  readonly database: Database;
  readonly client: Client;
  /** Starts a worker that sends its mail there: of today's build, which becomes current, or of the builds in a folder. */
  works(smtpUrl: string, buildsIn?: string): Promise<Running>;
  /** Opens a case that was registered a minute ago: its first mail is due at once. */
  opens(): Promise<WorkflowHandle>;
  /** The police tell that the reflection period of a case started. */
  startsReflection(handle: WorkflowHandle): ReturnType<typeof reflectionStarted>;
}

/** Opens a workplace before the tests of a file. After them, all its processes are ended. */
export function aWorkplace(use: (made: Workplace) => void): void {
  const workers: Running[] = [];
  let made: Workplace & { readonly connection: Connection };

  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'workplace-'));
    const [port = 0] = await freePorts(1);
    const databaseFile = join(directory, 'temporal.db');
    const [database, temporal] = await Promise.all([
      openDatabase(),
      startTemporal({ executable: await findTemporalCli(), port, databaseFile }),
    ]);
    const connection = await Connection.connect({ address: temporal.address });
    const client = new Client({ connection, dataConverter: dataConverterFor(database.seals, 'asking') });
    const { start } = freshCase().file;
    let opened = 0;
    made = {
      ...{ directory, temporal, database, connection, client },
      async works(smtpUrl, buildsIn) {
        const settings = workerSettings(temporal, database, smtpUrl);
        const worker = startWorker({ ...settings, ...(buildsIn === undefined ? {} : { WORKFLOWS_DIR: buildsIn }) });
        workers.push(worker);
        await worker.ready();
        if (buildsIn === undefined) await makeCurrent(client);
        return worker;
      },
      async opens() {
        opened += 1;
        const reference = `BT-TEST-${opened}`;
        await database.seals.keys.make(reference, start.office);
        return client.workflow.start(workflowType, {
          workflowId: workflowIdOf(reference),
          taskQueue: pathwayQueue,
          workflowTaskTimeout,
          args: [{ version: 1, start: { ...start, reference } }],
        });
      },
      startsReflection: (handle) => reflectionStarted(handle, start),
    };
    use(made);
  });
  afterAll(async () => {
    for (const { child } of workers) child.kill('SIGTERM');
    await Promise.all(workers.map(({ ended }) => ended));
    await made.connection.close();
    await made.database.stop();
    await made.temporal.stop();
    await rm(made.directory, { recursive: true, force: true });
  });
}

function reflectionStarted(handle: WorkflowHandle, { indication, registeredAt }: ReturnType<typeof freshCase>['file']['start']) {
  const telling = { fact: { type: 'reflectionStarted', on: indication.observedOn }, by: callerOf('police') } as const;
  return handle.executeUpdate(recordAndShow, { args: [{ ...telling, receivedAt: registeredAt }] });
}
