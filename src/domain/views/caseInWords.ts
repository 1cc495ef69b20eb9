/* A case in sentences for the Temporal UI, which is in English for every reader. */

import { dateOf, timeOf, type Instant } from '../basics/calendar';
import { memoizeLast } from '../basics/memoize';
import { teamRoles } from '../basics/roles';
import { situationAt, type CaseFile } from '../case/caseFile';
import { deadlineState } from '../plan/deadlines';
import { isBookedUnsafely } from '../plan/gates';
import { missingConsent, taskState } from '../plan/tasks';
import type { Edition } from '../policy/edition';
import { story } from '../rules/stages';
import { classOf, type Letter } from '../state/outbox';
import type { Deadline, Task } from '../state/workPlan';
import type { Notice, Situation } from '../state/situation';
import type { UpcomingAction } from '../state/upcoming';
import {
  dateInWords,
  deadlineName,
  itemName,
  mailClassName,
  actionInWords,
  actionWith,
  namesIn,
  roleName,
  stageName,
  taskTitle,
} from '../words';
import { doubtsAbout } from './doubts';
import { nextOf, undelivered } from './pathway';

/** The stage, what comes next, and what is open: what the Temporal UI shows of a case. */
export function caseInWords(file: CaseFile, now: Instant): string {
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
    ...list(next.map((action) => actionInWords(action, 'en'))),
    ...section('Deadlines', unmet.map(deadlineLine)),
    ...section('Open tasks', open.map(taskLine)),
    ...section('Could not be reached', undelivered(file, situation)),
  ].join('\n\n');

  function deadlineLine(deadline: Deadline): string {
    return dated(deadline.date, deadlineName(deadline.id, 'en'), [
      ...(deadlineState(deadline, now) === 'passed' ? ['passed'] : []),
      ...(doubtsAbout(deadline, situation, file.start.edition).length > 0 ? ['in doubt'] : []),
    ]);
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

/** The wait of a case in one sentence, which Temporal shows beside its timer. */
export function waitingFor(next: readonly UpcomingAction[]): string {
  const what = next.map((action) => {
    const [only = '', ...others] = namesIn(action, 'en');
    return actionWith(action, others.length === 0 ? ` about "${only}"` : ` about ${others.length + 1} items`, 'en');
  });
  return short(`${waitsUntil(next)}${what.length === 0 ? '' : ` Then: ${what.join(', ')}.`}`);
}

function waitsUntil([first]: readonly UpcomingAction[]): string {
  if (first === undefined) return 'Waits until a fact is recorded.';
  return `Waits until ${dateInWords(dateOf(first.at), 'en')}, ${timeOf(first.at)} in Amsterdam, or news.`;
}

/** The letters of one activity in one sentence, which Temporal shows beside its event. */
export function lettersSummary(letters: readonly Letter[], { team }: Situation): string {
  const sent = letters.map(({ to, items }) => {
    const role = teamRoles.find((each) => team[each]?.staffId === to);
    return `mail (${mailClassName(classOf(items), 'en')}) to ${role === undefined ? 'a substitute' : `the ${roleName(role, 'en')}`}`;
  });
  return short(`Sends ${sent.join(', ')}.`);
}

/** The same for a notice. */
export function noticeSummary({ kind, partner }: Notice): string {
  return `Notifies ${partner}: ${itemName(kind, 'en')}.`;
}

// Encrypted, a summary grows, and the engine keeps no more than 400 bytes of it.
function short(sentence: string): string {
  return sentence.length <= 190 ? sentence : `${sentence.slice(0, 187)}...`;
}
