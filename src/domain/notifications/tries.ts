/* The times of repeated tries. */

import { later, minutesBetween, type Duration, type Instant } from '../basics/calendar';

/** The next try after an instant: tries are evenly spaced from the first. */
export function nextTry(first: Instant, now: Instant, every: Duration): Instant {
  const minutes = minutesBetween(first, later(first, every));
  const gone = Math.floor(Math.max(0, minutesBetween(first, now)) / minutes) + 1;
  return later(first, `PT${gone * minutes}M`);
}
