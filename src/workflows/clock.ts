import { epoch, instantOf, type Instant } from '../domain/basics/calendar';

/**
 * Letters leave ten seconds after the minute, so that what was received in that minute is in them: of one minute first
 * what the clock does, then facts, then alarms, then mail (docs/policy.md, fine print 30).
 */
const SETTLED_AFTER_MS = 10_000;

/** The minute it is. */
export function thisMinute(): Instant {
  return instantOf(Date.now());
}

/** The last minute of which the letters may leave. */
export function lastClosedMinute(): Instant {
  return instantOf(Date.now() - SETTLED_AFTER_MS);
}

/** How long to wait from now until the letters of a minute may leave; at least one millisecond. */
export function millisecondsUntil(moment: Instant): number {
  return Math.max(1, epoch(moment) + SETTLED_AFTER_MS - Date.now());
}
