import { setTimeout as pause } from 'node:timers/promises';

/** The wait between two tries; ours. */
const againAfterMs = 250;

/** Repeats a call while it fails, until the patience is over. Throws the last failure. */
export async function patiently<T>(call: () => Promise<T>, patienceMs: number): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await call();
    } catch (failure) {
      if (performance.now() + againAfterMs > until) throw failure;
      await pause(againAfterMs);
    }
  }
}
