import type { Client } from '@temporalio/client';
import { pathwayQueue } from '../workflows/messages';

/** A worker asks for work again at least once a minute, work or none. */
const silenceMs = 150_000;

/** The identities of the workers that Temporal lately heard ask for work on the cases. */
export async function workersHeard({ workflowService }: Pick<Client, 'workflowService'>, namespace: string): Promise<string[]> {
  const { pollers } = await workflowService.describeTaskQueue({ namespace, taskQueue: { name: pathwayQueue } });
  return pollers
    .filter(({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < silenceMs)
    .map(({ identity }) => identity ?? '');
}
