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
} from './calendar';
import type { Edition, TaskCondition, TaskRule, Turn } from './edition';
import { isShut } from './gates';
import type { Situation, Task, TaskSeries } from './situation';
import { hasResidenceMatter, isEuOrDutch } from './standing';

/** When and by what tasks are planned, done or lapsed. */
export interface Occasion {
  readonly turns: ReadonlySet<Turn>;
  /** The legal date that periods are counted from. */
  readonly on: PlainDate;
  /** The instant that hours are counted from, and at which what is planned becomes known. */
  readonly at: Instant;
}

export type TaskState = 'open' | 'overdue' | 'done' | 'waived' | 'lapsed';

/** How a task stands at a moment: overdue from the day after its date, or from its instant. */
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

/** The consent that an open task still waits for, if there is one. */
export function missingConsent({ consents }: Situation, task: Task, edition: Edition): string | null {
  const needed = findRule(edition, task.rule)?.needsConsent;
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
  added: Pick<Task, 'kind' | 'owner' | 'dueOn' | 'title'>,
  at: Instant,
  edition: Edition,
): Pick<Situation, 'tasks'> {
  const number = situation.tasks.filter(({ rule }) => rule === 'added').length + 1;
  const task: Task = {
    ...added,
    id: `added-${number}`,
    rule: 'added',
    statutory: false,
    dueAt: null,
    urgent: isToldAtOnce(added.dueOn, dateOf(at), edition),
    plannedAt: at,
    end: null,
  };
  return { tasks: [...situation.tasks, task] };
}

/** What an occasion does to the tasks: first it ends those that it does or lapses, then it plans. */
export function tasksAfter(situation: Situation, occasion: Occasion, edition: Edition): Pick<Situation, 'tasks' | 'series'> {
  const ended: Situation = {
    ...situation,
    tasks: situation.tasks.map((task) => endedBy(occasion, task, edition)),
    series: situation.series.filter(({ rule }) => !lapses(occasion, findRule(edition, rule))),
  };
  const { tasks, series } = edition.tasks
    .filter((rule) => rule.plannedBy.some((turn) => occasion.turns.has(turn)))
    .reduce((now, rule) => (mayBePlanned(now, rule, edition) ? { ...now, ...planned(now, rule, occasion, edition) } : now), ended);
  return { tasks, series };
}

/** The next of a monthly task, planned by the calendar. */
export function planNextOf(situation: Situation, series: TaskSeries, edition: Edition): Pick<Situation, 'tasks' | 'series'> {
  const rule = findRule(edition, series.rule);
  const others = situation.series.filter((each) => each !== series);
  return rule === undefined
    ? { tasks: situation.tasks, series: others }
    : nextMonth({ ...situation, series: others }, rule, series, situation.asOf);
}

function endedBy({ turns, at }: Occasion, task: Task, edition: Edition): Task {
  if (task.end !== null) return task;
  const rule = findRule(edition, task.rule);
  if (rule?.doneBy?.some((turn) => turns.has(turn)) === true) return { ...task, end: { state: 'done', at } };
  // Once she has travelled the Dutch tasks are moot; her safety and the review of her case are not.
  const moot = turns.has('travelled') && task.kind !== 'safety' && task.rule !== 'case-review';
  return moot || lapses({ turns, at, on: task.dueOn }, rule) ? { ...task, end: { state: 'lapsed', at } } : task;
}

function lapses({ turns }: Occasion, rule: TaskRule | undefined): boolean {
  return turns.has('entering:closed') || rule?.lapsesOn?.some((turn) => turns.has(turn)) === true;
}

function mayBePlanned(situation: Situation, rule: TaskRule, { safeReturn }: Edition): boolean {
  return (
    !situation.tasks.some((task) => task.rule === rule.id && task.end === null) &&
    !(rule.unlessTold ?? []).some((type) => type in situation.lastToldOn) &&
    (rule.gate === undefined || isShut(rule.gate, situation, dateOf(situation.asOf), safeReturn)) &&
    (rule.onlyIf ?? []).every((condition) => conditions[condition](situation))
  );
}

