import { CancellationScope, proxyActivities, setWorkflowOptions } from '@temporalio/workflow';
import type { WatchActivities } from '../activities/watchCases';
import { effects } from './effects';

const { watchCases } = proxyActivities<WatchActivities>({
  taskQueue: effects.notify.taskQueue,
  // The activity never ends by itself, but the engine wants a limit.
  startToCloseTimeout: '3650 days',
  // After this a worker counts as dead, and another watches.
  heartbeatTimeout: '10 seconds',
  // Each worker that stops uses up a try, so the wait must not grow with the tries.
  retry: { initialInterval: '5 seconds', backoffCoefficient: 1 },
});

/**
 * The one watch over all cases, which looks for cases that stand still. It is a single activity that never ends, so its history does not
 * grow. The next try gets the last heartbeat, with all that the watch knows.
 */
export async function watch(): Promise<void> {
  await CancellationScope.nonCancellable(() => watchCases());
}

// The watch has no rules that a release could change, and lives longer than any build.
setWorkflowOptions({ versioningBehavior: 'AUTO_UPGRADE' }, watch);
