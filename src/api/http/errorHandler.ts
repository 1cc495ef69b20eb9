import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Log } from '../../casework/installation';
import { Refused } from '../../casework/refused';
import { redactError } from '../../errors/redactError';
import { LoginRefused } from '../../login/loginRefused';
import { Problem } from '../problems/problem';
import { problemOfLogin } from '../problems/problemOfLogin';
import { problemOf } from '../problems/problemOfRefusal';
import { send } from './replies';
import { atTheSameTime } from './sameTime';

export const problemType = 'application/problem+json; charset=utf-8';

/** Answers every thrown error as a problem. Only errors on our side are logged. */
export function errorHandler(log: Log): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return async (thrown: unknown, request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const problem = problemFor(thrown);
    if (problem.code === 'our-fault')
      log.error({ requestId: response.getHeader('X-Request-Id'), error: redactError(thrown) }, 'a request failed');
    if (problem.code === 'not-found') await atTheSameTime(request);
    send(response, { status: problem.status, body: problem.body, type: problemType, headers: problem.headers });
  };
}

/** The path of no route. */
export function unknownPath(_request: Request, _response: Response): never {
  throw new Problem('unknown-path');
}

/** The status with which the API answers a failure. */
export function statusOf(failure: unknown): number {
  return problemFor(failure).status;
}

function problemFor(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof Refused) return problemOf(thrown);
  if (thrown instanceof LoginRefused) return problemOfLogin(thrown);
  // Express itself cannot read a path with a broken percent sign.
  const { status } = thrown as { status?: unknown };
  return new Problem(typeof status === 'number' && status < 500 ? 'unknown-path' : 'our-fault');
}
