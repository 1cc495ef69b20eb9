import { CancellationScope, proxyActivities } from '@temporalio/workflow';
import type { WatchActivities } from '../activities/watchCases';
import { effects } from './effects';

const { watchCases } = proxyActivities<WatchActivities>({
  taskQueue: effects.notify.taskQueue,
  // It never ends by itself; this is only asked for.
  startToCloseTimeout: '3650 days',
  // A worker that died is missed after this, and another watches.
  heartbeatTimeout: '10 seconds',
  // Each worker that stops is a try, so the wait for the next must not grow with them.
  retry: { initialInterval: '5 seconds', backoffCoefficient: 1 },
});

/**
 * One for all cases: looks for those that stand still, as long as there is a worker. A single activity that never ends, so that no history
 * grows: what it knows is in its heartbeats, which the next try is handed.
 */
export async function watch(): Promise<void> {
  await CancellationScope.nonCancellable(() => watchCases());
}
