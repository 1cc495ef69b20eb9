/* Tasks: how they are planned, done, waived, reopened and lapsed. */

import {
  dateOf,
  endOfDay,
  isDuration,
  later,
  minus,
  monthsAfter,
  plus,
  startOfDay,
  type Instant,
  type Period,
  type PlainDate,
} from '../basics/calendar';
import type { Edition, TaskCondition, TaskRule, Trigger } from '../policy/edition';
import { isShut } from './gates';
import { memoizeLast } from '../basics/memoize';
import type { Situation, Task, TaskPlan, TaskSeries } from '../state/situation';
import { hasResidenceMatter, isEuOrDutch, isUnaccompaniedMinor } from '../state/questions';

/** The triggers and the date of one change of the plan. */
export interface Occasion {
  readonly triggers: ReadonlySet<Trigger>;
  /** The legal date that periods are counted from. */
  readonly on: PlainDate;
  /** The instant that hours are counted from, and since which a planned task is known. */
  readonly at: Instant;
}

export type TaskState = 'open' | 'overdue' | 'done' | 'waived' | 'lapsed';

/** The state of a task at an instant: overdue from the day after its date, or from its instant. */
export function taskState(task: Task, now: Instant): TaskState {
  if (task.end !== null) return task.end.state;
  return now >= overdueFrom(task) ? 'overdue' : 'open';
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

/** Whether a guardian was appointed. */
export function hasGuardian({ tasks }: Situation, edition: Edition): boolean {
  return tasks.some((task) => task.end?.state === 'done' && taskRuleOf(edition, task)?.appointsGuardian === true);
}

/** The consent that an open task still waits for, if there is one. */
export function missingConsent({ consents }: Situation, task: Task, edition: Edition): string | null {
  const needed = taskRuleOf(edition, task)?.needsConsent;
  return task.end !== null || needed === undefined || consents.includes(needed) ? null : needed;
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
    ...{ id: `added-${number}`, rule: 'added', kind, statutory: false, owner, dueOn, dueAt: null, urgent, plannedAt: at, end: null },
    ...(title === undefined ? {} : { title }),
  };
  return { tasks: [...situation.tasks, task] };
}

/** The tasks after an occasion: it ends the tasks that it does or lapses, then plans new ones. */
export function tasksAfter(situation: Situation, occasion: Occasion, edition: Edition): TaskPlan {
  const tasks = endsNothing(occasion, edition) ? situation.tasks : situation.tasks.map((task) => endedBy(occasion, task, edition));
  const series = situation.series.filter((each) => !lapses(occasion, taskRuleOf(edition, each)));
  return withPlanned({ ...situation, tasks, series }, occasion, edition);
}

/** Each rule looks at the tasks of its own kind alone, so all of them plan beside what there was. */
function withPlanned(situation: Situation, occasion: Occasion, edition: Edition): TaskPlan {
  const { tasks, series } = situation;
  const rules = edition.tasks.filter(({ plannedBy }) => plannedBy.some((trigger) => occasion.triggers.has(trigger)));
  if (rules.length === 0) return { tasks, series };
  const kinds = new Map(rules.map(({ id }): [string, Task[]] => [id, []]));
  for (const task of tasks) kinds.get(task.rule)?.push(task);
  const added = rules.flatMap((rule) => {
    const before = kinds.get(rule.id) ?? [];
    return mayBePlanned(situation, rule, before, edition) ? planned(situation, rule, before.length, occasion, edition) : [];
  });
  return {
    tasks: [...tasks, ...added.flatMap((each) => each.tasks)],
    series: [...series, ...added.flatMap((each) => each.series)],
  };
}

/** The next of a monthly task, planned by the calendar. */
export function planNextOf(situation: Situation, series: TaskSeries, edition: Edition): TaskPlan {
  const rule = taskRuleOf(edition, series);
  const others = situation.series.filter((each) => each !== series);
  const { tasks } = situation;
  if (rule === undefined) return { tasks, series: others };
  const next = nextMonth(rule, series, tasks.filter((task) => task.rule === rule.id).length, situation.asOf);
  return { tasks: [...tasks, ...next.tasks], series: [...others, ...next.series] };
}

/** Most facts end no task: then none is looked at, so that a case of many tasks takes facts as fast as any other. */
function endsNothing({ triggers }: Occasion, edition: Edition): boolean {
  const ending = endingTriggers(edition);
  return ![...triggers].some((trigger) => ending.has(trigger));
}

const endingTriggers = memoizeLast(
  ({ tasks }: Edition): ReadonlySet<Trigger> =>
    new Set<Trigger>(['travelled', 'entering:closed', ...tasks.flatMap(({ doneBy = [], lapsesOn = [] }) => [...doneBy, ...lapsesOn])]),
);

