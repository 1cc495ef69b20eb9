import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { apiVersion } from './version';

/** The security headers that the Dutch API Design Rules ask of every answer, and no copy kept on the way. */
const always = {
  'API-Version': apiVersion,
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** What every answer carries, an error's too. */
export function answerHeaders(request: Request, response: Response, next: NextFunction): void {
  response.set({ ...always, 'X-Request-Id': requestId(request.get('X-Request-Id')) });
  next();
}

// A caller's own id is kept, so that both sides find the same request; anything longer or stranger could carry a message.
function requestId(given: string | undefined): string {
  return given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}
