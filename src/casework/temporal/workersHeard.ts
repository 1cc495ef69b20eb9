import type { Client } from '@temporalio/client';
import { pathwayQueue } from '../../workflows/messages';
import { milliseconds } from './timestamps';

/** A worker asks for work at least once a minute, whether there is any or not. */
const silenceMs = 150_000;

/** A worker that lately asked Temporal for work on the cases. `heardAt` is in milliseconds since 1970, by the engine's clock. */
export interface HeardWorker {
  readonly identity: string;
  readonly heardAt: number;
}

export async function workersHeard({ workflowService }: Pick<Client, 'workflowService'>, namespace: string): Promise<HeardWorker[]> {
  const { pollers } = await workflowService.describeTaskQueue({ namespace, taskQueue: { name: pathwayQueue } });
  return pollers
    .map(({ identity, lastAccessTime }) => ({ identity: identity ?? '', heardAt: milliseconds(lastAccessTime) }))
    .filter(({ heardAt }) => Date.now() - heardAt < silenceMs);
}
