import { setImmediate as othersAnswered, setTimeout as pause } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';

/** Longer than an answer about a case takes on a healthy service; ours. */
const paceMs = 200;
/** A timer rings a millisecond early or late, and that difference could be measured. */
const timerIsOffByMs = 2;

const arrivals = new WeakMap<Request, number>();

/** Remembers the time at which a request came. */
export function arrived(request: Request, _response: Response, next: NextFunction): void {
  arrivals.set(request, performance.now());
  next();
}

/**
 * Waits until a fifth of a second has passed since the request came, or the next fifth. A hidden case answers by itself. A missing case is
 * answered by the engine alone, which is quicker. The time of an answer must not tell a caller that there is a case.
 */
export async function atTheSameTime(request: Request): Promise<void> {
  const came = arrivals.get(request) ?? 0;
  const leaves = came + Math.ceil((performance.now() - came) / paceMs) * paceMs;
  await pause(leaves - performance.now() - timerIsOffByMs);
  while (performance.now() < leaves) await othersAnswered();
}
