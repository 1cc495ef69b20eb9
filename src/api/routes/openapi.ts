import type { Router } from 'express';
import { ok, send } from '../http/replies';
import { resources } from '../http/methods';

/** The description of this API, readable without a login and from any page. */
export function openapiRoutes(document: object): Router {
  return resources({
    '/openapi.json': {
      get: (_request, response) => {
        send(response, ok(document, { 'Access-Control-Allow-Origin': '*' }));
      },
    },
  });
}
