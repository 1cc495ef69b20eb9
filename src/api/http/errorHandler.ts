import type { ErrorRequestHandler, Request, Response } from 'express';
import { redactError } from '../../errors/redactError';
import type { Log } from '../deps';
import { Problem } from '../problems/problems';
import { send } from './replies';
import { atTheSameTime } from './sameTime';

export const problemType = 'application/problem+json; charset=utf-8';

/** Answers whatever was thrown as a problem; only what is our own fault is logged. */
export function problemAnswer(log: Log): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return async (thrown: unknown, request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const problem = problemOf(thrown);
    if (problem.code === 'our-fault')
      log.error({ requestId: response.getHeader('X-Request-Id'), error: redactError(thrown) }, 'a request failed');
    if (problem.code === 'not-found') await atTheSameTime(request);
    send(response, { status: problem.status, body: problem.body, type: problemType, headers: problem.headers });
  };
}

/** No route is there. */
export function unknownPath(_request: Request, _response: Response): never {
  throw new Problem('unknown-path');
}

function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  // What Express itself cannot read: a path with a broken percent sign.
  const { status } = thrown as { status?: unknown };
  return new Problem(typeof status === 'number' && status < 500 ? 'unknown-path' : 'our-fault');
}
