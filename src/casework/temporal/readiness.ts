import type { Client } from '@temporalio/client';
import type { Numbers } from '../../domain/notifications/watch';
import type { Ask } from './call';
import type { Identity } from '../../api/auth/identity';
import { heardWithinMs, watched } from './watched';
import { workersHeard, type HeardWorker } from './workersHeard';

type UpOrDown = 'up' | 'down';

export interface Readiness {
  /** `clock` is ours against the engine's; left out where that is not known, as while nobody watches over the cases. */
  readonly parts: Readonly<Record<'temporal' | 'worker' | 'issuer', UpOrDown>> & { readonly clock?: UpOrDown };
  /** Cases whose clock stands still. They make the service no less ready for the others. */
  readonly cases?: Numbers;
}

interface Asked {
  readonly client: Client;
  readonly ask: Ask;
  readonly identity: Identity;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Facts are recorded by our clock, and timers ring by the engine's: further apart, dates would be wrong; ours. */
const clocksApartMs = 60_000;

/** Which parts that the service needs are there: the engine, somebody who works on the cases, the issuer of the tokens, the right time. */
export function readinessOf({ client, ask, identity, clock }: Asked): () => Promise<Readiness> {
  const askedFor = () =>
    Promise.allSettled([ask(() => workersHeard(client, client.options.namespace)), ask(() => watched(client)), identity.issuerAnswers()]);
  return async () => {
    const now = clock();
    const [workers, watch, issuer] = await askedFor();
    const heard = workers.status === 'fulfilled' ? workers.value : [];
    const { cases, heardAt } = watch.status === 'fulfilled' ? watch.value : {};
    const isRight = clockIsRight(now, heard, heardAt);
    return {
      parts: {
        temporal: workers.status === 'fulfilled' ? 'up' : 'down',
        worker: heard.length > 0 ? 'up' : 'down',
        issuer: issuer.status === 'fulfilled' ? 'up' : 'down',
        ...(isRight === undefined ? {} : { clock: isRight ? 'up' : 'down' }),
      },
      ...(cases === undefined ? {} : { cases }),
    };
  };
}

/**
 * The engine tells nobody what time it is, but when it last heard from somebody. Its clock is past that; how far at most is known
 * only of who watches over the cases.
 */
function clockIsRight(now: number, workers: readonly HeardWorker[], watchHeardAt: number | undefined): boolean | undefined {
  const lastHeard = Math.max(watchHeardAt ?? 0, ...workers.map(({ heardAt }) => heardAt));
  if (now < lastHeard - clocksApartMs) return false;
  return watchHeardAt === undefined ? undefined : now <= lastHeard + heardWithinMs + clocksApartMs;
}
