/* The activities as the workflow calls them, with all timeouts and retries. */

import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { notifyQueue } from './messages';

/**
 * Every activity, with all timeouts and retries in one place. The engine retries only an activity that was cut off, and the activity
 * then sends only letters that had not begun to leave. An undelivered letter is an answer: the agenda retries it, and checks its items
 * first.
 */
export const activities = proxyActivities<Activities>({
  taskQueue: notifyQueue,
  // An activity that no worker takes in this time ends, and its letters are checked again: less than the 15 minutes between two tries.
  scheduleToStartTimeout: '10 minutes',
  // A letter takes 35 minutes at most (patience.ts), and up to three letters may wait for each other (sendingOrder.ts).
  startToCloseTimeout: '2 hours',
  // After this a worker counts as dead, and another goes on with its letters.
  heartbeatTimeout: '20 seconds',
  // Time for another worker to take over. No letter is retried meanwhile: the agenda leaves letters under way alone.
  scheduleToCloseTimeout: '4 hours',
  // An activity that is broken off still answers with each letter's outcome. Without this the SDK answers at once by itself.
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute' },
});
