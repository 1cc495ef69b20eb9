import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { Client } from '@temporalio/client';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { localActivities } from '../activities';
import { watchActivities, type WatchDeps } from '../activities/watchCases';
import { failureCodes } from '../activities/envelope';
import type { Encoder, Seals } from '../privacy/codec';
import { dataConverterFor } from '../privacy/dataConverter';
import { effectKinds, effects, type EffectKind } from '../workflows/effects';
import type { KeptBuild } from '../releases/keptBuilds';
import type { RegisterTable } from '../store/register';
import { deployment, pathwayQueue } from '../workflows/messages';
import { startPathwayWorkers, type KeptBuilds, type PathwayWorkers } from './pathwayWorkers';
import { stoppedCases, startWatch, thoseGoingOn } from './stoppedCases';

/** The memory that a sleeping case takes in the worker's process: measured 370 to 490 kB, of which 195 are heap (docs/performance.md). */
const bytesACase = 500_000;
/** Each worker checks this often that the watch over the cases runs; ours. */
const watchedAgainMs = 60_000;

export interface WorkersSettings {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly seals: Seals;
  /** The name of the worker, which every history shows unencrypted. */
  readonly identity: string;
  /** The kept builds of the workflows, the newest first. */
  readonly builds: KeptBuilds;
  /** How often the engine is asked which of them are in use; a minute by default. */
  readonly buildsAskedEachMs?: number;
  /** The activities of each kind of effect. */
  readonly activities: Readonly<Record<EffectKind, object>> & Parameters<typeof localActivities>[0];
  /** The dependencies of the watch over the cases, and the silence after which a worker counts as gone (workersHeard.ts). */
  readonly watch: Pick<WatchDeps, 'mailer' | 'operations' | 'log' | 'everyMs'> & {
    readonly silenceMs?: number;
    readonly register: Pick<RegisterTable, 'endedCases' | 'markEnded'>;
  };
  /** The time that letters under way get after a stop, and the time after which we stop by force. */
  readonly stopping: { readonly grace: `${number}s`; readonly force: `${number}s` };
}

