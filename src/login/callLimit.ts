import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Caller } from '../domain/basics/roles';

/** Counts a request of a caller. Answers the seconds to wait if that is more than one may send in a minute. */
export type CallLimit = (caller: Pick<Caller, 'id'>) => Promise<number | undefined>;

/** The limit of requests for each caller. Each process counts for itself. */
export function callLimit(requestsPerMinute: number): CallLimit {
  const limiter = new RateLimiterMemory({ points: requestsPerMinute, duration: 60 });
  return async ({ id }) => {
    try {
      await limiter.consume(id);
      return undefined;
    } catch (over) {
      if (over instanceof RateLimiterRes) return Math.ceil(over.msBeforeNext / 1_000);
      throw over;
    }
  };
}
