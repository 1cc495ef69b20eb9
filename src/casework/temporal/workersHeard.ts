import type { Client } from '@temporalio/client';
import { pathwayQueue } from '../../workflows/messages';
import { milliseconds } from './timestamps';

/** A worker asks for work at least once a minute, whether there is any or not. */
const silenceMs = 150_000;

/** A worker that lately asked Temporal for work on the cases. `heardAt` is in milliseconds since 1970, by the engine's clock. */
export interface HeardWorker {
  readonly identity: string;
  readonly heardAt: number;
  /** The build of the cases that it runs; null for code without a build, as before version 0.3.0. */
  readonly build: string | null;
}

export async function workersHeard(
  { workflowService }: Pick<Client, 'workflowService'>,
  namespace: string,
  withinMs = silenceMs,
): Promise<HeardWorker[]> {
  const { pollers } = await workflowService.describeTaskQueue({ namespace, taskQueue: { name: pathwayQueue } });
  return pollers
    .map(({ identity, lastAccessTime, deploymentOptions }) => ({
      identity: identity ?? '',
      heardAt: milliseconds(lastAccessTime),
      build: deploymentOptions?.buildId || null,
    }))
    .filter(({ heardAt }) => Date.now() - heardAt < withinMs);
}