function planned(situation: Situation, rule: TaskRule, { on, at }: Occasion, edition: Edition): Pick<Situation, 'tasks' | 'series'> {
  const { due } = rule;
  const { period, permit, tasks, series } = situation;
  const once = (dueOn: PlainDate, dueAt: Instant | null = null, urgent = false) => ({
    tasks: [...tasks, taskOf(rule, nextId(tasks, rule), { dueOn, dueAt, urgent }, at)],
    series,
  });
  if ('after' in due) {
    if (!isDuration(due.after)) {
      const dueOn = plus(on, due.after);
      return once(dueOn, null, isToldAtOnce(dueOn, on, edition));
    }
    const dueAt = later(at, due.after);
    return once(dateOf(dueAt), dueAt, true);
  }
  if ('beforePeriodEnd' in due) return period === null ? { tasks, series } : once(minus(period.endsOn, due.beforePeriodEnd));
  if ('beforePermitEnd' in due) return permit === null ? { tasks, series } : once(minus(permit.until, due.beforePermitEnd));
  if ('everyMonth' in due) return nextMonth(situation, rule, { rule: rule.id, countedFrom: on, planned: 0, nextAt: at }, at);
  const dates = 'eachAfter' in due ? due.eachAfter.map((each) => plus(on, each)) : beforeTheEnd(due.eachBeforePeriodEnd, situation);
  const taken = tasks.filter((task) => task.rule === rule.id).length;
  return {
    tasks: [...tasks, ...dates.map((dueOn, i) => taskOf(rule, `${rule.id}-${taken + i + 1}`, { dueOn, dueAt: null, urgent: false }, at))],
    series,
  };
}

function isToldAtOnce(dueOn: PlainDate, from: PlainDate, { mail }: Edition): boolean {
  return dueOn <= plus(from, mail.toldAtOnceWithin);
}

function beforeTheEnd(periods: readonly Period[], { period }: Situation): PlainDate[] {
  return period === null ? [] : periods.map((each) => minus(period.endsOn, each)).filter((date) => date > period.startedOn);
}

function nextMonth(situation: Situation, rule: TaskRule, from: TaskSeries, at: Instant): Pick<Situation, 'tasks' | 'series'> {
  const { tasks, series } = situation;
  const dueOn = monthsAfter(from.countedFrom, from.planned + 1);
  const number = tasks.filter((task) => task.rule === rule.id).length + 1;
  return {
    tasks: [...tasks, taskOf(rule, `${rule.id}-${number}`, { dueOn, dueAt: null, urgent: false }, at)],
    series: [...series, { ...from, planned: from.planned + 1, nextAt: startOfDay(dueOn) }],
  };
}

function taskOf(rule: TaskRule, id: string, due: Pick<Task, 'dueOn' | 'dueAt' | 'urgent'>, plannedAt: Instant): Task {
  return { id, rule: rule.id, kind: rule.kind, statutory: rule.statutory ?? false, owner: rule.owner, ...due, plannedAt, end: null };
}

function nextId(tasks: readonly Task[], rule: TaskRule): string {
  const count = tasks.filter((task) => task.rule === rule.id).length;
  return count === 0 ? rule.id : `${rule.id}-${count + 1}`;
}

function findRule(edition: Edition, id: string): TaskRule | undefined {
  return edition.tasks.find((rule) => rule.id === id);
}

const conditions: Readonly<Record<TaskCondition, (situation: Situation) => boolean>> = {
  unaccompaniedMinorWithoutGuardian: ({ minor, unaccompanied, tasks }) =>
    minor && unaccompanied && !tasks.some(({ rule, end }) => rule === 'guardian' && end?.state === 'done'),
  minor: ({ minor }) => minor,
  notEuOrDutch: (situation) => !isEuOrDutch(situation),
  hadNoPeriod: ({ period }) => period === null,
  noCooperationStands: ({ cooperation }) => cooperation === null,
  hasResidenceMatter,
  humanitarianPermit: ({ permit }) => permit?.kind === 'humanitarian',
  notHumanitarianPermit: ({ permit }) => permit?.kind !== 'humanitarian',
};
