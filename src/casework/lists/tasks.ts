import { dateOf, daysAfter, type Instant, type PlainDate } from '../../domain/basics/calendar';
import type { Caller, TeamRole } from '../../domain/basics/roles';
import type { Stage } from '../../domain/state/situation';
import { taskTitle, type Language } from '../../domain/words';
import { whyInWords } from '../../domain/words/why';
import type { Lists, Page, TaskOfCase } from '../ports/lists';
import { Refused } from '../refused';
import type { Schemas } from '../requests/schemas';
import { asked, usualPage, type ListRequest } from './listRequest';

export interface TasksRequest extends ListRequest {
  readonly language: Language;
}

/** An open task of some case: what, by when and why. */
export interface TaskItem {
  readonly reference: string;
  readonly stage: Stage;
  readonly task: { readonly id: string; readonly kind: string; readonly title: string };
  readonly due: PlainDate;
  /** The instant, for a task of hours. */
  readonly dueAt?: Instant;
  readonly overdue: boolean;
  readonly statutory: boolean;
  readonly owner: TeamRole;
  readonly assignee: string | null;
  /** The absent colleague whose task it is. */
  readonly standsInFor?: string;
  readonly why: string;
}

/** The days that a list of tasks reaches ahead; ours. */
const daysAhead = 7;

/** The open tasks of the caller across cases, and those of absent colleagues for whom they stand in. */
export function tasksFor({ lists, schemas }: { readonly lists: Pick<Lists, 'tasks'>; readonly schemas: Schemas }) {
  return async (request: TasksRequest): Promise<Page<TaskItem>> => {
    const { caller, now, language, whole = false } = request;
    const { options, reach } = asked('tasks', schemas.lists.tasks, request);
    const { cursor, ...wanted } = options;
    const { assignee = 'me', until = daysAfter(dateOf(now), daysAhead), overdue, statutory } = wanted;
    const { items, next } = await lists.tasks({
      ...{ reach, now, caller, cursor, wanted, most: whole ? 'all' : usualPage },
      assignees: assigneesOf(assignee, caller),
      until,
      overdue: overdue === 'true',
      statutory: statutory === 'true',
    });
    return { items: items.map((item) => taskItem(item, caller, language)), next };
  };
}

/** The task list of somebody else is for the supervisor of their office, where the condition over every list ends. */
function assigneesOf(assignee: string, caller: Caller): readonly (string | null)[] {
  if (assignee === 'me') return [caller.id, ...(caller.standsInFor ?? [])];
  if (assignee === caller.id) return [caller.id];
  if (!caller.roles.includes('supervisor')) throw new Refused('role-not-allowed');
  return [assignee === 'none' ? null : assignee];
}

function taskItem({ said, dueAt, ...item }: TaskOfCase, { standsInFor = [] }: Caller, language: Language): TaskItem {
  const { reference, stage, due, overdue, statutory, owner, assignee } = item;
  const { id, taskKind = '', title, source } = said;
  return {
    ...{ reference, stage, task: { id, kind: taskKind, title: title ?? taskTitle(id, language) }, due },
    ...(dueAt === null ? {} : { dueAt }),
    ...{ overdue, statutory, owner, assignee },
    ...(assignee !== null && standsInFor.includes(assignee) ? { standsInFor: assignee } : {}),
    why: whyInWords({ source, statutory }, language),
  };
}
