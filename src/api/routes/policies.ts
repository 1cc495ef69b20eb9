import type { Router } from 'express';
import { currentEdition, editions, findEdition } from '../../domain/policy/editions';
import { Problem } from '../problems/problems';
import { ok } from '../http/replies';
import { resources } from '../http/methods';
import type { Route } from '../http/endpoint';

/** The editions of the policy, as data with their sources. */
export function policyRoutes({ route }: { readonly route: Route }): Router {
  return resources({
    '/policies': {
      get: route.read({}, () =>
        ok({
          items: editions.map(({ edition, from, source }) => ({ edition, from, source, current: edition === currentEdition.edition })),
        }),
      ),
    },
    '/policies/:edition': {
      get: route.read({}, ({ named: { edition = '' } }) => {
        const found = findEdition(edition);
        if (found === undefined)
          throw new Problem('not-found', { detail: 'There is no such edition; /v1/policies names those there are.' });
        return ok(found);
      }),
    },
  });
}
