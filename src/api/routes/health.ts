import type { RequestHandler, Router } from 'express';
import { Problem } from '../problems/problems';
import type { Readiness } from '../../casework/temporal/readiness';
import { ok, send } from '../http/replies';
import { resources } from '../http/methods';

/** Whether this process runs, and whether it can do its work; open to whoever asks. */
export function healthRoutes(readiness: () => Promise<Readiness>): Router {
  return resources({ '/health/live': { get: live }, '/health/ready': { get: readyWhen(readiness) } });
}

const live: RequestHandler = (_request, response) => {
  send(response, ok({ status: 'live' }));
};

function readyWhen(readiness: () => Promise<Readiness>): RequestHandler {
  return async (_request, response) => {
    const found = await readiness();
    if (Object.values(found.parts).includes('down')) throw new Problem('not-ready', { ...found, headers: { 'Retry-After': '5' } });
    send(response, ok({ status: 'ready', ...found }));
  };
}
