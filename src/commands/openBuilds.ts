import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { dateOf, instantOf } from '../domain/basics/calendar';
import { UserFacingError } from '../errors/userFacingError';
import { blindConverter } from '../releases/blindConverter';
import { countOf, openCasesOn, strandedCases, strandedInWords } from '../releases/deployment';
import { keepBuild, keepOnly, keptBuildsIn, readableAmong } from '../releases/keptBuilds';
import { letGoOver, makeCurrent } from '../releases/move';
import { ourVersion } from '../releases/ourVersion';
import type { Bundle } from '../releases/workflowBundle';
import type { Closing } from './closing';
import { log } from './log';
import type { KeptBuilds } from './pathwayWorkers';

/** Open cases run on code that is not in the data directory. */
class BuildsMissing extends UserFacingError {
  override readonly name = 'BuildsMissing';
}

interface Setting {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly dataDir: string;
  /** Today's code. */
  readonly bundle: Bundle;
}

/** The builds of `npm start`: today's, and those on which its open cases began. */
export interface OpenedBuilds {
  readonly kept: KeptBuilds;
  /** Makes today's build current, and begins to let every open case go over to it. The workers have to run. `over`: that has ended. */
  release(): Promise<{ readonly over: Promise<void> }>;
}

/** The cases that are asked to go over in a second; ours. A worker on two cores takes 20 ms of CPU for each. */
const perSecond = 50;

/** Keeps today's code beside the cases, and finds the code of each open case there. Throws `BuildsMissing` if it is gone. */
export async function openBuilds({ temporal, dataDir, bundle }: Setting, closing: Closing, stopping: AbortSignal): Promise<OpenedBuilds> {
  const folder = join(dataDir, 'workflows');
  const connection = await Connection.connect({ address: temporal.address });
  closing.later(() => connection.close());
  const client = new Client({ connection, namespace: temporal.namespace, dataConverter: blindConverter });
  await keepBuild(folder, bundle, { version: ourVersion(), date: dateOf(instantOf(Date.now())), stays: (earlier) => earlier });
  const kept = await keptBuildsIn(folder);
  const builds = (await readableAmong(kept)).map(({ build }) => build);
  const stranded = await strandedCases(client, builds);
  if (stranded.length > 0) throw new BuildsMissing(`${dataDir} has ${strandedInWords(stranded)}: put that code back, or set DATA_DIR`);
  return {
    kept,
    async release() {
      const move = { client, target: bundle.build, kept: builds, perSecond, tell: () => undefined, stopping };
      const former = await makeCurrent(move);
      // The cases go over while the service runs.
      const over = letGoOver(move, former).then(noteMoved, noteFailure);
      closing.later(() => over);
      return { over };
    },
  };

  async function noteMoved(cases: number): Promise<void> {
    if (cases > 0) log.info({ cases, build: bundle.build }, 'the open cases went over to the rules of today');
    await removeUnused().catch((error: unknown) => {
      if (!stopping.aborted) log.error({ error }, 'the code of builds without open cases was not removed from the data directory');
    });
  }

  async function removeUnused(): Promise<void> {
    await keepOnly(folder, await stillInUse());
  }

  function noteFailure(error: unknown): void {
    if (!stopping.aborted) log.error({ error }, 'open cases did not go over to the rules of today');
  }

  async function stillInUse() {
    const [today, ...earlier] = kept;
    const inUse = await Promise.all(earlier.map(async (each) => ((await countOf(client, openCasesOn(each.build))) > 0 ? [each] : [])));
    return [today, ...inUse.flat()];
  }
}
