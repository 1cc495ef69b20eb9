/* The mornings on which digests leave. */

import { dateOf, daysAfter, instantAt, type Instant, type PlainDate } from '../basics/calendar';

/** The date of the last digest that has left by an instant. */
export function lastMorning(instant: Instant, digestAt: string): PlainDate {
  const date = dateOf(instant);
  return instantAt(date, digestAt) <= instant ? date : daysAfter(date, -1);
}

/** The date of the first digest at or after an instant. */
export function firstMorning(instant: Instant, digestAt: string): PlainDate {
  const date = dateOf(instant);
  return instantAt(date, digestAt) >= instant ? date : daysAfter(date, 1);
}
