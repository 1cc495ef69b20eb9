import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { dateOf, daysAfter, instantAt, isPlainDate, type Instant, type PlainDate } from '../domain/calendar';

/** A scenario in absolute dates, ready to be run. */
export interface Scenario {
  readonly name: string;
  /** The intake is registered at nine on the first day. */
  readonly registeredAt: Instant;
  readonly intake: Readonly<Record<string, unknown>>;
  readonly events: readonly ScenarioEvent[];
  readonly outages: readonly { readonly from: Instant; readonly until: Instant }[];
  readonly until: Instant;
}

export type ScenarioEvent =
  | {
      readonly at: Instant;
      readonly by: string;
      readonly fact: Readonly<Record<string, unknown>> & { readonly type: string; readonly on: PlainDate };
    }
  | { readonly at: Instant; readonly signal: Readonly<Record<string, unknown>> };

/** A scenario that cannot be run, in one sentence. */
export class BrokenScenario extends Error {
  override readonly name = 'BrokenScenario';
}

/** Reads a scenario file. `today` is the legal date now: the skipping clock cannot go back. */
export function readScenario(path: string, today: PlainDate): Scenario {
  const parsed = scenarioFile.safeParse(readJson(path));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'the file'}: ${message}`);
    throw new BrokenScenario(faults.join('; '));
  }
  const { name, startOn, intake, facts, mailOutages, until } = parsed.data;
  const start = dateFrom(startOn, today, 'startOn');
  if (start < today) throw new BrokenScenario(`startOn ${start} lies in the past: the skipping clock cannot go back`);
  const moment = (text: string, where: string) => momentFrom(text, start, where);
  const registeredAt = instantAt(start, '09:00');
  const events = facts.map((entry, i): ScenarioEvent => {
    const at = moment(entry.at, `facts.${i}.at`);
    if (at < registeredAt) throw new BrokenScenario(`facts.${i}.at ${entry.at} lies before the intake at 09:00 on ${start}`);
    const dated = withDates(entry, start, `facts.${i}`);
    if ('signal' in entry) {
      const { at: _at, signal: _signal, ...told } = dated;
      return { at, signal: told };
    }
    const { at: _at, by: _by, ...fact } = dated;
    return { at, by: entry.by, fact: { on: dateOf(at), ...fact, type: entry.type } };
  });
  return {
    name,
    registeredAt,
    intake: { indication: { observedOn: start, by: 'police' }, ...withDates(intake, start, 'intake') },
    events: [...events].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
    outages: mailOutages.map(({ from, until: end }, i) => ({
      from: moment(from, `mailOutages.${i}.from`),
      until: moment(end, `mailOutages.${i}.until`),
    })),
    until: moment(until, 'until'),
  };
}

/** A moment of a scenario: a date (00:00) or a date with a time, or so many days after the start. */
function momentFrom(text: string, start: PlainDate, where: string): Instant {
  const [day = '', time = '00:00'] = text.split('T');
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new BrokenScenario(`${where}: ${text} is not a time of the day`);
  return instantAt(dateFrom(day, start, where), time);
}

function dateFrom(text: string, start: PlainDate, where: string): PlainDate {
  if (/^\+\d+$/.test(text)) return daysAfter(start, Number(text));
  if (!isPlainDate(text)) throw new BrokenScenario(`${where}: ${text} is not a date that exists`);
  return text;
}

/** The same values, with every relative date made absolute: `"+42"` is 42 days after the start. */
function withDates<T extends object>(values: T, start: PlainDate, where: string): T {
  const dated = Object.entries(values).map(([name, value]: [string, unknown]) => {
    if (typeof value === 'string' && /^\+\d+$/.test(value)) return [name, dateFrom(value, start, `${where}.${name}`)];
    return [
      name,
      typeof value === 'object' && value !== null && !Array.isArray(value) ? withDates(value, start, `${where}.${name}`) : value,
    ];
  });
  return Object.fromEntries(dated) as T;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new BrokenScenario(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const told = z.looseObject({ at: z.string(), by: z.string(), type: z.string() });
const signalled = z.looseObject({ at: z.string(), signal: z.literal('cooperation') });
const scenarioFile = z.strictObject({
  name: z.string(),
  startOn: z.string(),
  intake: z.looseObject({}),
  facts: z.array(z.union([signalled, told], { error: 'a fact needs at, by and type; a signal at and signal' })),
  mailOutages: z.array(z.strictObject({ from: z.string(), until: z.string() })).default([]),
  until: z.string(),
});
