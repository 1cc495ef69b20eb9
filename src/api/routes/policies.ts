import type { Router } from 'express';
import { resources } from '../http/methods';
import { ok } from '../http/replies';
import type { RouteParts } from './parts';

/** The editions of the policy, as data with their sources. */
export function policyRoutes({ endpoint, casework }: RouteParts): Router {
  return resources({
    '/policies': { get: endpoint.get((asked) => ok({ items: casework.policies(asked) })) },
    '/policies/:edition': {
      get: endpoint.get((asked) => ok(casework.policy({ ...asked, edition: asked.named['edition'] ?? '' }))),
    },
  });
}
