import type { Client } from '@temporalio/client';
import type { Worker } from '@temporalio/worker';
import { countOf, knownBuilds, openCasesOn } from '../releases/deployment';
import type { KeptBuild } from '../releases/keptBuilds';

/** Each worker process asks this often which builds have open cases; ours. */
const askedEachMs = 60_000;

/** The builds that are kept, the newest first. */
export type KeptBuilds = readonly [KeptBuild, ...KeptBuild[]];

interface PathwayWorkersSettings {
  readonly client: Client;
  readonly builds: KeptBuilds;
  /** Makes the worker of a build. `share`: its part of the cases that this process may keep in memory. */
  readonly create: (build: KeptBuild, share: number) => Promise<Worker>;
  readonly everyMs?: number | undefined;
  /** Called when the engine cannot say which builds are in use. The workers stay as they are. */
  readonly onUnknown: (error: unknown) => void;
  /** Called once when the code of a build cannot be run. It is tried again each time, and stops no other build. */
  readonly onUnusable: (build: string, error: unknown) => void;
}

/** The workers of the cases in this process. */
export interface PathwayWorkers {
  /** The builds of which the code cannot be run now. */
  readonly unusable: ReadonlySet<string>;
  /** Resolves when all have stopped as asked; rejects when one fails. */
  readonly ended: Promise<void>;
  stop(): void;
}

/**
 * Starts a worker for each build that is in use, and follows the engine: a build that comes into use gets its worker within a minute, and
 * one that nothing runs on any more loses it. So each run goes on with the code that it began with (docs/decisions/0031-a-run-stays-on-its-build.md).
 */
export async function startPathwayWorkers({
  client,
  builds,
  create,
  everyMs = askedEachMs,
  onUnknown,
  onUnusable,
}: PathwayWorkersSettings): Promise<PathwayWorkers> {
  const running = new Map<string, Worker>();
  const unusable = new Set<string>();
  let unwantedBefore: ReadonlySet<string> = new Set();
  const runs: Promise<void>[] = [];
  let isStopping = false;
  let finish: () => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => ([finish, fail] = [resolve, reject]));
  ended.catch(() => undefined);

  async function start(build: KeptBuild): Promise<void> {
    const worker = await create(build, shareOf(build, builds));
    running.set(build.build, worker);
    const run = worker.run().finally(() => running.delete(build.build));
    runs.push(run.catch(fail));
    if (isStopping) worker.shutdown();
  }

  /** A damaged file stops the cases of its own build alone. Without the newest build the process is of no use. */
  async function startIfUsable(build: KeptBuild): Promise<void> {
    try {
      await start(build);
      unusable.delete(build.build);
    } catch (error) {
      if (build === builds[0]) throw error;
      if (!unusable.has(build.build)) onUnusable(build.build, error);
      unusable.add(build.build);
    }
  }

  async function follow(): Promise<void> {
    const wanted = await buildsInUse(client, builds);
    for (const build of builds) {
      if (isStopping) return;
      const worker = running.get(build.build);
      if (worker === undefined && wanted.has(build.build)) await startIfUsable(build);
      // Lists lag behind, so one look that finds no case proves nothing.
      const isUnwanted = !wanted.has(build.build) && unwantedBefore.has(build.build);
      if (worker?.getState() === 'RUNNING' && isUnwanted) worker.shutdown();
    }
    unwantedBefore = new Set(builds.map(({ build }) => build).filter((build) => !wanted.has(build)));
  }

  function shutdown(): void {
    isStopping = true;
    for (const worker of running.values()) if (worker.getState() === 'RUNNING') worker.shutdown();
  }

  try {
    await follow();
  } catch (error) {
    // A worker that runs on would keep its connection open.
    shutdown();
    await Promise.all(runs);
    throw error;
  }
  let following = Promise.resolve();
  const asking = setInterval(() => {
    following = following.then(follow).catch(onUnknown);
  }, everyMs);
  const stop = () => {
    clearInterval(asking);
    shutdown();
    void following.then(() => Promise.all(runs)).then(finish);
  };
  return { unusable, ended, stop };
}

/** The newest build, the current one, the one that a release asks for, and all that have open cases. */
async function buildsInUse(client: Client, builds: KeptBuilds): Promise<ReadonlySet<string>> {
  const { current, coming } = await knownBuilds(client);
  const always = new Set([builds[0].build, current, coming]);
  const others = builds.filter(({ build }) => !always.has(build));
  const counts = await Promise.all(others.map(async ({ build }) => ((await countOf(client, openCasesOn(build))) > 0 ? [build] : [])));
  return new Set([...always, ...counts.flat()].filter((build) => build !== null));
}

/** All builds together keep no more cases in memory than one alone would; the newest is where the cases go. */
function shareOf({ build }: KeptBuild, [newest, ...others]: KeptBuilds): number {
  if (others.length === 0) return 1;
  return build === newest.build ? 3 / 4 : 1 / 4 / others.length;
}
