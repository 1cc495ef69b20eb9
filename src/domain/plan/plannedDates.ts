/* The dates of a case, for a calendar. */

import type { Instant, PlainDate } from '../basics/calendar';
import { passesAt } from './deadlines';
import type { TeamRole } from '../basics/roles';
import type { Deadline, Task } from '../state/workPlan';
import type { Situation } from '../state/situation';
import { overdueFrom } from './tasks';

/** A day of a case: a task is due on it, or a deadline ends with it. */
export interface PlannedDate {
  readonly what: 'task' | 'deadline';
  /** The task's or deadline's id. */
  readonly id: string;
  readonly on: PlainDate;
  /** The instant, for a task or deadline that is counted in hours. */
  readonly at: Instant | null;
  /** Whose task it is. */
  readonly owner?: TeamRole;
  /** The code of a task that somebody added. */
  readonly title?: string | undefined;
  /** Whether it ended before its day had passed, done or not: then that day asks nothing of anybody. */
  readonly isOver: boolean;
}

/** Every task and deadline that a case has had, by its present date. Tasks that wait for a consent are left out. */
export function plannedDates({ tasks, deadlines }: Situation): readonly PlannedDate[] {
  return [...deadlines.map(ofDeadline), ...tasks.filter(({ waits }) => waits !== true).map(ofTask)].sort((one, other) =>
    one.on < other.on ? -1 : Number(one.on > other.on),
  );
}

function ofTask(task: Task): PlannedDate {
  const { id, dueOn: on, dueAt: at, owner, title, end } = task;
  return { what: 'task', id, on, at, owner, title, isOver: end !== null && end.at < overdueFrom(task) };
}

function ofDeadline(deadline: Deadline): PlannedDate {
  const { id, date: on, instant: at, end } = deadline;
  return { what: 'deadline', id, on, at, isOver: end !== null && end.at < passesAt(deadline) };
}
