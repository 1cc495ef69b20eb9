import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { teamThatComesIn } from '../../../src/casework/requests/team';
import { advance, allDelivered } from '../../../src/domain/notifications/advance';
import {
  dateOf,
  daysAfter,
  daysBetween,
  epoch,
  instantOf,
  minuteBefore,
  timeOf,
  type Instant,
  type PlainDate,
} from '../../../src/domain/basics/calendar';
import { Refusal } from '../../../src/domain/basics/refusal';
import { openCase, record, refold, situationAt, type CaseFile, type CaseStart } from '../../../src/domain/case/caseFile';
import { receiveSignal } from '../../../src/domain/case/signals';
import type { ScriptedEvent, Script } from '../../../src/simulation/script';
import { freshCase, type CaseOnTheClock } from '../../support/aCase';
import { inStage } from '../../support/inStage';
import { scriptFrom, type ScenarioText } from '../../support/scenarios';

/** A case as it stands at a moment, to be put into the engine. */
export interface CaseState {
  readonly name: string;
  readonly file: CaseFile;
}

/** Cases that were registered a minute ago: their first mail is due at once. */
export function freshCases(count: number): CaseState[] {
  const { file } = freshCase();
  return withDigestAt(
    hoursAway(),
    Array.from({ length: count }, (_, each) => ({ name: `fresh case ${each + 1}`, file })),
  );
}

/** A case in each stage, which had all its mail up to last night. `prepared` adds to each. */
export function casesInEveryStage(prepared: (given: CaseOnTheClock) => CaseOnTheClock = (given) => given): CaseState[] {
  const cases = Object.entries(inStage).map(([stage, made]) => {
    const given = prepared(made()).until(`${lastDay}T23:59`);
    return { name: `case in the stage ${stage}`, file: asOfLastNight(given.file, lastDay) };
  });
  return withDigestAt(hoursAway(), cases);
}

/** The last day of the cases of `inStage`, as they date themselves. */
export const lastDay: PlainDate = '2027-09-20';

/** Two states of each example: after half of its events, and after all. */
export function casesOfTheExamples(): CaseState[] {
  const folder = join(__dirname, '..', '..', '..', 'examples');
  const scenarios = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const cases = scenarios.flatMap((name) => {
    const script = scriptFrom(JSON.parse(readFileSync(join(folder, name), 'utf8')) as ScenarioText);
    return [0.5, 1].map((part) => {
      const events = script.events.slice(0, Math.ceil(script.events.length * part));
      const file = playedByTheRules(script, events);
      return { name: `${name} after ${events.length} events`, file: asOfLastNight(file, dateOf(file.situation.asOf)) };
    });
  });
  return withDigestAt(hoursAway(), cases);
}

/** The same cases with their digest at another time of the day: the edition travels with the case. */
export function withDigestAt(time: string, cases: readonly CaseState[]): CaseState[] {
  return cases.map(({ name, file }) => {
    const { edition } = file.start;
    const start: CaseStart = { ...file.start, edition: { ...edition, mail: { ...edition.mail, digestAt: time } } };
    return { name, file: refold(start, file.entries, file) };
  });
}

/** No digest of the next hours disturbs a test, unless it asks for one. */
function hoursAway(): string {
  return timeInMinutes(6 * 60);
}

/** The time on the wall in Amsterdam at the beginning of a minute from now on. */
export function timeInMinutes(minutes: number): string {
  return timeOf(instantOf(Date.now() + minutes * 60_000));
}

/** The case with all its dates moved, so that its last day was yesterday. Facts are not judged again. */
function asOfLastNight({ start, entries, outbox, counted, revision }: CaseFile, last: PlainDate): CaseFile {
  const days = daysBetween(last, daysAfter(dateOf(instantOf(Date.now())), -1));
  const moved = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replaceAll(/\d{4}-\d\d-\d\d/g, (date) => daysAfter(date as PlainDate, days))) as T;
  return refold({ ...moved(start), edition: start.edition }, moved(entries), { outbox: moved(outbox), counted, revision });
}

function playedByTheRules(script: Script, events: readonly ScriptedEvent[]): CaseFile {
  let [file, now] = [openCase(script.start), script.start.registeredAt];
  for (const event of events) {
    file = afterWakes(file, { from: now, until: minuteBefore(event.at) });
    now = event.at;
    file = afterEvent(file, event, script);
  }
  return afterWakes(file, { from: now, until: instantOf(epoch(now) + 60_000) });
}

function afterWakes(file: CaseFile, span: { readonly from: Instant; readonly until: Instant }): CaseFile {
  return [...advance(file, span, allDelivered)].at(-1)?.file ?? file;
}

function afterEvent(file: CaseFile, event: ScriptedEvent, { teamIn }: Script): CaseFile {
  if ('signal' in event) return receiveSignal(file, event.signal, event.at);
  const { fact, by, at } = event;
  const officeTeam = teamThatComesIn(fact, situationAt(file, at).office, teamIn);
  const after = record(file, { fact, by, receivedAt: at, officeTeam });
  // Some examples show a refusal.
  return after instanceof Refusal ? file : after;
}
