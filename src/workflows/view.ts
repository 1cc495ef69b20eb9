import { setCurrentDetails, upsertMemo, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { boardLine } from '../domain/board';
import { dateOf, timeOf, type Instant } from '../domain/calendar';
import { situationAt, type CaseFile } from '../domain/caseFile';
import { deadlineState } from '../domain/deadlines';
import { nextOf, type NextView } from '../domain/pathwayView';
import { classOf, type Letter } from '../domain/post';
import { story } from '../domain/stages';
import { taskState } from '../domain/tasks';
import type { Notice, Situation } from '../domain/situation';
import { attributesOf, searchAttributes } from './messages';

/** What a supervisor reads of a case in the Temporal UI: attributes in the list, and in words what it waits for. */
export function show(file: CaseFile, now: Instant): void {
  showOnTheBoard(file, now);
  setCurrentDetails(detailsOf(file, now));
}

// Each change is an event in the history, so only what differs from what the server has is written.
function showOnTheBoard(file: CaseFile, now: Instant): void {
  const line = boardLine(file, now);
  const shown = workflowInfo().typedSearchAttributes;
  const wanted = attributesOf(line);
  const changed = wanted.getAll().filter(({ key, value }) => String(shown.get(key)) !== String(value));
  const gone =
    line.nextDate === null && shown.get(searchAttributes.nextDate) !== undefined ? [{ key: searchAttributes.nextDate, value: null }] : [];
  if (changed.length + gone.length > 0) upsertSearchAttributes([...changed, ...gone]);
  // Since when she is in her stage: for the API's list, encrypted, since a date that is not the next one is nobody else's business.
  const { since } = situationAt(file, now);
  if (workflowInfo().memo?.['since'] !== since) upsertMemo({ since });
}

function detailsOf(file: CaseFile, now: Instant): string {
  const situation = situationAt(file, now);
  const { stage, since, period } = situation;
  const open = situation.tasks.filter(({ end }) => end === null);
  return [
    `**${stage}** since ${since}: she ${story[stage].she}.`,
    ...(period !== null && period.end === null ? [`Her reflection period lasts to the end of ${period.endsOn}.`] : []),
    `**Next** ${waitingFor(nextOf(file, now))}`,
    ...section(
      'Deadlines',
      situation.deadlines.filter(({ end }) => end === null).map((each) => `${each.date} ${each.id} (${deadlineState(each, now)})`),
    ),
    ...section(
      'Open tasks',
      open.map((task) => `${task.dueOn} ${task.id}, ${task.owner}${taskState(task, now) === 'overdue' ? ' (overdue)' : ''}`),
    ),
    ...section('Not delivered', Object.keys(file.post.standIns)),
  ].join('\n\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0
    ? []
    : [
        `**${title}**\n\n${[...lines]
          .sort()
          .map((line) => `- ${line}`)
          .join('\n')}`,
      ];
}

/** What the case waits for and until when, in one sentence. */
export function waitingFor(next: readonly NextView[]): string {
  const [first] = next;
  if (first === undefined) return 'waits until somebody tells a fact.';
  const what = next.map(({ what, about, to }) => `${what} to ${to} about ${about.join(', ')}`).join('; ');
  const sentence = `waits until ${dateOf(first.at)} ${timeOf(first.at)} in Amsterdam for: ${what}`;
  return sentence.length > 190 ? `${sentence.slice(0, 187)}...` : `${sentence}.`;
}

/** What an activity sends, in one sentence beside its event. */
export function lettersSummary(letters: readonly Letter[], { team }: Situation): string {
  const sent = letters.map(({ to, items, kind }) => {
    const role = Object.entries(team).find(([, holder]) => holder.staffId === to)?.[0] ?? 'a stand-in';
    return `${kind === 'alarm' ? 'an alarm' : `a mail (${classOf(items)})`} to ${role}`;
  });
  return `Sends ${sent.join(', ')}.`.slice(0, 190);
}

export function noticeSummary({ kind, partner }: Notice): string {
  const words = {
    'm55-cooperation': 'Announces the permit application (M55)',
    'return-referral': 'Refers the return she asked for',
    'return-stopped': 'Tells that the return was stopped',
    recall: 'Recalls what rested on a consent that she withdrew',
    departed: 'Tells that she left for an unknown destination',
  } as const;
  return `${words[kind]} to ${partner}.`;
}
