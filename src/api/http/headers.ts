import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { Problem } from '../problems/problem';
import { apiVersion } from './version';

/** The security headers that the Dutch API Design Rules ask of every answer. No proxy keeps a copy. */
const always = {
  'API-Version': apiVersion,
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** Sets the headers of every answer, also of an error. */
export function answerHeaders(request: Request, response: Response, next: NextFunction): void {
  response.set(headersOf(request.get('X-Request-Id')));
  next();
}

/** The headers of the answer to a request with this id. */
export function headersOf(givenId: string | undefined): Readonly<Record<string, string>> {
  return { ...always, 'X-Request-Id': requestId(givenId) };
}

/** A request names one Host (RFC 9112, 3.2). A request of HTTP/1.0 may name none. */
export function oneHost({ httpVersion, headersDistinct }: Request, _response: Response, next: NextFunction): void {
  const { host = [] } = headersDistinct;
  if (host.length > 1 || (host.length === 0 && httpVersion !== '1.0'))
    throw new Problem('not-http', { detail: 'A request names one Host.' });
  next();
}

// A caller's own id is kept, so that both sides find the same request. Logs keep it too: in another form it could carry a name.
function requestId(given: string | undefined): string {
  return given !== undefined && /^[\da-f]{8}(-?)([\da-f]{4}\1){3}[\da-f]{12}$/i.test(given) ? given : randomUUID();
}
