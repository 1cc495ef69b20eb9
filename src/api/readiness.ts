import type { Client } from '@temporalio/client';
import { pathwayQueue } from '../workflows/messages';
import type { Ask } from './engine';
import type { Identity } from './identity';

type Part = 'temporal' | 'worker' | 'issuer';
export type Readiness = () => Promise<Readonly<Record<Part, 'up' | 'down'>>>;

/** A worker asks for work again at least once a minute, work or none. */
const silenceMs = 150_000;

/** Which parts that the service needs are there: the engine, somebody who works on the cases, the issuer of the tokens. */
export function readinessOf({ workflowService, options: { namespace } }: Client, ask: Ask, identity: Identity): Readiness {
  const queue = () => ask(() => workflowService.describeTaskQueue({ namespace, taskQueue: { name: pathwayQueue } }));
  return async () => {
    const [pollers, issuer] = await Promise.allSettled([queue(), identity.issuerAnswers()]);
    const heard =
      pollers.status === 'fulfilled' &&
      pollers.value.pollers.some(({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < silenceMs);
    return {
      temporal: pollers.status === 'fulfilled' ? 'up' : 'down',
      worker: heard ? 'up' : 'down',
      issuer: issuer.status === 'fulfilled' ? 'up' : 'down',
    };
  };
}
