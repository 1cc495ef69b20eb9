import type { RequestHandler, Router } from 'express';
import type { Casework } from '../../casework/casework';
import type { Identity } from '../../login/identity';
import { resources } from '../http/methods';
import { ok, send } from '../http/replies';
import { Problem } from '../problems/problem';

interface Parts {
  readonly casework: Casework;
  readonly identity: Identity;
}

/** Whether this process runs, and whether it can do its work; readable without a login. */
export function healthRoutes(parts: Parts): Router {
  return resources({ '/health/live': { get: live }, '/health/ready': { get: readyWhen(parts) } });
}

const live: RequestHandler = (_request, response) => {
  send(response, ok({ status: 'live' }));
};

function readyWhen({ casework, identity }: Parts): RequestHandler {
  return async (_request, response) => {
    const [cases, issuer] = await Promise.all([casework.readiness(), identity.issuerAnswers().then(up, down)]);
    const found = { ...cases, parts: { ...cases.parts, issuer } };
    if (Object.values(found.parts).includes('down')) throw new Problem('not-ready', found);
    send(response, ok({ status: 'ready', ...found }));
  };
}

const up = () => 'up' as const;
const down = () => 'down' as const;
