import { epoch, instantOf, type Instant } from '../domain/basics/calendar';

/**
 * The letters of a minute leave ten seconds after it, so that every fact received in it is in them. The order within a minute: the clock,
 * facts, alarms, mail (docs/policy.md, fine print 30).
 */
const CLOSED_AFTER_MS = 10_000;

/** The present minute. */
export function thisMinute(): Instant {
  return instantOf(Date.now());
}

/** The last minute of which the letters may leave. */
export function lastClosedMinute(): Instant {
  return instantOf(Date.now() - CLOSED_AFTER_MS);
}

/** How long to wait from now until the letters of a minute may leave; at least one millisecond. */
export function millisecondsUntil(minute: Instant): number {
  return Math.max(1, epoch(minute) + CLOSED_AFTER_MS - Date.now());
}