export interface RunningWorkers {
  /** Resolves when the workers have stopped as asked; rejects when one fails. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts one worker for each build of the cases that is in use, and one for each kind of effect, which has a task queue of its own. */
export async function startWorkers(settings: WorkersSettings): Promise<RunningWorkers> {
  const connection = await NativeConnection.connect({ address: settings.temporal.address });
  const stopping = new AbortController();
  try {
    const client = clientOn(connection, settings);
    // The watch begins to look once the workers run.
    let unusable: ReadonlySet<string> = new Set();
    const look = () => {
      const kept = settings.builds.map(({ build }) => build).filter((build) => !unusable.has(build));
      return stoppedCases(client, { kept, silenceMs: settings.watch.silenceMs });
    };
    const { register } = settings.watch;
    const markEnded = async (ended: readonly string[]) => {
      const marked = await register.endedCases();
      const goOn = await thoseGoingOn(
        client,
        marked.filter((reference) => !ended.includes(reference)),
      );
      await register.markEnded({ ended, goOn });
    };
    const watch = watchActivities({ ...settings.watch, look, markEnded, stopping: stopping.signal });
    const activities = { ...settings.activities, notify: { ...settings.activities.notify, ...watch } };
    await startWatch(client);
    const thinking = await startPathwayWorkers({
      client,
      builds: settings.builds,
      create: (build, share) =>
        pathwayWorker(build, share, { ...common(settings, connection, 'thinking'), ...localActivities(settings.activities) }),
      everyMs: settings.buildsAskedEachMs,
      onUnknown: (error) => settings.watch.log.warn({ error: failureCodes(error) }, 'the engine does not say which builds are in use'),
      onUnusable: (build, error) =>
        settings.watch.log.error(
          { build, error: failureCodes(error) },
          'the code of a build cannot be run: its file is missing or damaged',
        ),
    });
    unusable = thinking.unusable;
    const workers: Worker[] = [];
    for (const kind of effectKinds)
      workers.push(await Worker.create({ ...common(settings, connection, 'acting'), ...activityWorker(kind, activities[kind]) }));
    // If somebody ends all workflows of the engine, the watch ends too, and nobody would hear about the cases.
    const watching = setInterval(() => void startWatch(client).catch(() => undefined), settings.watch.everyMs ?? watchedAgainMs);
    const ended = runAll(workers, thinking).finally(() => clearInterval(watching));
    // A caller that awaits `ended` gets this rejection. Until then it must not end the process.
    ended.catch(() => undefined);
    const stop = async () => {
      // The watch never ends by itself, and would use up the time that letters have.
      stopping.abort();
      shutdown(workers, thinking);
      // `ended` has already reported a failure.
      await ended.catch(() => undefined);
      await connection.close();
    };
    return { ended, stop };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** The settings of the workflow worker. The benchmark gives the bare worker the same. */
export function workflowTuning() {
  return {
    maxCachedWorkflows: casesInMemory(),
    // The time after which another worker takes over the cases of a dead one; 10 s by default.
    stickyQueueScheduleToStartTimeout: '2s',
  } satisfies Partial<WorkerOptions>;
}

/** The settings of the activity worker of one kind of effect. */
export function activityTuning(kind: EffectKind) {
  return {
    maxTaskQueueActivitiesPerSecond: effects[kind].perSecond,
    // The longest delay before the engine gets an activity's report on its letters. The default is 16 s, and a worker that dies would lose
    // those reports.
    maxHeartbeatThrottleInterval: '200ms',
  } satisfies Partial<WorkerOptions>;
}

function common(settings: WorkersSettings, connection: NativeConnection, encoder: Encoder) {
  return {
    connection,
    namespace: settings.temporal.namespace,
    identity: settings.identity,
    dataConverter: dataConverterFor(settings.seals, encoder),
    shutdownGraceTime: settings.stopping.grace,
    shutdownForceTime: settings.stopping.force,
  } satisfies Partial<WorkerOptions>;
}

/** A client that reads no case: it counts them, also while their keys do not answer. */
function clientOn(connection: NativeConnection, { temporal: { namespace }, identity, seals }: WorkersSettings): Client {
  const noKeys = { ofReference: async () => undefined, ofKeyIds: async () => [] };
  const dataConverter = dataConverterFor({ ...seals, keys: noKeys }, 'asking');
  return new Client({ connection, namespace, identity, dataConverter });
}

/** The worker of one build: it gets the tasks of the runs that began on it, and of new runs while it is current. */
async function pathwayWorker(
  build: KeptBuild,
  share: number,
  settings: ReturnType<typeof common> & Partial<WorkerOptions>,
): Promise<Worker> {
  const { maxCachedWorkflows, ...tuning } = workflowTuning();
  return Worker.create({
    ...settings,
    ...tuning,
    taskQueue: pathwayQueue,
    workflowBundle: { code: await build.code() },
    maxCachedWorkflows: Math.floor(maxCachedWorkflows * share),
    workerDeploymentOptions: {
      version: { deploymentName: deployment, buildId: build.build },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'PINNED',
    },
  });
}

function activityWorker(kind: EffectKind, activities: object) {
  return { taskQueue: effects[kind].taskQueue, activities, ...activityTuning(kind) } satisfies Partial<WorkerOptions>;
}

/** The number of cases that fill a quarter of the memory. With too few, nearly every call replays a case from its history. */
function casesInMemory(): number {
  const memory = Math.min(getHeapStatistics().heap_size_limit, totalmem() / 2);
  return Math.max(200, Math.floor(memory / 4 / bytesACase));
}

/** A worker that fails stops the others too. Half a service would look healthy and send nothing. */
async function runAll(workers: readonly Worker[], thinking: PathwayWorkers): Promise<void> {
  const runs = [thinking.ended, ...workers.map((worker) => worker.run())].map((run) =>
    run.catch((error: unknown) => {
      shutdown(workers, thinking);
      throw error;
    }),
  );
  const failed = (await Promise.allSettled(runs)).find((run) => run.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function shutdown(workers: readonly Worker[], thinking: PathwayWorkers): void {
  thinking.stop();
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}
