import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionOptions } from '@temporalio/client';

/**
 * Options of the client's connection: the SDK itself repeats nothing. The SDK's own repeats wait outside every promise. They would meet a
 * connection that was closed meanwhile, and end the process. Our repeats wait where they can be told to give up.
 */
export const triedOnce = { interceptors: [] } satisfies ConnectionOptions;

/** A case that passes to its next run is ready again in a moment, so the first waits are short; both ours. */
const firstWaitMs = 60;
const longestWaitMs = 1_000;

interface Policy {
  /** Whether a failure passes, so that the same call may succeed next time. `sinceMs` is the time since the first call. */
  readonly passes: (failure: unknown, sinceMs: number) => boolean;
  /** Aborted once nobody waits any longer. */
  readonly enough: AbortSignal;
}

/** Repeats a call, each time a little later, while its failure passes. Throws the last failure. */
export async function retried<T>(call: () => Promise<T>, { passes, enough }: Policy): Promise<T> {
  const began = performance.now();
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 1.7, longestWaitMs)) {
    try {
      return await call();
    } catch (failure) {
      if (enough.aborted || !passes(failure, performance.now() - began)) throw failure;
      // Jitter: callers that failed together should not come back together.
      const waited = await pause(waitMs * (0.8 + 0.4 * Math.random()), true, { signal: enough }).catch(() => false);
      if (!waited) throw failure;
    }
  }
}
