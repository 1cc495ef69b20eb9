import type { Client } from '@temporalio/client';
import type { Ask } from './engine';
import type { Identity } from './identity';
import { workersHeard } from './workersHeard';

type Part = 'temporal' | 'worker' | 'issuer';
export type Readiness = () => Promise<Readonly<Record<Part, 'up' | 'down'>>>;

/** Which parts that the service needs are there: the engine, somebody who works on the cases, the issuer of the tokens. */
export function readinessOf(client: Client, ask: Ask, identity: Identity): Readiness {
  const workers = () => ask(() => workersHeard(client, client.options.namespace));
  return async () => {
    const [heard, issuer] = await Promise.allSettled([workers(), identity.issuerAnswers()]);
    return {
      temporal: heard.status === 'fulfilled' ? 'up' : 'down',
      worker: heard.status === 'fulfilled' && heard.value.length > 0 ? 'up' : 'down',
      issuer: issuer.status === 'fulfilled' ? 'up' : 'down',
    };
  };
}
