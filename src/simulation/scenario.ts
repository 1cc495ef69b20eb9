import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  dateOf,
  daysAfter,
  epoch,
  instantAt,
  isPlainDate,
  latest,
  startOfDay,
  type Instant,
  type PlainDate,
} from '../domain/basics/calendar';
import { UserFacingError } from '../errors/userFacingError';

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

export type ScenarioEvent = ScenarioFact | { readonly at: Instant; readonly signal: Readonly<Record<string, unknown>> };

/** A fact that a staff member tells at an instant, as the scenario writes it. */
export interface ScenarioFact {
  readonly at: Instant;
  readonly by: string;
  readonly submission: Readonly<Record<string, unknown>>;
  /** The place of the fact in the file, for error messages. */
  readonly where: string;
}

/** A scenario that cannot be run, in one sentence. */
export class BrokenScenario extends UserFacingError {
  override readonly name = 'BrokenScenario';
}

/** Reads a scenario file. `today` is the legal date now, since the skipping clock cannot go back. */
export function readScenario(path: string, today: PlainDate): Scenario {
  const { name, startOn, intake, facts, mailOutages, until } = checkedOrBroken(scenarioFile, readJson(path), 'the scenario');
  const start = dateFrom(startOn, today, 'startOn');
  if (start < today) throw new BrokenScenario(`startOn ${start} lies in the past: the skipping clock cannot go back`);
  const registeredAt = instantAt(start, '09:00');
  const instant = (text: string, where: string): Instant => {
    const at = instantFrom(text, start, where);
    if (at < startOfDay(start)) throw new BrokenScenario(`${where}: ${text} lies before the scenario's first day`);
    return at;
  };
  return {
    name,
    registeredAt,
    intake: { indication: { observedOn: start, by: 'police' }, ...withDates(intake, start, 'intake') },
    events: facts
      .map((entry, i) => eventFrom(entry, `facts.${i}`, start, registeredAt))
      .sort((one, other) => epoch(one.at) - epoch(other.at)),
    outages: joined(
      mailOutages.map((outage, i) => {
        const [from, back] = [instant(outage.from, `mailOutages.${i}.from`), instant(outage.until, `mailOutages.${i}.until`)];
        if (back <= from) throw new BrokenScenario(`mailOutages.${i}: it ends on ${outage.until}, before it begins`);
        return { from, until: back };
      }),
    ),
    until: endOf(instant(until, 'until'), registeredAt, until),
  };
}

function endOf(end: Instant, registeredAt: Instant, text: string): Instant {
  if (end < registeredAt) throw new BrokenScenario(`until: ${text} lies before the intake at 09:00 on the first day`);
  return end;
}

/** Joins outages that touch or overlap, since a server that is gone cannot go again. */
function joined(outages: Scenario['outages']): Scenario['outages'] {
  return [...outages]
    .sort((one, other) => epoch(one.from) - epoch(other.from))
    .reduce<Scenario['outages']>((all, next) => {
      const last = all.at(-1);
      if (last === undefined || next.from > last.until) return [...all, next];
      return [...all.slice(0, -1), { from: last.from, until: latest(last.until, next.until) }];
    }, []);
}

/** The value in its shape. The error names every fault in it. */
export function checkedOrBroken<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new BrokenScenario(
    `${what}: ${result.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ')}`,
  );
}

function eventFrom({ at: text, ...entry }: z.infer<typeof event>, where: string, start: PlainDate, registeredAt: Instant): ScenarioEvent {
  const at = instantFrom(text, start, `${where}.at`);
  if (at < registeredAt) throw new BrokenScenario(`${where}.at: ${text} lies before the intake at 09:00 on ${start}`);
  const { signal, by, ...submission } = withDates(entry, start, where);
  if (signal !== undefined) return { at, signal: by === undefined ? submission : { ...submission, by } };
  if (by === undefined || submission['type'] === undefined) throw new BrokenScenario(`${where}: a fact needs type and by`);
  return { at, by, submission, where };
}

/** An instant of a scenario: a date (at 00:00), a date with a time, or a number of days after the start. */
function instantFrom(text: string, start: PlainDate, where: string): Instant {
  const [day = '', time = '00:00'] = text.split('T');
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new BrokenScenario(`${where}: ${text} is not a time of the day`);
  return instantAt(dateFrom(day, start, where), time);
}

function dateFrom(text: string, start: PlainDate, where: string): PlainDate {
  if (relative.test(text)) return daysAfter(start, Number(text));
  if (!isPlainDate(text)) throw new BrokenScenario(`${where}: ${text} is not a date that exists`);
  return text;
}

/** Fields that hold a legal date. A scenario may still write them with a time (docs/http.md, scenarios). */
const legalDates = ['on', 'from', 'until', 'travelOn', 'transferOn', 'withEffectFrom', 'knownOn', 'asylumRequestedOn', 'observedOn'];
const relative = /^\+\d+$/;
const withTime = /^(\+\d+|\d{4}-\d{2}-\d{2})T/;

/** The same values with absolute dates: `"+42"` is 42 days after the start. */
function withDates<T extends object>(values: T, start: PlainDate, where: string): T {
  const dated = Object.entries(values).map(([name, value]: [string, unknown]) => {
    if (typeof value === 'string' && (relative.test(value) || (legalDates.includes(name) && withTime.test(value))))
      return [name, dateOf(instantFrom(value, start, `${where}.${name}`))];
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

const event = z.looseObject({ at: z.string(), by: z.string().optional(), signal: z.literal('cooperation').optional() });
const scenarioFile = z.strictObject({
  name: z.string(),
  startOn: z.string(),
  intake: z.looseObject({}),
  facts: z.array(event),
  mailOutages: z.array(z.strictObject({ from: z.string(), until: z.string() })).default([]),
  until: z.string(),
});
