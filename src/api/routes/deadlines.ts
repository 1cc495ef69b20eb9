import type { Router } from 'express';
import type { Pathways } from '../pathways';
import { ok } from '../replies';
import { resources } from '../resources';
import type { Route } from '../route';

/** A deadline that explains itself. */
export function deadlineRoutes({ route, pathways }: { readonly route: Route; readonly pathways: Pathways }): Router {
  return resources({
    '/pathways/:reference/deadlines/:deadline': {
      get: route.read({}, async ({ reference, caller, now, named: { deadline = '' } }) =>
        ok(await pathways.certificate(reference, { caller, now, deadline })),
      ),
    },
  });
}
