import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { notifyQueue } from './messages';

/**
 * Every activity, with all timeouts and retries in one place. The engine repeats only what was cut off (a worker that died), and of
 * that only what had not begun to leave; a letter that could not be delivered is an answer, and the agenda says when it is tried
 * again, so that what it holds is looked at again first.
 */
export const activities = proxyActivities<Activities>({
  taskQueue: notifyQueue,
  // What no worker takes up in this time is over, and its letters are looked at again: less than the 15 minutes between two tries.
  scheduleToStartTimeout: '10 minutes',
  // A letter takes 35 minutes at most (patience.ts), and of three that fall to one another each waits for the one before.
  startToCloseTimeout: '2 hours',
  // A worker that died is missed after this, and another goes on with the letters it had.
  heartbeatTimeout: '20 seconds',
  // Time for another worker to take all of it over. No letter is tried anew meanwhile: while one is under way the agenda leaves it alone.
  scheduleToCloseTimeout: '4 hours',
  // What is broken off still says what each letter had come to. Left out, the SDK answers by itself, and nobody waits for that.
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute' },
});
