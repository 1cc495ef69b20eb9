import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { dataConverterFor } from '../privacy/dataConverter';
import type { CaseKey } from '../privacy/key';
import { notifyQueue, pathwayQueue } from '../workflows/messages';
import { workflowBundle } from './workflowBundle';

/** A sleeping case in the worker's memory, of the process as a whole: measured 370 to 490 kB, 195 of them of the heap (docs/performance.md). */
const bytesACase = 500_000;
/**
 * So many activities a second, each with the letters of one case's wake, mostly one to three: what a mail server takes without
 * complaint; ours. The morning's digests wait in the queue meanwhile.
 */
const activitiesPerSecond = 50;

export interface WorkersSettings {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly key: CaseKey;
  /** Stands readable in every history. */
  readonly identity: string;
  readonly activities: object;
  /** How long letters under way may take once we are to stop, and when we stop regardless. */
  readonly stopping: { readonly grace: `${number}s`; readonly force: `${number}s` };
}

export interface RunningWorkers {
  /** Resolves when they have stopped as asked; rejects when one fails. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts the two workers: one thinks (the cases), one acts (letters and notices), each from its own queue. */
export async function startWorkers(settings: WorkersSettings): Promise<RunningWorkers> {
  const connection = await NativeConnection.connect({ address: settings.temporal.address });
  try {
    const workers = [
      await Worker.create({ ...common(settings, connection), ...(await thinking()) }),
      await Worker.create({ ...common(settings, connection), ...acting(settings) }),
    ];
    const ended = runAll(workers);
    // Whoever waits for the end hears of a failure; until somebody does, it must not end the process.
    ended.catch(() => undefined);
    return { ended, stop: () => stop(workers, ended, connection) };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** How the worker that thinks is tuned; the benchmark gives the bare worker beside it the same. */
export function thinkingTuning() {
  return {
    maxCachedWorkflows: casesInMemory(),
    // How long a case waits for a worker that died before another takes it over; 10 s by default.
    stickyQueueScheduleToStartTimeout: '2s',
  } satisfies Partial<WorkerOptions>;
}

/** The same of the worker that acts. */
export const actingTuning = {
  maxTaskQueueActivitiesPerSecond: activitiesPerSecond,
  // How soon the engine has what an activity tells it of its letters; 16 s by default, and a worker that died would take that with it.
  maxHeartbeatThrottleInterval: '200ms',
} satisfies Partial<WorkerOptions>;

function common(settings: WorkersSettings, connection: NativeConnection) {
  return {
    connection,
    namespace: settings.temporal.namespace,
    identity: settings.identity,
    dataConverter: dataConverterFor(settings.key),
    shutdownGraceTime: settings.stopping.grace,
    shutdownForceTime: settings.stopping.force,
  } satisfies Partial<WorkerOptions>;
}

async function thinking() {
  return { taskQueue: pathwayQueue, workflowBundle: await workflowBundle(), ...thinkingTuning() } satisfies Partial<WorkerOptions>;
}

function acting({ activities }: WorkersSettings) {
  return { taskQueue: notifyQueue, activities, ...actingTuning } satisfies Partial<WorkerOptions>;
}

/** A quarter of what there is: too few, and nearly every call replays a case from its history. */
function casesInMemory(): number {
  const memory = Math.min(getHeapStatistics().heap_size_limit, totalmem() / 2);
  return Math.max(200, Math.floor(memory / 4 / bytesACase));
}

/** One that fails takes the others with it: half a worker would look well and send nothing. */
async function runAll(workers: readonly Worker[]): Promise<void> {
  const runs = workers.map((worker) =>
    worker.run().catch((error: unknown) => {
      shutdown(workers);
      throw error;
    }),
  );
  const failed = (await Promise.allSettled(runs)).find((run) => run.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function stop(workers: readonly Worker[], ended: Promise<void>, connection: NativeConnection): Promise<void> {
  shutdown(workers);
  // A failure was told already, by `ended`.
  await ended.catch(() => undefined);
  await connection.close();
}

function shutdown(workers: readonly Worker[]): void {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}
