import type { Router } from 'express';
import { resources } from '../http/methods';
import { created, ok } from '../http/replies';
import { inEnglish, type RouteParts } from './parts';
import { addressOf } from './pathways';

/** Recording a fact of a case, and reading its timeline. */
export function factRoutes({ endpoint, casework }: RouteParts): Router {
  return resources({
    '/pathways/:reference/facts': {
      post: endpoint.post(async (asked) => created(await casework.tell(inEnglish(asked)), addressOf(asked.reference))),
      get: endpoint.get(async (asked) =>
        ok({ items: await casework.timeline(asked) }, { 'Content-Language': asked.language, Vary: 'Accept-Language' }),
      ),
    },
  });
}
