import { Temporal } from '@js-temporal/polyfill';
import {
  dateOf,
  daysAfter,
  daysBetween,
  daysIn,
  endOfDay,
  instantAt,
  isPlainDate,
  later,
  minus,
  mondayAfter,
  mondayUpTo,
  timesAfter,
  plus,
  startOfDay,
  timeOf,
  type Instant,
  type Period,
  type PlainDate,
} from '../../src/domain/basics/calendar';

/** Every day of eight years, two of them leap years. The scenarios play in 2028, and 2100 has no 29 February. */
const everyDay = [...daysFrom('2026-01-01', 2922), ...daysFrom('2099-12-01', 200)];

describe('a legal period', () => {
  it.each<[PlainDate, Period, PlainDate]>([
    ['2026-11-23', 'P3M', '2027-02-23'],
    ['2027-11-30', 'P3M', '2028-02-29'],
    ['2026-11-30', 'P3M', '2027-02-28'],
    ['2027-11-29', 'P3M', '2028-02-29'],
    ['2027-12-01', 'P3M', '2028-03-01'],
    ['2028-01-31', 'P1M', '2028-02-29'],
    ['2027-01-31', 'P3M', '2027-04-30'],
    ['2027-08-31', 'P3M', '2027-11-30'],
    ['2028-02-29', 'P3M', '2028-05-29'],
    ['2028-02-29', 'P1Y', '2029-02-28'],
    ['2027-11-30', 'P90D', '2028-02-28'],
    ['2028-03-01', 'P30D', '2028-03-31'],
    ['2099-11-30', 'P3M', '2100-02-28'],
  ])('that starts on %s and lasts %s has its last day on %s', (start, period, end) => {
    expect(plus(start, period)).toBe(end);
  });

  it.each<Period>(['P1M', 'P3M', 'P6M', 'P12M', 'P1Y', 'P28D', 'P90D'])(
    'of %s agrees with a second calendar on every day of eight years',
    (period) => {
      const wrong = everyDay.filter((day) => plus(day, period) !== Temporal.PlainDate.from(day).add(period).toString());
      expect(wrong).toEqual([]);
    },
  );

  it.each<Period>(['P7D', 'P90D', 'P3M'])('counted back by %s agrees with a second calendar too', (period) => {
    const wrong = everyDay.filter((day) => minus(day, period) !== Temporal.PlainDate.from(day).subtract(period).toString());
    expect(wrong).toEqual([]);
  });

  it('of three months has from 89 to 92 days, and never ninety by rule', () => {
    const lengths = new Set(everyDay.map((day) => daysBetween(day, plus(day, 'P3M'))));
    expect([...lengths].sort()).toEqual([89, 90, 91, 92]);
  });

  it('of a month, repeated, returns to the 31st after a short month', () => {
    expect([1, 2, 3, 4, 5].map((months) => timesAfter('2027-08-31', 'P1M', months))).toEqual([
      '2027-09-30',
      '2027-10-31',
      '2027-11-30',
      '2027-12-31',
      '2028-01-31',
    ]);
  });

  it('with an invalid length is an error, and not zero days', () => {
    expect(() => plus('2027-11-30', 'PT24H' as Period)).toThrow(RangeError);
  });
});

