/* The plain rows of a case in the register: the dates, flags and numbers by which lists are read (docs/decisions/0033-the-register.md). */

import { dateOf, earliest, type Instant, type PlainDate } from '../basics/calendar';
import type { TeamRole } from '../basics/roles';
import { situationAt, type CaseFile } from '../case/caseFile';
import { passesAt, ruleOf } from '../plan/deadlines';
import { overdueFrom, taskRuleOf } from '../plan/tasks';
import type { Edition } from '../policy/edition';
import type { Situation, Stage } from '../state/situation';
import type { Deadline, Task } from '../state/workPlan';
import { flagsOf, isOwed, type Flags } from './attention';
import { escalatesAt } from './escalation';
import { forecastOf, type ForecastKind } from './forecast';

/** The rows of one case. The clock changes none of them: a list compares their dates and instants with now. */
export interface RegisterRows {
  readonly line: RegisterLine;
  readonly members: readonly { readonly role: TeamRole; readonly staffId: string }[];
  readonly due: readonly DueItem[];
}

/** One line of a list. Null: there is no such date or instant. */
export interface RegisterLine extends Flags {
  readonly office: string;
  readonly stage: Stage;
  readonly since: PlainDate;
  readonly openedOn: PlainDate;
  /** The earliest date of an open task or deadline, past ones too. */
  readonly firstDue: PlainDate | null;
  /** The first instant at which an open task that is owed by law is overdue, and at which an open deadline has passed. */
  readonly statutoryOverdueFrom: Instant | null;
  readonly deadlinePassedFrom: Instant | null;
  readonly escalatesAt: Instant | 'escalated' | null;
  readonly hiddenFromPolice: boolean;
}

/** An open task or deadline, or another date of the case that people prepare for. */
export interface DueItem {
  readonly kind: 'task' | 'deadline' | 'other';
  readonly id: string;
  /** The role whose task it is, and who holds that role; null for what is nobody's task. */
  readonly owner: TeamRole | null;
  readonly assignee: string | null;
  readonly dueOn: PlainDate;
  /** The instant, for a task or deadline of hours. */
  readonly dueAt: Instant | null;
  readonly statutory: boolean;
  readonly forecast: ForecastKind | null;
  readonly said: SaidOfItem;
}

/** Everything that tells which task or deadline it is. It leaves the process sealed only. */
export interface SaidOfItem {
  readonly id: string;
  readonly rule: string;
  readonly taskKind?: string | undefined;
  readonly title?: string | undefined;
  /** The law or agreement of its rule. */
  readonly source?: string | undefined;
}

/** The rows of a case at an instant. */
export function registerRows(file: CaseFile, now: Instant): RegisterRows {
  const situation = situationAt(file, now);
  const { edition } = file.start;
  const { team } = situation;
  const tasks = situation.tasks.filter(isOwed);
  const deadlines = situation.deadlines.filter(isAwaited);
  const dates = [...tasks.map(({ dueOn }) => dueOn), ...deadlines.map(({ date }) => date)].sort();
  const escalates = escalatesAt(file, now);
  return {
    line: {
      office: situation.office,
      stage: situation.stage,
      since: situation.since,
      openedOn: dateOf(file.start.registeredAt),
      firstDue: dates[0] ?? null,
      statutoryOverdueFrom: earliest(tasks.filter(({ statutory }) => statutory).map(overdueFrom)),
      deadlinePassedFrom: earliest(deadlines.map(passesAt)),
      escalatesAt: escalates === now ? 'escalated' : escalates,
      ...flagsOf(file, situation),
      hiddenFromPolice: situation.hidden,
    },
    members: Object.entries(team).map(([role, { staffId }]) => ({ role: role as TeamRole, staffId })),
    due: [
      ...tasks.map((task) => ofTask(task, situation, edition)),
      ...deadlines.map((deadline) => ofDeadline(deadline, edition)),
      ...ofJourney(situation),
    ],
  };
}

/** A deadline that passed for good stays, and people have done what it asked for. */
function isAwaited({ end, quiet }: Deadline): boolean {
  return end === null && !quiet;
}

function ofTask(task: Task, { team }: Situation, edition: Edition): DueItem {
  const { id, rule, kind, title, owner, dueOn, dueAt, statutory } = task;
  const source = taskRuleOf(edition, task)?.source;
  const said = { id, rule, taskKind: kind, title, source };
  return {
    ...{ kind: 'task', id, owner, assignee: team[owner]?.staffId ?? null, dueOn, dueAt, statutory, said },
    forecast: forecastOf[rule] ?? null,
  };
}

function ofDeadline(deadline: Deadline, edition: Edition): DueItem {
  const { id, rule, date, instant } = deadline;
  const { source, isFollowUp } = ruleOf(edition, deadline);
  const forecast = isFollowUp === true ? 'returns' : (forecastOf[rule] ?? null);
  return {
    ...{ kind: 'deadline', id, owner: null, assignee: null, dueOn: date, dueAt: instant, statutory: false, forecast },
    said: { id, rule, source },
  };
}

function ofJourney({ journey, stage }: Situation): readonly DueItem[] {
  if (stage !== 'safeReturn' || journey.travelOn === null) return [];
  const said = { id: 'journey', rule: 'journey' };
  const nobodys = { kind: 'other', owner: null, assignee: null, dueAt: null, statutory: false } as const;
  return [{ ...nobodys, id: said.id, dueOn: journey.travelOn, forecast: 'returns', said }];
}
