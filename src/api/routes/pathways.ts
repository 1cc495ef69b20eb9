import type { Router } from 'express';
import { resources } from '../http/methods';
import { created, ok } from '../http/replies';
import { listReply } from '../http/tables';
import { ofCases } from './columns';
import { inEnglish, type RouteParts } from './parts';

/** Opening a case, reading it, and the list of all cases. */
export function pathwayRoutes({ endpoint, casework }: RouteParts): Router {
  return resources({
    '/pathways': {
      post: endpoint.post(async (asked) => {
        const pathway = await casework.open(inEnglish(asked));
        return created(pathway, addressOf(pathway.reference));
      }),
      get: endpoint.get(async (asked) => {
        const { items, next } = await casework.list(asked);
        return listReply(asked, { items, next, columns: ofCases, body: { items, next } });
      }),
    },
    '/pathways/:reference': { get: endpoint.get(async (asked) => ok(await casework.find(inEnglish(asked)))) },
    '/pathways/:reference/intake': { get: endpoint.get(async (asked) => ok(await casework.intake(asked))) },
    '/pathways/:reference/access-log': { get: endpoint.get(async (asked) => ok(await casework.accessLog(asked))) },
  });
}

/** The path of a pathway. */
export function addressOf(reference: string): string {
  return `/v1/pathways/${reference}`;
}
