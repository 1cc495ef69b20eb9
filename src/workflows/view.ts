import { setCurrentDetails, upsertMemo, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { caseListLine } from '../domain/views/caseList';
import { dateOf, timeOf, type Instant } from '../domain/basics/calendar';
import { situationAt, type CaseFile } from '../domain/case/caseFile';
import { deadlineState } from '../domain/plan/deadlines';
import type { Edition } from '../domain/policy/edition';
import { isBookedUnsafely } from '../domain/plan/gates';
import type { UpcomingAction } from '../domain/state/upcoming';
import { nextOf, undelivered } from '../domain/views/pathway';
import { teamRoles } from '../domain/basics/roles';
import { classOf, type Letter } from '../domain/state/outbox';
import { memoizeLast } from '../domain/basics/memoize';
import type { Deadline, Notice, Situation, Task } from '../domain/state/situation';
import { story } from '../domain/rules/stages';
import { missingConsent, taskState } from '../domain/plan/tasks';
import {
  dateInWords,
  deadlineName,
  itemName,
  mailClassName,
  momentInWords,
  momentWith,
  namesIn,
  roleName,
  stageName,
  taskTitle,
} from '../domain/words';
import { attributesOf, searchAttributes } from './messages';

/** What a supervisor reads of a case in the Temporal UI: attributes in the list, and in words what it waits for. */
export function show(file: CaseFile, now: Instant): void {
  showOnTheBoard(file, now);
  setCurrentDetails(detailsOf(file, now));
}

/**
 * What lists show of the run that begins: the attributes, and in the memo the day since which the stage holds. That is encrypted,
 * since a date that is not the next one is nobody else's business.
 */
export function shownInLists(file: CaseFile, now: Instant) {
  return { typedSearchAttributes: attributesOf(caseListLine(file, now)), memo: { since: situationAt(file, now).since } };
}

// Each change is an event in the history, so only what differs from what the server has is written.
function showOnTheBoard(file: CaseFile, now: Instant): void {
  const line = caseListLine(file, now);
  const shown = workflowInfo().typedSearchAttributes;
  const changed = attributesOf(line)
    .getAll()
    .filter(({ key, value }) => String(shown.get(key)) !== String(value));
  const gone =
    line.nextDate === null && shown.get(searchAttributes.nextDate) !== undefined ? [{ key: searchAttributes.nextDate, value: null }] : [];
  if (changed.length + gone.length > 0) upsertSearchAttributes([...changed, ...gone]);
  // Of a run that was begun without one, as the simulation's are, no list is read.
  const { since } = situationAt(file, now);
  const { memo } = workflowInfo();
  if (memo?.['since'] !== undefined && memo['since'] !== since) upsertMemo({ since });
}

/** The stage, what comes next, and what is open, in words. */
export function detailsOf(file: CaseFile, now: Instant): string {
  const situation = situationAt(file, now);
  const { stage, since, period, tasks, deadlines } = situation;
  const next = nextOf(file, now);
  const open = tasks.filter(({ end }) => end === null);
  const unmet = deadlines.filter(({ end }) => end === null);
  return [
    `**${stageName(stage, 'en')}** since ${dateInWords(since, 'en')}: the person ${story[stage].thePerson}.`,
    ...(period !== null && period.end === null ? [`The reflection period lasts to the end of ${dateInWords(period.endsOn, 'en')}.`] : []),
    ...journeyInWords(situation, file.start.edition),
    `**${waitsUntil(next)}**`,
    ...list(next.map((moment) => momentInWords(moment, 'en'))),
    ...section('Deadlines', unmet.map(deadlineLine)),
    ...section('Open tasks', open.map(taskLine)),
    ...section('Could not be reached', undelivered(file, situation)),
  ].join('\n\n');

  function deadlineLine(deadline: Deadline): string {
    return dated(deadline.date, deadlineName(deadline.id, 'en'), deadlineState(deadline, now) === 'passed' ? ['passed'] : []);
  }

  function taskLine(task: Task): string {
    return taskInWords(task, taskState(task, now) === 'overdue', missingConsent(situation, task, file.start.edition) !== null);
  }
}

const taskInWords = memoizeLast((task: Task, isOverdue: boolean, waits: boolean): string =>
  dated(task.dueOn, task.title ?? taskTitle(task.id, 'en'), [
    roleName(task.owner, 'en'),
    ...(isOverdue ? ['overdue'] : []),
    ...(waits ? ['consent is missing'] : []),
  ]),
);

function journeyInWords(situation: Situation, { safeReturn }: Edition): string[] {
  const { travelOn } = situation.journey;
  if (travelOn === null) return [];
  const booked = `A journey is booked for ${dateInWords(travelOn, 'en')}`;
  return [isBookedUnsafely(situation, safeReturn) ? `**${booked}, which the risk assessment does not allow.**` : `${booked}.`];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`**${title}**`, ...list([...lines].sort())];
}

function list(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')];
}

function dated(date: string, name: string, remarks: readonly string[]): string {
  return `${date} ${name}${remarks.length === 0 ? '' : ` (${remarks.join(', ')})`}`;
}

/** What the case waits for and until when, in one sentence beside its timer. */
export function waitingFor(next: readonly UpcomingAction[]): string {
  const what = next.map((moment) => {
    const [only = '', ...others] = namesIn(moment, 'en');
    return momentWith(moment, others.length === 0 ? ` about "${only}"` : ` about ${others.length + 1} items`, 'en');
  });
  return short(`${waitsUntil(next)}${what.length === 0 ? '' : ` Then: ${what.join(', ')}.`}`);
}

function waitsUntil([first]: readonly UpcomingAction[]): string {
  if (first === undefined) return 'Waits until somebody tells a fact.';
  return `Waits until ${dateInWords(dateOf(first.at), 'en')}, ${timeOf(first.at)} in Amsterdam, or news.`;
}

/** What an activity sends, in one sentence beside its event. */
export function lettersSummary(letters: readonly Letter[], { team }: Situation): string {
  const sent = letters.map(({ to, items }) => {
    const role = teamRoles.find((each) => team[each]?.staffId === to);
    return `mail (${mailClassName(classOf(items), 'en')}) to ${role === undefined ? 'a stand-in' : `the ${roleName(role, 'en')}`}`;
  });
  return short(`Sends ${sent.join(', ')}.`);
}

export function noticeSummary({ kind, partner }: Notice): string {
  return `Tells ${partner}: ${itemName(kind, 'en')}.`;
}

// Encrypted, a summary grows, and the engine keeps no more than 400 bytes of it.
function short(sentence: string): string {
  return sentence.length <= 190 ? sentence : `${sentence.slice(0, 187)}...`;
}