function endedBy({ triggers, at }: Occasion, task: Task, edition: Edition): Task {
  if (task.end !== null) return task;
  const rule = taskRuleOf(edition, task);
  if (rule?.doneBy?.some((trigger) => triggers.has(trigger)) === true) return { ...task, end: { state: 'done', at } };
  // After the journey the Dutch tasks are moot; safety and the review of the case are not.
  const moot = triggers.has('travelled') && task.kind !== 'safety' && rule?.survivesTravel !== true;
  return moot || lapses({ triggers, at, on: task.dueOn }, rule) ? { ...task, end: { state: 'lapsed', at } } : task;
}

function lapses({ triggers }: Occasion, rule: TaskRule | undefined): boolean {
  return triggers.has('entering:closed') || rule?.lapsesOn?.some((trigger) => triggers.has(trigger)) === true;
}

function mayBePlanned(situation: Situation, rule: TaskRule, before: readonly Task[], edition: Edition): boolean {
  return (
    before.every(({ end }) => end !== null) &&
    !(rule.unlessRecorded ?? []).some((type) => type in situation.lastRecordedOn) &&
    (rule.gate === undefined || isShut(rule.gate, situation, dateOf(situation.asOf), edition.safeReturn)) &&
    (rule.onlyIf ?? []).every((condition) => conditions[condition](situation, edition))
  );
}

/** The tasks of a rule beside the number of its kind before. */
function planned({ period, permit }: Situation, rule: TaskRule, before: number, { on, at }: Occasion, edition: Edition): TaskPlan {
  const { due } = rule;
  const id = before === 0 ? rule.id : `${rule.id}-${before + 1}`;
  const nothing = { tasks: [], series: [] };
  const once = (dueOn: PlainDate, dueAt: Instant | null = null, urgent = false) => ({
    tasks: [taskOf(rule, id, { dueOn, dueAt, urgent }, at)],
    series: [],
  });
  if ('after' in due) {
    if (!isDuration(due.after)) {
      const dueOn = plus(on, due.after);
      return once(dueOn, null, isMailedAtOnce(dueOn, on, edition));
    }
    const dueAt = later(at, due.after);
    return once(dateOf(dueAt), dueAt, true);
  }
  if ('beforePeriodEnd' in due) return period === null ? nothing : once(minus(period.endsOn, due.beforePeriodEnd));
  if ('beforePermitEnd' in due) return permit === null ? nothing : once(minus(permit.until, due.beforePermitEnd));
  if ('everyMonth' in due) return nextMonth(rule, { rule: rule.id, countedFrom: on, planned: 0, nextAt: at }, before, at);
  const dates = 'eachAfter' in due ? due.eachAfter.map((each) => plus(on, each)) : beforeTheEnd(due.eachBeforePeriodEnd, period);
  return {
    tasks: dates.map((dueOn, i) => taskOf(rule, `${rule.id}-${before + i + 1}`, { dueOn, dueAt: null, urgent: false }, at)),
    series: [],
  };
}

function isMailedAtOnce(dueOn: PlainDate, from: PlainDate, { mail }: Edition): boolean {
  return dueOn <= plus(from, mail.mailedAtOnceWithin);
}

function beforeTheEnd(periods: readonly Period[], period: Situation['period']): PlainDate[] {
  return period === null ? [] : periods.map((each) => minus(period.endsOn, each)).filter((date) => date > period.startedOn);
}

function nextMonth(rule: TaskRule, from: TaskSeries, before: number, at: Instant): TaskPlan {
  const dueOn = monthsAfter(from.countedFrom, from.planned + 1);
  return {
    tasks: [taskOf(rule, `${rule.id}-${before + 1}`, { dueOn, dueAt: null, urgent: false }, at)],
    series: [{ ...from, planned: from.planned + 1, nextAt: startOfDay(dueOn) }],
  };
}

function taskOf(rule: TaskRule, id: string, due: Pick<Task, 'dueOn' | 'dueAt' | 'urgent'>, plannedAt: Instant): Task {
  const { kind, statutory = false, owner } = rule;
  const { dueOn, dueAt, urgent } = due;
  return { id, rule: rule.id, kind, statutory, owner, dueOn, dueAt, urgent, plannedAt, end: null };
}

const rulesOf = memoizeLast((edition: Edition) => new Map(edition.tasks.map((rule) => [rule.id, rule])));

const conditions: Readonly<Record<TaskCondition, (situation: Situation, edition: Edition) => boolean>> = {
  unaccompaniedMinorWithoutGuardian: (situation, edition) => isUnaccompaniedMinor(situation) && !hasGuardian(situation, edition),
  minor: ({ minor }) => minor,
  notEuOrDutch: (situation) => !isEuOrDutch(situation),
  hadNoPeriod: ({ period }) => period === null,
  noCooperationInEffect: ({ cooperation }) => cooperation === null,
  hasResidenceMatter,
  humanitarianPermit: ({ permit }) => permit?.kind === 'humanitarian',
  notHumanitarianPermit: ({ permit }) => permit?.kind !== 'humanitarian',
};