describe('a day in Amsterdam', () => {
  it.each<[PlainDate, Instant, Instant]>([
    ['2027-11-30', '2027-11-29T23:00:00Z', '2027-11-30T23:00:00Z'],
    ['2027-07-01', '2027-06-30T22:00:00Z', '2027-07-01T22:00:00Z'],
    ['2027-03-28', '2027-03-27T23:00:00Z', '2027-03-28T22:00:00Z'],
    ['2027-10-31', '2027-10-30T22:00:00Z', '2027-10-31T23:00:00Z'],
    ['2028-03-26', '2028-03-25T23:00:00Z', '2028-03-26T22:00:00Z'],
    ['2028-10-29', '2028-10-28T22:00:00Z', '2028-10-29T23:00:00Z'],
    ['2028-02-29', '2028-02-28T23:00:00Z', '2028-02-29T23:00:00Z'],
  ])('%s lasts from %s to %s', (day, start, end) => {
    expect([startOfDay(day), endOfDay(day)]).toEqual([start, end]);
  });

  it('agrees in start, end and nine o’clock with a second calendar on every day of eight years', () => {
    const zone = 'Europe/Amsterdam';
    const wrong = everyDay.filter((day) => {
      const start = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone });
      const nine = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: '09:00' });
      return startOfDay(day) !== start.toInstant().toString() || instantAt(day, '09:00') !== nine.toInstant().toString();
    });
    expect(wrong).toEqual([]);
  });

  it('contains its last minute, and not the first one of the next day', () => {
    expect(dateOf('2028-02-29T22:59:00Z')).toBe('2028-02-29');
    expect(dateOf('2028-02-29T23:00:00Z')).toBe('2028-03-01');
  });

  it.each<[string, PlainDate, string, Instant]>([
    ['an hour that comes twice is meant the first time', '2027-10-31', '02:30', '2027-10-31T00:30:00Z'],
    ['an hour that is skipped is the next that exists', '2027-03-28', '02:30', '2027-03-28T01:30:00Z'],
    ['three o clock of that night exists', '2027-03-28', '03:00', '2027-03-28T01:00:00Z'],
  ])('%s', (_, day, time, instant) => {
    expect(instantAt(day, time)).toBe(instant);
  });
});

describe('a length in hours', () => {
  it.each<[string, Instant, string]>([
    ['is the same hour next day', '2027-11-30T08:00:00Z', '2027-12-01 09:00'],
    ['ends an hour later on the clock where the night is short', '2027-03-27T08:00:00Z', '2027-03-28 10:00'],
    ['ends an hour earlier on the clock where the night is long', '2027-10-30T07:00:00Z', '2027-10-31 08:00'],
    ['does so in the next year too', '2028-03-25T08:00:00Z', '2028-03-26 10:00'],
    ['and in its autumn', '2028-10-28T07:00:00Z', '2028-10-29 08:00'],
  ])('of twenty-four %s', (_, from, clock) => {
    const end = later(from, 'PT24H');
    expect(`${dateOf(end)} ${timeOf(end)}`).toBe(clock);
  });

  it('of minutes is exact across a clock change', () => {
    expect(later('2027-10-31T00:45:00Z', 'PT15M')).toBe('2027-10-31T01:00:00Z');
  });
});

describe('an invalid length in an edition', () => {
  it('is an error, and never no time at all', () => {
    expect(() => later('2027-11-30T08:00:00Z', 'P1D' as 'PT1H')).toThrow('P1D');
    expect(() => later('2027-11-30T08:00:00Z', 'PTH' as 'PT1H')).toThrow('PTH');
    expect(() => plus('2027-11-30', 'PT24H' as Period)).toThrow('PT24H');
    expect(() => daysIn('P1M')).toThrow('P1M');
    expect(daysIn('P7D')).toBe(7);
  });
});

describe('a Monday', () => {
  it.each<[PlainDate, PlainDate]>([
    ['2027-11-29', '2027-12-06'],
    ['2027-11-30', '2027-12-06'],
    ['2027-12-05', '2027-12-06'],
    ['2028-02-28', '2028-03-06'],
  ])('after %s is %s', (day, monday) => {
    expect(mondayAfter(day)).toBe(monday);
  });

  it.each<[PlainDate, PlainDate]>([
    ['2027-11-29', '2027-11-29'],
    ['2027-12-05', '2027-11-29'],
  ])('up to %s is %s', (day, monday) => {
    expect(mondayUpTo(day)).toBe(monday);
  });
});

describe('a date', () => {
  it.each(['2028-02-29', '2027-12-31', '2000-02-29'])('%s exists', (text) => expect(isPlainDate(text)).toBe(true));
  it.each(['2027-02-29', '2027-02-30', '2027-13-01', '2027-00-10', '2100-02-29', '2027-1-1', '27-01-01', '2027-01-01T09:00', '', 'today'])(
    '%s does not exist',
    (text) => expect(isPlainDate(text)).toBe(false),
  );
});

function daysFrom(first: PlainDate, count: number): PlainDate[] {
  return Array.from({ length: count }, (_, days) => daysAfter(first, days));
}
