import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Caller } from '../../domain/basics/roles';
import { Problem } from '../problems/problem';

/** Throws a `Problem` once a caller has sent more requests in a minute than one may. Each process of the API counts for itself. */
export function limitOf(requestsPerMinute: number): (caller: Caller) => Promise<void> {
  const limiter = new RateLimiterMemory({ points: requestsPerMinute, duration: 60 });
  return async ({ id }) => {
    await limiter.consume(id).catch((over: unknown) => {
      if (!(over instanceof RateLimiterRes)) throw over;
      throw new Problem('too-many', { headers: { 'Retry-After': String(Math.ceil(over.msBeforeNext / 1_000)) } });
    });
  };
}
