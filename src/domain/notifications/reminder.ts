/* A reminder with its steps, and the questions about them: which step is the latest, and when the next one comes. */

import { daysAfter, daysBetween, latest, mondayAfter, mondayUpTo, type Instant, type PlainDate } from '../basics/calendar';
import type { TeamRole } from '../basics/roles';
import type { Edition } from '../policy/edition';
import { steps as severity, type StepName } from '../state/outbox';
import type { Team } from '../state/situation';
import { lastMorning } from './mornings';

/** What people are reminded of, and on which mornings: an open task, an unmet deadline, or a notice that has not arrived. */
export interface Reminder {
  /** The id of the task or deadline, or the kind of the notice. */
  readonly about: string;
  /** The date of the task, deadline or notice. */
  readonly date: PlainDate;
  /** The instant from which it is known. */
  readonly since: Instant;
  /** The last morning before that instant: steps up to this date are not sent. */
  readonly after: PlainDate;
  /** The role that is notified when a task is planned; null for deadlines and notices. */
  readonly plannedFor: TeamRole | null;
  /** Every role that some step is for. */
  readonly roles: readonly TeamRole[];
  readonly steps: readonly Step[];
  /** The steps that recur after a date: every so many days, or every Monday. */
  readonly then: { readonly after: PlainDate; readonly everyDays?: number; readonly steps: readonly Omit<Step, 'on'>[] } | null;
}

/** A reminder before the team is known. */
export type UnaddressedReminder = Omit<Reminder, 'after' | 'roles'>;

export interface Step {
  readonly on: PlainDate;
  readonly step: StepName;
  readonly to: readonly TeamRole[];
}

/** The reminder for the roles that this team has. */
export function addressed(reminder: UnaddressedReminder, team: Team, { mail }: Edition): Reminder {
  const toHeldRoles = <S extends Pick<Step, 'to'>>(step: S): S => {
    const to = heldRoles(step.to, team);
    return to === step.to ? step : { ...step, to };
  };
  const steps = reminder.steps.map(toHeldRoles);
  const then = reminder.then && { ...reminder.then, steps: reminder.then.steps.map(toHeldRoles) };
  const { plannedFor } = reminder;
  const roles = [...(plannedFor === null ? [] : [plannedFor]), ...[...steps, ...(then?.steps ?? [])].flatMap(({ to }) => to)];
  return { ...reminder, after: lastMorning(reminder.since, mail.digestAt), roles: [...new Set(roles)], steps, then };
}

/** A role that nobody holds is left out if another role is named (docs/policy.md, section 5). */
export function heldRoles(to: readonly TeamRole[], team: Team): readonly TeamRole[] {
  const held = to.filter((role) => role in team);
  return held.length === 0 || held.length === to.length ? to : held;
}

/** Whether a step has come by a date for one of these roles. That a task was planned always has. */
export function isAmongStepsBy({ steps, then }: Reminder, step: StepName, roles: readonly TeamRole[], date: PlainDate): boolean {
  const come = [...steps.filter(({ on }) => on <= date), ...(then !== null && date > then.after ? then.steps : [])];
  return step === 'planned' || come.some((each) => each.step === step && each.to.some((role) => roles.includes(role)));
}

/** The latest step for a role on a date after the one and up to the other. */
export function latestStep(reminder: Reminder, role: TeamRole, after: PlainDate, through: PlainDate): Step | null {
  const single = reminder.steps.filter(({ on, to }) => on > after && on <= through && to.includes(role));
  const recurring = recurringSteps(reminder, role);
  const last = recurring.length === 0 ? null : lastRecurring(reminder.then, through);
  const again = last !== null && last > after ? recurring.map((step) => ({ ...step, on: last })) : [];
  return [...single, ...again].reduce<Step | null>(moreSevere, null);
}

/** The first date after a given one on which a step for a role comes. */
export function nextStepOn(reminder: Reminder, role: TeamRole, after: PlainDate): PlainDate | null {
  const single = reminder.steps.filter(({ on, to }) => on > after && to.includes(role)).map(({ on }) => on);
  const recurring = reminder.then !== null && recurringSteps(reminder, role).length > 0 ? [nextRecurring(reminder.then, after)] : [];
  return [...single, ...recurring].reduce<PlainDate | null>((first, on) => (first === null || on < first ? on : first), null);
}

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

/** The later of two steps; of one day the more severe, for a person who both owns a task and supervises it. */
export function moreSevere(best: Step | null, step: Step): Step {
  if (best === null || step.on > best.on) return step;
  return step.on === best.on && severity.indexOf(step.step) > severity.indexOf(best.step) ? step : best;
}
