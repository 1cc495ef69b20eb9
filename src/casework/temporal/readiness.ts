import type { Client } from '@temporalio/client';
import type { Readiness } from '../ports/readiness';
import type { CallEngine } from './call';
import { heardWithinMs, watched } from './watched';
import { workersHeard, type HeardWorker } from './workersHeard';

/** Facts are recorded by our clock, and timers ring by the engine's. With clocks further apart, dates would be wrong; ours. */
const clocksApartMs = 60_000;

/** Which parts that the cases need are there: the engine, a worker of the build on which cases begin, the right time. `clock` gives milliseconds since 1970. */
export function temporalReadiness(client: Client, callEngine: CallEngine, clock: () => number): () => Promise<Readiness> {
  return async () => {
    const now = clock();
    const [workers, watch] = await Promise.allSettled([
      callEngine(() => workersHeard(client, client.options.namespace)),
      callEngine(() => watched(client)),
    ]);
    const heard = workers.status === 'fulfilled' ? workers.value : [];
    const { cases, heardAt } = watch.status === 'fulfilled' ? watch.value : {};
    const isRight = clockIsRight(now, heard, heardAt);
    return {
      parts: {
        temporal: workers.status === 'fulfilled' ? 'up' : 'down',
        worker: heard.some(({ isCurrent }) => isCurrent) ? 'up' : 'down',
        ...(isRight === undefined ? {} : { clock: isRight ? 'up' : 'down' }),
      },
      ...(cases === undefined ? {} : { cases }),
    };
  };
}

/**
 * The engine does not tell its time, but the time at which it last heard from a worker. Its clock is past that. How far at most is known of
 * the watching worker only.
 */
function clockIsRight(now: number, workers: readonly HeardWorker[], watchHeardAt: number | undefined): boolean | undefined {
  const lastHeard = Math.max(watchHeardAt ?? 0, ...workers.map(({ heardAt }) => heardAt));
  if (now < lastHeard - clocksApartMs) return false;
  return watchHeardAt === undefined ? undefined : now <= lastHeard + heardWithinMs + clocksApartMs;
}
