import type { ErrorRequestHandler, Request, Response } from 'express';
import { withoutMessage } from '../withoutMessage';
import type { Log } from './deps';
import { Problem, type ProblemCode } from './problems';
import { atTheSameTime } from './sameTime';

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
      log.error({ requestId: response.getHeader('X-Request-Id'), error: withoutMessage(thrown) }, 'a request failed');
    if (problem.code === 'not-found') await atTheSameTime(request);
    response.status(problem.status).set(problem.headers).type('application/problem+json').send(JSON.stringify(problem.body));
  };
}

/** No route is there. */
export function unknownPath(_request: Request, _response: Response): never {
  throw new Problem('unknown-path');
}

function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const { type, status } = thrown as { type?: unknown; status?: unknown };
  const byParser = typeof type === 'string' ? parserProblems[type] : undefined;
  if (byParser !== undefined) return new Problem(byParser);
  // A body that is not compressed as it says it is: zlib's own code.
  if ((thrown as { code?: unknown }).code === 'Z_DATA_ERROR') return new Problem('broken-json');
  // What Express itself cannot read, such as a path with a broken percent sign.
  return new Problem(typeof status === 'number' && status < 500 ? 'unknown-path' : 'our-fault');
}

/** What the parser of bodies calls its refusals. */
const parserProblems: Readonly<Record<string, ProblemCode>> = {
  'entity.parse.failed': 'broken-json',
  'entity.too.large': 'too-large',
  'encoding.unsupported': 'wrong-content-type',
  'charset.unsupported': 'wrong-content-type',
  'request.aborted': 'broken-json',
  'request.size.invalid': 'broken-json',
};
