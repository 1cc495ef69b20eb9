import {
  dateOf,
  daysAfter,
  daysBetween,
  instantAt,
  latest,
  minus,
  mondayAfter,
  mondayUpTo,
  type Instant,
  type PlainDate,
} from '../basics/calendar';
import { passesAt, ruleOf } from '../plan/deadlines';
import type { Edition } from '../policy/edition';
import { remindersOfNotices } from './noticeReminders';
import type { TeamRole } from '../basics/roles';
import { steps as severity, type Outbox, type StepName } from '../state/outbox';
import type { Reminder, Step, Unaddressed } from './reminderLadder';
import { memoizeLast } from '../basics/memoize';
import type { Deadline, Situation, Task, Team } from '../state/situation';

/** Everything that is reminded of in a situation, where notices have come as far as this. */
export function remindersOf(situation: Situation, sent: Outbox['notices'], edition: Edition): readonly Reminder[] {
  const { tasks, deadlines, referral, notices, team, stage } = situation;
  return remindersAmong(tasks, deadlines, referral, notices, sent, team, stage === 'closed', edition);
}

// The clock makes a new situation for each moment that is asked about, mostly of the same tasks and deadlines.
const remindersAmong = memoizeLast(
  (
    tasks: Situation['tasks'],
    deadlines: Situation['deadlines'],
    referral: Situation['referral'],
    notices: Situation['notices'],
    sent: Outbox['notices'],
    team: Team,
    isClosed: boolean,
    edition: Edition,
  ): readonly Reminder[] => [
    ...(isClosed ? [] : tasks.filter(({ end }) => end === null).map((task) => ofTask(task, team, edition))),
    ...(isClosed ? [] : deadlines.filter(({ end }) => end === null).map((deadline) => ofDeadline(deadline, team, edition))),
    ...remindersOfNotices({ notices, referral }, sent, isClosed, edition).map((reminder) => addressed(reminder, team, edition)),
  ],
);

/** A role that nobody holds is passed over if another addressee is named (docs/policy.md, section 5). */
export function heldRoles(to: readonly TeamRole[], team: Team): readonly TeamRole[] {
  const held = to.filter((role) => role in team);
  return held.length === 0 || held.length === to.length ? to : held;
}

function addressed(reminder: Unaddressed, team: Team, { mail }: Edition): Reminder {
  const held = <S extends Pick<Step, 'to'>>(step: S): S => {
    const to = heldRoles(step.to, team);
    return to === step.to ? step : { ...step, to };
  };
  const steps = reminder.steps.map(held);
  const then = reminder.then && { ...reminder.then, steps: reminder.then.steps.map(held) };
  const { plannedFor } = reminder;
  const roles = [...(plannedFor === null ? [] : [plannedFor]), ...[...steps, ...(then?.steps ?? [])].flatMap(({ to }) => to)];
  return { ...reminder, after: lastMorning(reminder.since, mail.digestAt), roles: [...new Set(roles)], steps, then };
}

/** Whether a step is among those that have come by a date for one of these roles; that something was planned always is. */
export function saysBy({ steps, then }: Reminder, step: StepName, roles: readonly TeamRole[], date: PlainDate): boolean {
  const come = [...steps.filter(({ on }) => on <= date), ...(then !== null && date > then.after ? then.steps : [])];
  return step === 'planned' || come.some((each) => each.step === step && each.to.some((role) => roles.includes(role)));
}

/** The latest step for a role on a date after the one and up to the other. */
export function latestStep(reminder: Reminder, role: TeamRole, after: PlainDate, through: PlainDate): Step | null {
  const named = reminder.steps.filter(({ on, to }) => on > after && on <= through && to.includes(role));
  const recurring = recurringSteps(reminder, role);
  const last = recurring.length === 0 ? null : lastRecurring(reminder.then, through);
  const again = last !== null && last > after ? recurring.map((step) => ({ ...step, on: last })) : [];
  return [...named, ...again].reduce<Step | null>(graver, null);
}

/** The first date after a given one on which a step for a role comes. */
export function nextStepOn(reminder: Reminder, role: TeamRole, after: PlainDate): PlainDate | null {
  const named = reminder.steps.filter(({ on, to }) => on > after && to.includes(role)).map(({ on }) => on);
  const recurring = reminder.then !== null && recurringSteps(reminder, role).length > 0 ? [nextRecurring(reminder.then, after)] : [];
  return [...named, ...recurring].reduce<PlainDate | null>((first, on) => (first === null || on < first ? on : first), null);
}

/** The date of the last morning mail that has come by an instant. */
export function lastMorning(instant: Instant, at: string): PlainDate {
  const date = dateOf(instant);
  return instantAt(date, at) <= instant ? date : daysAfter(date, -1);
}

