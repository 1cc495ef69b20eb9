/* Legal dates, instants and periods, and all arithmetic with them. */

import { TZDate } from '@date-fns/tz';
import { add, sub } from 'date-fns';
import { memoizeByKey } from './memoize';

/**
 * Legal dates and instants, and nothing else in the project does arithmetic with either.
 *
 * A legal date is a day on the calendar in the Netherlands and has no hour; it lasts to its end, 24:00 in Amsterdam.
 * An instant is kept to the minute, in UTC, always in the same form, so that instants compare as text.
 */

/** A legal date, `2027-11-30`. */
export type PlainDate = `${number}-${number}-${number}`;

/** An instant to the minute, in UTC: `2027-11-30T08:00:00Z`. */
export type Instant = `${number}-${number}-${number}T${number}:${number}:00Z`;

/** A calendar period, `P3M`, `P14D`, `P1W`, `P1Y`. Three months are months, never ninety days. */
export type Period = `P${number}${'D' | 'W' | 'M' | 'Y'}`;

/** A length of time, `PT24H`, `PT15M`: hours that pass, whatever the clocks on the wall do. */
export type Duration = `PT${number}${'H' | 'M'}`;

const ZONE = 'Europe/Amsterdam';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The date a calendar period later; a day that its month lacks becomes the month's last: 30 November + `P3M` is the last of February. */
export function plus(date: PlainDate, period: Period): PlainDate {
  const { days } = parts(period);
  return days > 0 ? daysAfter(date, days) : monthsOn(`${date} ${period}`);
}

/** The date a calendar period earlier, clamped to the end of the month as `plus` is. */
export function minus(date: PlainDate, period: Period): PlainDate {
  const { days, ...others } = parts(period);
  return days > 0 ? daysAfter(date, -days) : dateOfUtc(sub(utc(date), others));
}

/** The date so many periods after the first one, counted from that one each time, so that a 31st comes back after a short month. */
export function timesAfter(date: PlainDate, period: Period, times: number): PlainDate {
  const { days, months, years } = parts(period);
  return days > 0 ? daysAfter(date, days * times) : plus(date, `P${(years * 12 + months) * times}M`);
}

/** The date so many days later (or, with a negative number, earlier). */
export function daysAfter(date: PlainDate, days: number): PlainDate {
  return dateAtMidnight(midnight(date) + days * DAY);
}

/** The first Monday after the date, never the date itself. */
export function mondayAfter(date: PlainDate): PlainDate {
  return daysAfter(date, (8 - weekday(date)) % 7 || 7);
}

/** The last Monday on or before the date. */
export function mondayUpTo(date: PlainDate): PlainDate {
  return daysAfter(date, -((weekday(date) + 6) % 7));
}

/** How many days a period of days has; that of others depends on the date it is counted from. */
export function daysIn(period: Period): number {
  const { days } = parts(period);
  if (days === 0) throw new RangeError(`not a period of days: ${period}`);
  return days;
}

/** Whole days from the one date to the other. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return (midnight(to) - midnight(from)) / DAY;
}

/** The first instant of a legal date: 00:00 in Amsterdam. */
export function startOfDay(date: PlainDate): Instant {
  return instantAt(date, '00:00');
}

/** The first instant after a legal date, 24:00 in Amsterdam: the date holds until then. */
export function endOfDay(date: PlainDate): Instant {
  return startOfDay(daysAfter(date, 1));
}

/** The instant of a time on the wall in Amsterdam. Of an hour that comes twice it is the first; for a skipped time it is the next that exists. */
export function instantAt(date: PlainDate, time: string): Instant {
  return onTheWall(`${date} ${time}`);
}

/** The legal date in Amsterdam at an instant. */
export function dateOf(instant: Instant): PlainDate {
  return wallAt(instant).date;
}

/** The time on the wall in Amsterdam at an instant, `09:00`. */
export function timeOf(instant: Instant): string {
  return wallAt(instant).time;
}

