/* Months, years and quarters. */

import { dateOf, type Instant } from '../domain/basics/calendar';
import { monthOf, type Month } from '../domain/views/statisticsRow';

/** Some months, from the one to the other. */
export interface Months {
  readonly since: Month;
  readonly until: Month;
}

/** A year or a quarter for which statistics are published: `2026`, `2026-Q3`. */
export const periodShape = /^(19|20|21)\d\d(-Q[1-4])?$/;
export const monthShape = /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/;

export function monthsOf(period: string): Months {
  const [year = '', quarter] = period.split('-Q');
  const first = quarter === undefined ? 1 : Number(quarter) * 3 - 2;
  return { since: month(year, first), until: month(year, quarter === undefined ? 12 : first + 2) };
}

/** The year that a period lies in, as months. */
export function yearAround(period: string): Months {
  return monthsOf(period.slice(0, 4));
}

/** Whether a period ended before this day in Amsterdam. */
export function isOver(period: string, now: Instant): boolean {
  return monthsOf(period).until < monthOf(dateOf(now));
}

/** Each month, as `2026-07`. */
export function eachMonth({ since, until }: Months): readonly string[] {
  const [first, last] = [since, until].map((each) => Number(each.slice(0, 4)) * 12 + Number(each.slice(5, 7)) - 1) as [number, number];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) =>
    month(String(Math.floor((first + place) / 12)), ((first + place) % 12) + 1).slice(0, 7),
  );
}

/** Each year, as `2026`. */
export function eachYear({ since, until }: Months): readonly string[] {
  const first = Number(since.slice(0, 4));
  return Array.from({ length: Math.max(0, Number(until.slice(0, 4)) - first + 1) }, (_, place) => String(first + place));
}

function month(year: string, number: number): Month {
  return `${year}-${String(number).padStart(2, '0')}-01` as Month;
}

/** A month in its short form, `2026-07`, as months are kept. */
export function asMonth(short: string): Month {
  return `${short}-01` as Month;
}

/** Some months in short, as an interval of ISO 8601. */
export function interval({ since, until }: Months): string {
  return `${since.slice(0, 7)}/${until.slice(0, 7)}`;
}
