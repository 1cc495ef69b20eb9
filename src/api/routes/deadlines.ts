import type { Router } from 'express';
import type { Pathways } from '../../casework/temporal/pathways';
import { ok } from '../http/replies';
import { resources } from '../http/methods';
import type { Route } from '../http/endpoint';

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
