/* Heartbeats: an activity reports what became of each letter, so that another worker can go on. */

import { setMaxListeners } from 'node:events';
import { Context } from '@temporalio/activity';
import type { Outcome } from '../domain/state/outbox';

const everyMs = 5_000;

/** The outcomes of an activity's letters and notices, as they would be if the activity were cut off now. */
export interface Progress {
  /** The outcome that an earlier try of this activity reported before its worker died. */
  before(id: string): Outcome | undefined;
  /** Reports an outcome to the engine at once, so that it survives the worker. */
  tell(outcome: Outcome): void;
}

/**
 * The same activity with a heartbeat every few seconds: the engine notices soon that a worker died, and another worker goes on within
 * seconds.
 */
export function beating<Order, Answer>(act: (order: Order, progress: Progress) => Promise<Answer>): (order: Order) => Promise<Answer> {
  return async (order) => {
    const context = Context.current();
    // Each letter of an order listens to this signal.
    setMaxListeners(0, context.cancellationSignal);
    const details: unknown = context.info.heartbeatDetails;
    const earlier = (Array.isArray(details) ? details : []) as readonly Outcome[];
    const outcomes = new Map(earlier.map((outcome) => [outcome.id, outcome]));
    const report = () => context.heartbeat([...outcomes.values()]);
    const beat = setInterval(report, everyMs);
    try {
      return await act(order, {
        before: (id) => earlier.find((outcome) => outcome.id === id),
        tell(outcome) {
          outcomes.set(outcome.id, outcome);
          report();
        },
      });
    } finally {
      clearInterval(beat);
    }
  };
}
