import { setMaxListeners } from 'node:events';
import { Context } from '@temporalio/activity';
import type { Outcome } from '../domain/state/outbox';

const everyMs = 5_000;

/** What an activity knows of its letters and notices: at each moment what is so if it is cut off now. */
export interface Progress {
  /** What an earlier try of this activity knew, whose worker died: the answer, or that it was perhaps delivered. */
  before(id: string): Outcome | undefined;
  /** Tells the engine at once: a worker that dies in the next moment takes nothing with it that was sent. */
  tell(outcome: Outcome): void;
}

/**
 * The same activity, saying every few seconds that it is alive: so the engine hears soon of a worker that died, and what was under way
 * then is gone on with in seconds, not when its time is up.
 */
export function beating<Order, Answer>(act: (order: Order, progress: Progress) => Promise<Answer>): (order: Order) => Promise<Answer> {
  return async (order) => {
    const context = Context.current();
    // Each letter of an order listens to it.
    setMaxListeners(0, context.cancellationSignal);
    const said: unknown = context.info.heartbeatDetails;
    const earlier = (Array.isArray(said) ? said : []) as readonly Outcome[];
    const known = new Map(earlier.map((outcome) => [outcome.id, outcome]));
    const say = () => context.heartbeat([...known.values()]);
    const beat = setInterval(say, everyMs);
    try {
      return await act(order, {
        before: (id) => earlier.find((outcome) => outcome.id === id),
        tell(outcome) {
          known.set(outcome.id, outcome);
          say();
        },
      });
    } finally {
      clearInterval(beat);
    }
  };
}
