import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { Client } from '@temporalio/client';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { watchActivities, type WatchDeps } from '../activities/watchCases';
import { dataConverterFor } from '../privacy/dataConverter';
import type { SystemKey } from '../privacy/key';
import { effectKinds, effects, type EffectKind } from '../workflows/effects';
import { pathwayQueue } from '../workflows/messages';
import { standingStill, startWatch } from './standingStill';
import { workflowBundle } from './workflowBundle';

/** A sleeping case in the worker's memory, of the process as a whole: measured 370 to 490 kB, 195 of them of the heap (docs/performance.md). */
const bytesACase = 500_000;
/** So often each worker makes sure that somebody watches over the cases; ours. */
const watchedAgainMs = 60_000;

export interface WorkersSettings {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly key: SystemKey;
  /** Stands readable in every history. */
  readonly identity: string;
  /** The activities of each kind of effect. */
  readonly activities: Readonly<Record<EffectKind, object>>;
  /** What the watch over the cases needs. */
  readonly watch: Pick<WatchDeps, 'mailer' | 'operations' | 'log' | 'everyMs'>;
  /** How long letters under way may take once we are to stop, and when we stop regardless. */
  readonly stopping: { readonly grace: `${number}s`; readonly force: `${number}s` };
}

export interface RunningWorkers {
  /** Resolves when they have stopped as asked; rejects when one fails. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts one worker for the cases, and one for each kind of effect. Each has a task queue of its own. */
export async function startWorkers(settings: WorkersSettings): Promise<RunningWorkers> {
  const connection = await NativeConnection.connect({ address: settings.temporal.address });
  const stopping = new AbortController();
  try {
    const client = clientOn(connection, settings);
    const watch = watchActivities({ ...settings.watch, look: () => standingStill(client), stopping: stopping.signal });
    const activities = { ...settings.activities, notify: { ...settings.activities.notify, ...watch } };
    const workers = [await Worker.create({ ...common(settings, connection), ...(await workflowWorker()) })];
    for (const kind of effectKinds)
      workers.push(await Worker.create({ ...common(settings, connection), ...activityWorker(kind, activities[kind]) }));
    await startWatch(client);
    // Whoever ends all workflows of the engine ends the watch too, and nobody would hear of the cases.
    const watching = setInterval(() => void startWatch(client).catch(() => undefined), settings.watch.everyMs ?? watchedAgainMs);
    const ended = runAll(workers).finally(() => clearInterval(watching));
    // Whoever waits for the end hears of a failure; until somebody does, it must not end the process.
    ended.catch(() => undefined);
    const stop = async () => {
      // The watch has no end of its own, and would use up the time that letters have.
      stopping.abort();
      shutdown(workers);
      // A failure was told already, by `ended`.
      await ended.catch(() => undefined);
      await connection.close();
    };
    return { ended, stop };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** The tuning of the worker of the cases. The benchmark gives the bare worker beside it the same. */
export function workflowTuning() {
  return {
    maxCachedWorkflows: casesInMemory(),
    // How long a case waits for a worker that died before another takes it over; 10 s by default.
    stickyQueueScheduleToStartTimeout: '2s',
  } satisfies Partial<WorkerOptions>;
}

/** The tuning of the worker of one kind of effect. */
export function activityTuning(kind: EffectKind) {
  return {
    maxTaskQueueActivitiesPerSecond: effects[kind].perSecond,
    // A heartbeat reaches the engine within this time; 16 s by default, and a worker that died would take the outcomes of its letters along.
    maxHeartbeatThrottleInterval: '200ms',
  } satisfies Partial<WorkerOptions>;
}

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

function clientOn(connection: NativeConnection, { temporal: { namespace }, identity, key }: WorkersSettings): Client {
  return new Client({ connection, namespace, identity, dataConverter: dataConverterFor(key) });
}

async function workflowWorker() {
  return { taskQueue: pathwayQueue, workflowBundle: await workflowBundle(), ...workflowTuning() } satisfies Partial<WorkerOptions>;
}

function activityWorker(kind: EffectKind, activities: object) {
  return { taskQueue: effects[kind].taskQueue, activities, ...activityTuning(kind) } satisfies Partial<WorkerOptions>;
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

function shutdown(workers: readonly Worker[]): void {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}