/** The date of the first morning mail at or after an instant. */
export function firstMorning(instant: Instant, at: string): PlainDate {
  const date = dateOf(instant);
  return instantAt(date, at) >= instant ? date : daysAfter(date, 1);
}

// A task is asked about at each wake, and stays the same for weeks.
const ofTask = memoizeLast((task: Task, team: Team, edition: Edition): Reminder => {
  const { reminders, mail } = edition;
  const { task: usual, statutoryTask } = reminders;
  const rules = task.statutory ? statutoryTask : usual;
  const { owner, dueOn } = task;
  // A morning on which the alarm of an hour's task has gone out needs no word that it is due.
  const alarmedBy = (on: PlainDate) => task.dueAt !== null && task.dueAt <= instantAt(on, mail.digestAt);
  return addressed(
    {
      about: task.id,
      date: dueOn,
      since: task.plannedAt,
      plannedFor: owner,
      steps: [
        ...rules.soon.map((days) => ({ on: daysAfter(dueOn, -days), step: 'soon' as const, to: [owner] })),
        ...rules.due.map((days) => ({ on: daysAfter(dueOn, days), step: 'due' as const, to: [owner] })).filter(({ on }) => !alarmedBy(on)),
        ...rules.overdue.map((days) => ({ on: daysAfter(dueOn, days), step: 'overdue' as const, to: [owner] })),
        ...rules.escalated.map((days) => ({ on: daysAfter(dueOn, days), step: 'escalated' as const, to: ['supervisor' as const] })),
      ],
      then: {
        after: daysAfter(dueOn, Math.max(...rules.overdue)),
        steps: rules.thenEveryMonday.map((step) => ({ step, to: step === 'overdue' ? [owner] : ['supervisor' as const] })),
      },
    },
    team,
    edition,
  );
});

const ofDeadline = memoizeLast((deadline: Deadline, team: Team, edition: Edition): Reminder => {
  const { warn, onPassed } = ruleOf(edition, deadline);
  const { startedOn, date, knownAt, quiet, corrected } = deadline;
  const { digestAt } = edition.mail;
  const days = edition.reminders.passedDeadline[onPassed.mails];
  const first = firstMorning(passesAt(deadline), digestAt);
  const known = daysAfter(lastMorning(knownAt, digestAt), 1);
  // One of the day itself on which it began is sent where it began before nine; of days before there is nothing to warn of.
  const warnings = warn
    .map(({ before, to }) => ({ on: minus(date, before), step: 'warning' as const, to }))
    .filter(({ on }) => on >= startedOn);
  const missed = corrected === true && known <= date ? warnings.filter(({ on }) => on < known).slice(-1) : [];
  // One that had passed before we knew of it is told of on the first morning on which we do, whatever is left of its ladder.
  const mornings = new Set([...days.map((after) => daysAfter(first, after)), ...(passesAt(deadline) > knownAt ? [] : [known])]);
  const expired = { step: 'expired' as const, to: onPassed.to };
  return addressed(
    {
      about: deadline.id,
      date,
      since: knownAt,
      plannedFor: null,
      steps: [
        ...warnings,
        ...missed.map((step) => ({ ...step, on: known })),
        ...(quiet ? [] : [...mornings].map((on) => ({ on, ...expired }))),
      ],
      then: quiet || onPassed.mails === 'once' ? null : { after: daysAfter(first, Math.max(...days)), steps: [expired] },
    },
    team,
    edition,
  );
});

function recurringSteps({ then }: Reminder, role: TeamRole): Omit<Step, 'on'>[] {
  return (then?.steps ?? []).filter(({ to }) => to.includes(role));
}

function lastRecurring(then: Reminder['then'], through: PlainDate): PlainDate | null {
  if (then === null || through <= then.after) return null;
  const last =
    then.everyDays === undefined ? mondayUpTo(through) : daysAfter(through, -(daysBetween(then.after, through) % then.everyDays));
  return last > then.after ? last : null;
}

function nextRecurring(then: NonNullable<Reminder['then']>, after: PlainDate): PlainDate {
  const from = latest(after, then.after);
  return then.everyDays === undefined
    ? mondayAfter(from)
    : daysAfter(from, then.everyDays - (daysBetween(then.after, from) % then.everyDays));
}

/** The later of two steps; of one day the graver, for who both owns a task and supervises it. */
export function graver(best: Step | null, step: Step): Step {
  if (best === null || step.on > best.on) return step;
  return step.on === best.on && severity.indexOf(step.step) > severity.indexOf(best.step) ? step : best;
}