/** The instant a length of time later: real hours, so that 24 of them cross a clock change unharmed. */
export function later(instant: Instant, duration: Duration): Instant {
  const [, amount = '', unit] = /^PT(\d+)([HM])$/.exec(duration) ?? [];
  if (amount === '') throw new RangeError(`not a length of time: ${duration}`);
  return instantOf(epoch(instant) + Number(amount) * (unit === 'H' ? 60 : 1) * MINUTE);
}

/** The last instant before. */
export function minuteBefore(instant: Instant): Instant {
  return instantOf(epoch(instant) - MINUTE);
}

/** Whole minutes from the one instant to the other. */
export function minutesBetween(from: Instant, to: Instant): number {
  return (epoch(to) - epoch(from)) / MINUTE;
}

/** The minute that holds a number of milliseconds since 1970. */
export function instantOf(milliseconds: number): Instant {
  return `${new Date(Math.floor(milliseconds / MINUTE) * MINUTE).toISOString().slice(0, 16)}:00Z` as Instant;
}

/** Milliseconds since 1970 of an instant. */
export function epoch(instant: Instant): number {
  return Date.parse(instant);
}

/** The earliest of some instants, or none. */
export function earliest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce((best, next) => (next === null || (best !== null && best <= next) ? best : next), null);
}

/** The later of two instants or of two dates. */
export function latest<T extends Instant | PlainDate>(one: T, other: T): T {
  return one >= other ? one : other;
}

/** Whether a text is a day that exists: `2027-02-30` is not. */
export function isPlainDate(text: string): text is PlainDate {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && dateOfUtc(new Date(`${text}T00:00:00Z`)) === text
  );
}

/** Whether a text is an instant in the one form that instants have here. */
export function isInstant(text: string): text is Instant {
  const milliseconds = Date.parse(text);
  return !Number.isNaN(milliseconds) && instantOf(milliseconds) === text;
}

/** Whether a length is of hours or minutes (`PT..`) and so counted from an instant, not from a date. */
export function isDuration(length: Period | Duration): length is Duration {
  return length.startsWith('PT');
}

// Part by part: in what order and with what between a country writes them may change with a release of Node.
const amsterdam = new Intl.DateTimeFormat('en', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

const wallAt = memoizeByKey((instant: Instant) => {
  const part = Object.fromEntries(amsterdam.formatToParts(epoch(instant)).map(({ type, value }) => [type, value]));
  return { date: `${part['year']}-${part['month']}-${part['day']}` as PlainDate, time: `${part['hour']}:${part['minute']}` };
});

// Dates alone are calculated in UTC, where every day has 24 hours. The agenda asks for thousands of the same few days.
const midnight = memoizeByKey((date: PlainDate) => Date.parse(`${date}T00:00:00Z`));
const dateAtMidnight = memoizeByKey((milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10) as PlainDate);

const onTheWall = memoizeByKey((wallTime: string) => {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = wallTime.split(/\D/).map(Number);
  const named = new TZDate(year, month - 1, day, hour, minute, ZONE).getTime();
  // The library names the second of an hour that comes twice.
  const hourBefore = instantOf(named - 60 * MINUTE);
  return `${dateOf(hourBefore)} ${timeOf(hourBefore)}` === wallTime ? hourBefore : instantOf(named);
});

// A case of many facts asks for the same few again each time it is folded.
const monthsOn = memoizeByKey((dateAndPeriod: `${PlainDate} ${Period}`) => {
  const [date, period] = dateAndPeriod.split(' ') as [PlainDate, Period];
  return dateOfUtc(add(utc(date), parts(period)));
});

function weekday(date: PlainDate): number {
  return new Date(midnight(date)).getUTCDay();
}

function utc(date: PlainDate): TZDate {
  return new TZDate(midnight(date), 'UTC');
}

function dateOfUtc(date: Date): PlainDate {
  return dateAtMidnight(date.getTime());
}

const parts = memoizeByKey((period: Period): { years: number; months: number; days: number } => {
  const [, amount = '', unit] = /^P(\d+)([DWMY])$/.exec(period) ?? [];
  if (amount === '') throw new RangeError(`not a calendar period: ${period}`);
  const count = Number(amount);
  return { years: unit === 'Y' ? count : 0, months: unit === 'M' ? count : 0, days: unit === 'D' ? count : unit === 'W' ? count * 7 : 0 };
});
