import { setTimeout as pause } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';

/** Longer than an answer about a case takes on a healthy service; ours. */
const paceMs = 200;

const arrivals = new WeakMap<Request, number>();

/** Remembers when a request came. */
export function arrived(request: Request, _response: Response, next: NextFunction): void {
  arrivals.set(request, performance.now());
  next();
}

/**
 * Waits until a fifth of a second has passed since the request came, or the next one. A case that is hidden says so itself, one that is
 * not there is missed by the engine alone, which is quicker: whoever measures must not learn from it that there is a case.
 */
export async function atTheSameTime(request: Request): Promise<void> {
  const sinceMs = performance.now() - (arrivals.get(request) ?? 0);
  await pause(paceMs - (sinceMs % paceMs));
}
