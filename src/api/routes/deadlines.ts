import type { Router } from 'express';
import { resources } from '../http/methods';
import { ok } from '../http/replies';
import type { RouteParts } from './parts';

/** A deadline that explains itself. */
export function deadlineRoutes({ endpoint, casework }: RouteParts): Router {
  return resources({
    '/pathways/:reference/deadlines/:deadline': {
      get: endpoint.get(async (asked) => ok(await casework.explain({ ...asked, deadline: asked.named['deadline'] ?? '' }))),
    },
  });
}
