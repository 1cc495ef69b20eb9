import { Context } from '@temporalio/activity';

const everyMs = 5_000;

/**
 * The same activity, saying every few seconds that it is alive: so the engine hears soon of a worker that died, and a letter
 * under way then is tried again in seconds, not when its time is up.
 */
export function beating<Order, Answer>(act: (order: Order) => Promise<Answer>): (order: Order) => Promise<Answer> {
  return async (order) => {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), everyMs);
    try {
      return await act(order);
    } finally {
      clearInterval(beat);
    }
  };
}
