import { setMaxListeners } from 'node:events';
import { Context } from '@temporalio/activity';
import type { Outcome } from '../domain/state/outbox';

const everyMs = 5_000;

/** The outcome of each letter and notice of an activity so far. It is always correct for an activity that is cut off now. */
export interface Progress {
  /** The outcome from an earlier try of this activity, whose worker died: the answer, or that the letter was perhaps delivered. */
  before(id: string): Outcome | undefined;
  /** Reports an outcome to the engine at once. If the worker dies the next instant, the outcomes of all sent letters are safe. */
  tell(outcome: Outcome): void;
}

/**
 * The same activity with a heartbeat every few seconds. So the engine soon notices a dead worker. Unfinished letters then continue within
 * seconds, not after the activity's timeout.
 */
export function beating<Order, Answer>(act: (order: Order, progress: Progress) => Promise<Answer>): (order: Order) => Promise<Answer> {
  return async (order) => {
    const context = Context.current();
    // Each letter of an order adds a listener to this signal.
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
