import type { Client } from '@temporalio/client';
import { pathwayQueue } from '../../workflows/messages';
import { milliseconds } from './timestamps';

/** A worker asks for work again at least once a minute, work or none. */
const silenceMs = 150_000;

/** A worker that Temporal lately heard ask for work on the cases, and when, in milliseconds since 1970 by the engine's clock. */
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
