import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionOptions } from '@temporalio/client';

/**
 * For the connection that the API is given: the SDK tries nothing again by itself. Its next try waits in nobody's promise, so it would
 * meet a connection that was closed meanwhile and end the process. Ours waits where it can be told to give up.
 */
export const triedOnce = { interceptors: [] } satisfies ConnectionOptions;

/** A case that passes to its next run is ready again in a moment, so the first waits are short; both ours. */
const firstWaitMs = 60;
const longestWaitMs = 1_000;

interface Trying {
  /** Whether a failure passes: the same call may succeed next time. `sinceMs` is how long it has been tried. */
  readonly passes: (failure: unknown, sinceMs: number) => boolean;
  /** Aborted when nobody waits any longer. */
  readonly enough: AbortSignal;
}

/** Calls again, each time a little later, while the failure is one that passes. Throws the last failure. */
export async function tryAgain<T>(call: () => Promise<T>, { passes, enough }: Trying): Promise<T> {
  const began = performance.now();
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 1.7, longestWaitMs)) {
    try {
      return await call();
    } catch (failure) {
      if (enough.aborted || !passes(failure, performance.now() - began)) throw failure;
      // Many who were sent away together should not come back together.
      const waited = await pause(waitMs * (0.8 + 0.4 * Math.random()), true, { signal: enough }).catch(() => false);
      if (!waited) throw failure;
    }
  }
}
