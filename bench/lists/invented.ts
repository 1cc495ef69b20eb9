/* Open cases of invented people, made by the domain's own functions. */

import { join } from 'node:path';
import { dateOf, daysAfter, daysBetween, epoch, instantOf, latest, startOfDay, type Instant } from '../../src/domain/basics/calendar';
import { Refusal } from '../../src/domain/basics/refusal';
import type { Caller } from '../../src/domain/basics/roles';
import { openCase, record, type CaseFile } from '../../src/domain/case/caseFile';
import type { Fact } from '../../src/domain/facts/catalogue';
import { advance, allDelivered } from '../../src/domain/notifications/advance';
import type { Dispatch } from '../../src/domain/notifications/agenda';
import type { Outcome } from '../../src/domain/state/outbox';
import { registerRows } from '../../src/domain/views/registerRows';
import type { StaffFile } from '../../src/settings/staffFile';
import { readScenario } from '../../src/simulation/scenario';
import { scriptOf, type Script } from '../../src/simulation/script';

const root = join(__dirname, '..', '..');
const examples = ['cooperates', 'says-nothing', 'goes-home', 'shelter', 'union-citizen', 'minor-missing', 'humanitarian'];
const scenarios = [
  ...examples.map((name) => join(root, 'examples', `${name}.json`)),
  join(root, 'bench', 'scenarios', 'permit-of-a-year.json'),
];

/** The days on which cases began are so far apart, which spreads few of them over a whole scenario; a prime. */
const stride = 47;
/** One case in so many is left with overdue tasks, and one in so many with mail that did not arrive. */
const neglected = 5;
const unreached = 40;
/** Letters of longer ago are not written: they change no row, and a year of them takes a second. */
const daysOfMail = 14;

/** Cases as they stand now. Each follows a scenario that began on another day; one that would be closed by now began later. */
export function inventedCases(number: number, staff: StaffFile): readonly CaseFile[] {
  return Array.from({ length: number }, (_, nth) => openCaseOf(nth, staff));
}

function openCaseOf(nth: number, staff: StaffFile): CaseFile {
  const now = instantOf(Date.now());
  const path = scenarios[nth % scenarios.length] ?? '';
  const begun = (days: number) => readScenario(path, daysAfter(dateOf(now), -days));
  const { registeredAt, until } = begun(0);
  const length = daysBetween(dateOf(registeredAt), dateOf(until));
  // A scenario begins on the day after the one that it is given.
  for (let days = 2 + ((nth * stride) % length); days >= 2; days = Math.floor(days / 2)) {
    const file = asOf(now, scriptOf(begun(days), { staff, policyEdition: undefined }), nth);
    if (file.situation.stage !== 'closed') return file;
  }
  throw new Error(`the case of ${path} is closed from its first day`);
}

function asOf(now: Instant, script: Script, nth: number): CaseFile {
  const told = factsUntil(now, script);
  const file = nth % neglected === 0 ? told : withDueTasksDone(told, now);
  return { ...withMail(file, now, nth % unreached === 0 ? nobodyReached : allDelivered), revision: epoch(now) };
}

/** The case of a scenario with its facts up to an instant. */
function factsUntil(now: Instant, { start, events }: Script): CaseFile {
  let file = openCase(start);
  for (const event of events) if ('fact' in event && event.at <= now) file = withFact(file, event.fact, event.by, event.at);
  return file;
}

/** The same case after each task that is due was done. A task that is done may plan another one. */
function withDueTasksDone(file: CaseFile, now: Instant): CaseFile {
  const today = dateOf(now);
  const { line, due } = registerRows(file, now);
  const done = due
    .filter(({ kind, dueOn }) => kind === 'task' && dueOn <= today)
    .reduce((before, { id, owner, assignee }) => {
      if (owner === null || assignee === null) return before;
      const by = { id: assignee, roles: [owner], office: line.office };
      return withFact(before, { type: 'taskCompleted', on: today, task: id }, by, now);
    }, file);
  return done === file ? file : withDueTasksDone(done, now);
}

/** A fact that is refused is left out: another one of the scenario has made it needless. */
function withFact(file: CaseFile, fact: Fact, by: Caller, receivedAt: Instant): CaseFile {
  const told = record(file, { fact, by, receivedAt });
  return told instanceof Refusal ? file : told;
}

function withMail(opened: CaseFile, now: Instant, answer: (dispatch: Dispatch) => readonly Outcome[]): CaseFile {
  let file = opened;
  const from = latest(opened.start.registeredAt, startOfDay(daysAfter(dateOf(now), -daysOfMail)));
  for (const wake of advance(opened, { from, until: now }, answer)) ({ file } = wake);
  return file;
}

function nobodyReached({ letters, notices }: Dispatch): readonly Outcome[] {
  return [...letters, ...notices].map(({ id }) => ({ id, outcome: 'refused', next: null }));
}
