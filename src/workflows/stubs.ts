import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { notifyQueue } from './messages';

/**
 * Every activity, with all timeouts and retries in one place. The engine repeats only what was cut off (a worker that died);
 * a letter that could not be delivered is an answer, and the agenda says when it is tried again, so that what it holds
 * is looked at again first.
 */
export const activities = proxyActivities<Activities>({
  taskQueue: notifyQueue,
  // A letter takes a minute at most, and of three that fall to one another each waits for the one before.
  startToCloseTimeout: '4 minutes',
  // A worker that died is missed after this, and the letters it had are sent by another.
  heartbeatTimeout: '20 seconds',
  // Less than the 15 minutes between two tries: an unanswered one is over before the next begins.
  scheduleToCloseTimeout: '10 minutes',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute' },
});
