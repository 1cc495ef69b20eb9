import type { Router } from 'express';
import { explanationOf, problemCodes } from '../problems/problems';
import { Problem } from '../problems/problem';
import { ok, send } from '../http/replies';
import { resources } from '../http/methods';

/** The meaning of a problem, at the address that its `type` names; readable without a login and from any page. */
export function problemRoutes(): Router {
  return resources({
    '/problems/:code': {
      get: ({ params }, response) => {
        const code = problemCodes.find((each) => each === params['code']);
        if (code === undefined) throw new Problem('not-found', { detail: 'There is no such problem; openapi.json names those there are.' });
        send(response, ok(explanationOf(code), { 'Access-Control-Allow-Origin': '*' }));
      },
    },
  });
}
