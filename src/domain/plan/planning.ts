/* The plan of tasks after an event: which are done, which lapse, and which are planned. */

import {
  dateOf,
  daysBetween,
  isDuration,
  later,
  minus,
  plus,
  startOfDay,
  timesAfter,
  type Instant,
  type Period,
  type PlainDate,
} from '../basics/calendar';
import type { Edition, TaskCondition, TaskRule } from '../policy/edition';
import type { Trigger } from '../policy/trigger';
import { isShut } from './gates';
import { memoizeLast } from '../basics/memoize';
import type { RecordedFact } from '../facts/recordedFact';
import type { Situation, TaskPlan } from '../state/situation';
import type { Task, TaskSeries } from '../state/workPlan';
import { hasResidenceMatter, isEuOrDutch, isUnaccompaniedMinor } from '../state/questions';
import { hasGuardian, isMailedAtOnce, owed, taskRuleOf } from './tasks';

/** The triggers and the date of one change of the plan. */
export interface Occasion {
  readonly triggers: ReadonlySet<Trigger>;
  /** The legal date that periods are counted from. */
  readonly on: PlainDate;
  /** The instant that hours are counted from, and since which a planned task is known. */
  readonly at: Instant;
  /** The fact itself, where a task or a deadline takes something from it. */
  readonly fact?: RecordedFact | undefined;
  /** The term of IND that the fact makes longer. */
  readonly extends?: 'application' | 'objection' | undefined;
  /** The start of the present term of the objection that was filed first, by its fact. */
  readonly objectionTerm?: string | undefined;
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
  const kinds = new Map(rules.map((rule): [string, Task[]] => [nameOf(rule), []]));
  for (const task of tasks) kinds.get(nameOfKind(task, edition))?.push(task);
  const added = rules.flatMap((rule) => {
    const before = kinds.get(nameOf(rule)) ?? [];
    const isReplaced = rules.some(({ id }) => id === rule.insteadOf);
    return !isReplaced && mayBePlanned(situation, rule, before, edition) ? planned(situation, rule, before.length, occasion, edition) : [];
  });
  return {
    tasks: [...tasks, ...added.flatMap((each) => each.tasks)],
    series: [...series, ...added.flatMap((each) => each.series)],
  };
}

/** The name that the tasks of a row bear. */
function nameOf({ id, namedAs = id }: TaskRule): string {
  return namedAs;
}

function nameOfKind(task: Pick<Task, 'rule'>, edition: Edition): string {
  const rule = taskRuleOf(edition, task);
  return rule === undefined ? task.rule : nameOf(rule);
}

/** The next of a recurring task, planned by the calendar. */
export function planNextOf(situation: Situation, series: TaskSeries, edition: Edition): TaskPlan {
  const rule = taskRuleOf(edition, series);
  const others = situation.series.filter((each) => each !== series);
  const { tasks } = situation;
  if (rule === undefined) return { tasks, series: others };
  const before = tasks.filter((task) => nameOfKind(task, edition) === nameOf(rule)).length;
  const next = nextRecurring(situation, rule, series, before, situation.asOf);
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
    !(rule.unlessBefore === 'planned' && before.length > 0) &&
    !(rule.unlessBefore === 'done' && before.some(({ end }) => end?.state === 'done')) &&
    !(rule.unlessRecorded ?? []).some((type) => type in situation.lastRecordedOn) &&
    (rule.gate === undefined || isShut(rule.gate, situation, dateOf(situation.asOf), edition.safeReturn)) &&
    (rule.onlyIf ?? []).every((condition) => conditions[condition](situation, edition))
  );
}

