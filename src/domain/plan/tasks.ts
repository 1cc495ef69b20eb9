/* Tasks: their state, their row, and the changes that one fact makes to one task. What plans, does and lapses them: planning.ts. */

import type { Words } from '../basics/language';
import { dateOf, endOfDay, plus, type Instant, type PlainDate } from '../basics/calendar';
import { memoizeLast } from '../basics/memoize';
import type { Edition, TaskRule } from '../policy/edition';
import type { Situation } from '../state/situation';
import type { Task } from '../state/workPlan';

export type TaskState = 'open' | 'overdue' | 'done' | 'waived' | 'lapsed';

/** The state of a task at an instant: overdue from the day after its date, or from its instant. */
export function taskState(task: Task, now: Instant): TaskState {
  if (task.end !== null) return task.end.state;
  return task.waits !== true && now >= overdueFrom(task) ? 'overdue' : 'open';
}

/** The first instant at which an open task is overdue. */
export function overdueFrom(task: Task): Instant {
  return task.dueAt ?? endOfDay(task.dueOn);
}

export function findTask(situation: Situation, id: string): Task | undefined {
  return situation.tasks.find((task) => task.id === id);
}

/** The edition's row of a task; a task that somebody added has none. */
export function taskRuleOf(edition: Edition, { rule }: Pick<Task, 'rule'>): TaskRule | undefined {
  return rulesOf(edition).get(rule);
}

/** Whether a guardian was appointed, or named. */
export function hasGuardian({ guardian, tasks }: Situation, edition: Edition): boolean {
  return guardian !== null || tasks.some((task) => task.end?.state === 'done' && taskRuleOf(edition, task)?.appointsGuardian === true);
}

/** The consent that an open task still waits for, if there is one. */
export function missingConsent({ consents }: Situation, task: Task, edition: Edition): string | null {
  const rule = taskRuleOf(edition, task);
  const needed = rule?.needsConsent ?? (task.waits === true ? rule?.owedWithConsent : undefined);
  return task.end !== null || needed === undefined || consents.includes(needed) ? null : needed;
}

/** The note on an open task for a person of this ground, in both languages. */
export function noteFor({ ground }: Situation, task: Task, edition: Edition): Words | undefined {
  return task.end === null ? taskRuleOf(edition, task)?.noteFor?.[ground] : undefined;
}

/** The situation in which one task has ended. */
export function endTask(situation: Situation, id: string, state: 'done' | 'waived', at: Instant): Pick<Situation, 'tasks'> {
  return { tasks: situation.tasks.map((task) => (task.id === id ? { ...task, end: { state, at } } : task)) };
}

/** The situation in which one task is open again; people are reminded of it as of a new one. */
export function reopenTask(situation: Situation, id: string, at: Instant): Pick<Situation, 'tasks'> {
  return { tasks: situation.tasks.map((task) => (task.id === id ? { ...task, plannedAt: at, end: null } : task)) };
}

/** A task that somebody adds, which no rule plans. */
export function addTask(
  situation: Situation,
  { kind, owner, dueOn, title }: Pick<Task, 'kind' | 'owner' | 'dueOn' | 'title'>,
  at: Instant,
  edition: Edition,
): Pick<Situation, 'tasks'> {
  const last = situation.tasks.findLast(({ rule }) => rule === 'added');
  const number = last === undefined ? 1 : Number(last.id.slice('added-'.length)) + 1;
  const urgent = isMailedAtOnce(dueOn, dateOf(at), edition);
  const task: Task = {
    ...{
      id: `added-${number}`,
      rule: 'added',
      kind,
      statutory: false,
      owner: ownerIn(situation, owner),
      dueOn,
      dueAt: null,
      urgent,
      plannedAt: at,
      end: null,
    },
    ...(title === undefined ? {} : { title }),
  };
  return { tasks: [...situation.tasks, task] };
}

export function isMailedAtOnce(dueOn: PlainDate, from: PlainDate, { mail }: Edition): boolean {
  return dueOn <= plus(from, mail.mailedAtOnceWithin);
}

/** Whose task it is, and whether it is owed by law: a task that waits for a consent is not. */
export function owed(situation: Situation, { owner, statutory, owedWithConsent }: TaskRule): Pick<Task, 'owner' | 'statutory' | 'waits'> {
  const waits = situation.hidden && owedWithConsent !== undefined && !situation.consents.includes(owedWithConsent);
  return { owner: ownerIn(situation, owner), statutory: statutory === true && !waits, waits: waits ? true : undefined };
}

/** The police own nothing in a case of which they may not know. */
function ownerIn({ hidden }: Situation, owner: Task['owner']): Task['owner'] {
  return hidden && owner === 'police' ? 'caseworker' : owner;
}

const rulesOf = memoizeLast((edition: Edition) => new Map(edition.tasks.map((rule) => [rule.id, rule])));
