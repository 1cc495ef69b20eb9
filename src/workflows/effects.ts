/* The kinds of effect that a case has on the world. Each has a task queue and a worker of its own, so that none waits behind another. */

import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';

/** One kind of effect: its task queue, its rate, and the timeouts and retries of its activities. */
export interface Effect {
  readonly taskQueue: string;
  /** Activities a second, over all workers. */
  readonly perSecond: number;
  readonly options: ActivityOptions;
}

export const effects = {
  /**
   * Mail to staff, and notices to partners. The engine retries only an activity that was cut off, and the activity then sends only letters
   * that had not begun to leave. An undelivered letter is an answer: the agenda retries it, and checks its items first.
   */
  notify: {
    taskQueue: 'notify',
    // A mail server takes this many without complaint, each with the letters of one wake, mostly one to three; ours.
    perSecond: 50,
    options: {
      // An activity that no worker takes in this time ends, and its letters are checked again: less than the 15 minutes between two tries.
      scheduleToStartTimeout: '10 minutes',
      // A letter takes 35 minutes at most (patience.ts), and three letters may wait for each other (sendingOrder.ts). A longer chain is cut
      // off: the rest is retried.
      startToCloseTimeout: '2 hours',
      // After this a worker counts as dead, and another goes on with its letters.
      heartbeatTimeout: '20 seconds',
      // Time for another worker to take over. No letter is retried meanwhile: the agenda leaves letters under way alone.
      scheduleToCloseTimeout: '4 hours',
      // An activity that is broken off still answers with each letter's outcome. Without this the SDK answers at once by itself.
      cancellationType: 'WAIT_CANCELLATION_COMPLETED',
      retry: { initialInterval: '5 seconds', maximumInterval: '1 minute' },
    },
  },
  /** The write into the register of a case that nobody wrote for. It is tried until the database took it. Mail never waits behind it. */
  register: {
    taskQueue: 'register',
    // A thousand cases are written within five seconds after the database is back; ours.
    perSecond: 200,
    options: {
      startToCloseTimeout: '10 seconds',
      retry: { initialInterval: '1 second', maximumInterval: '10 seconds' },
    },
  },
} as const satisfies Readonly<Record<string, Effect>>;

/**
 * A case that moved moves its key too. The activity is tried until the database took it: nothing else would ever do it. It shares the queue of
 * mail, where a case on the build of 0.3.0 puts it too; moves are rare.
 */
export const moveOptions = {
  taskQueue: effects.notify.taskQueue,
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute' },
} as const satisfies ActivityOptions;

/**
 * The first try of a write into the register, by the worker of the case: nobody waits for it, but the task of the case does. Ours
 * (docs/decisions/0033-the-register.md).
 */
export const atOnceOptions = { scheduleToCloseTimeout: '300 milliseconds', retry: { maximumAttempts: 1 } } as const satisfies LocalActivityOptions;

export type EffectKind = keyof typeof effects;
export const effectKinds = Object.keys(effects) as readonly EffectKind[];