/** The tasks of a rule beside the number of its kind before. */
function planned(situation: Situation, rule: TaskRule, before: number, occasion: Occasion, edition: Edition): TaskPlan {
  const { period, permit, asylumRequestedOn } = situation;
  const { on, at } = occasion;
  const { due } = rule;
  const name = nameOf(rule);
  const id = before === 0 ? name : `${name}-${before + 1}`;
  const nothing = { tasks: [], series: [] };
  const once = (dueOn: PlainDate, dueAt: Instant | null = null, urgent = false) => ({
    tasks: [taskOf(situation, rule, id, { dueOn, dueAt, urgent }, at)],
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
  if ('afterAsylumRequest' in due) return asylumRequestedOn === null ? nothing : once(plus(asylumRequestedOn, due.afterAsylumRequest));
  if ('every' in due || 'everyAsSet' in due) {
    const every = 'every' in due ? due.every : setBy(occasion, due.everyAsSet);
    const first = 'every' in due ? 0 : timesBefore(on, every, dateOf(at));
    return nextRecurring(situation, rule, { rule: rule.id, every, countedFrom: on, planned: first, nextAt: at }, before, at);
  }
  const dates = 'eachAfter' in due ? due.eachAfter.map((each) => plus(on, each)) : beforeTheEnd(due.eachBeforePeriodEnd, period);
  return {
    tasks: dates.map((dueOn, i) => taskOf(situation, rule, `${name}-${before + i + 1}`, { dueOn, dueAt: null, urgent: false }, at)),
    series: [],
  };
}

function beforeTheEnd(periods: readonly Period[], period: Situation['period']): PlainDate[] {
  return period === null ? [] : periods.map((each) => minus(period.endsOn, each)).filter((date) => date > period.startedOn);
}

function nextRecurring(situation: Situation, rule: TaskRule, from: TaskSeries, before: number, at: Instant): TaskPlan {
  const dueOn = timesAfter(from.countedFrom, from.every, from.planned + 1);
  return {
    tasks: [taskOf(situation, rule, `${nameOf(rule)}-${before + 1}`, { dueOn, dueAt: null, urgent: false }, at)],
    series: [{ ...from, planned: from.planned + 1, nextAt: startOfDay(dueOn) }],
  };
}

/** How often the person has to report: as it was set, or else as the edition says. */
function setBy({ fact }: Occasion, otherwise: Period): Period {
  return fact?.type === 'reportingDutySet' && fact.every !== 'none' ? fact.every : otherwise;
}

/** How often a period after a date ended before another date: nobody is asked to report on a day before the duty was known. */
function timesBefore(date: PlainDate, every: Period, before: PlainDate): number {
  // By halves: the duty may be dated a century back, and a case folds it again and again.
  let [few, many] = [0, Math.max(0, daysBetween(date, before))];
  while (few < many) {
    const half = Math.ceil((few + many) / 2);
    if (timesAfter(date, every, half) < before) few = half;
    else many = half - 1;
  }
  return few;
}

function taskOf(situation: Situation, rule: TaskRule, id: string, due: Pick<Task, 'dueOn' | 'dueAt' | 'urgent'>, plannedAt: Instant): Task {
  const { dueOn, dueAt, urgent } = due;
  return { id, rule: rule.id, kind: rule.kind, ...owed(situation, rule), dueOn, dueAt, urgent, plannedAt, end: null };
}

/**
 * The tasks that wait for a consent of a person of whom the police may not know. The consent makes them owed and new, its withdrawal lets
 * them wait again. When the case opens they go over to the police (docs/policy.md, section 3).
 */
export function withConsentsHeeded(before: Situation, after: Situation, { on, at }: Occasion, edition: Edition): Pick<Situation, 'tasks'> {
  const opens = before.hidden && !after.hidden;
  return {
    tasks: after.tasks.map((task) => {
      const rule = task.end === null ? taskRuleOf(edition, task) : undefined;
      if (rule?.owedWithConsent === undefined) return task;
      const now = owed(after, rule);
      if (now.waits === task.waits && !opens) return task;
      return { ...task, ...now, ...(now.waits === true ? {} : { plannedAt: at, ...dueAnew(rule, on, edition) }) };
    }),
  };
}

function dueAnew({ due }: TaskRule, on: PlainDate, edition: Edition): Partial<Pick<Task, 'dueOn' | 'urgent'>> {
  if (!('after' in due) || isDuration(due.after)) return {};
  const dueOn = plus(on, due.after);
  return { dueOn, urgent: isMailedAtOnce(dueOn, on, edition) };
}

const conditions: Readonly<Record<TaskCondition, (situation: Situation, edition: Edition) => boolean>> = {
  unaccompaniedMinorWithoutGuardian: (situation, edition) => isUnaccompaniedMinor(situation) && !hasGuardian(situation, edition),
  minor: ({ minor }) => minor,
  notEuOrDutch: (situation) => !isEuOrDutch(situation),
  hadNoPeriod: ({ period }) => period === null,
  hidden: ({ hidden }) => hidden,
  notHidden: ({ hidden }) => !hidden,
  minorOrDependants: ({ minor, dependants }) => minor || dependants > 0,
  dependants: ({ dependants }) => dependants > 0,
  dublin: ({ ground }) => ground === 'dublin',
  hasResidenceMatter,
  humanitarianPermit: ({ permit }) => permit?.kind === 'humanitarian',
  notHumanitarianPermit: ({ permit }) => permit?.kind !== 'humanitarian',
};
