/* The work on a case: tasks, recurring tasks and deadlines. */

import type { Duration, Instant, Period, PlainDate } from '../basics/calendar';
import type { TeamRole } from '../basics/roles';
import type { TaskKind } from '../facts/catalogue';

/** Something that somebody has to do for the person by a date. */
export interface Task {
  /** The first of its kind bears the bare name, later ones `-2`, `-3`; recurring ones are numbered from `-1`. */
  readonly id: string;
  /** The row of the edition that planned it, or `added`. */
  readonly rule: string;
  readonly kind: TaskKind;
  readonly statutory: boolean;
  readonly owner: TeamRole;
  /** The legal date on which it is due; it may be done until that day's end. */
  readonly dueOn: PlainDate;
  /** The instant at which it is due, for a task of hours. */
  readonly dueAt: Instant | null;
  /** Due within a day of being planned: its first mail does not wait for the morning. */
  readonly urgent: boolean;
  readonly plannedAt: Instant;
  readonly title?: string | undefined;
  /** Whether it waits for the person's consent: then it is not owed, and never overdue. */
  readonly waits?: true | undefined;
  readonly end: { readonly state: 'done' | 'waived' | 'lapsed'; readonly at: Instant } | null;
}

/** A task that recurs, counted from its first day, until it lapses. */
export interface TaskSeries {
  readonly rule: string;
  readonly every: Period;
  readonly countedFrom: PlainDate;
  readonly planned: number;
  /** When the next one is planned: the start of the day on which the one before is due. */
  readonly nextAt: Instant;
}

/** A date by which something has to have happened, and how it came about. */
export interface Deadline {
  /** The first of its kind bears the bare name, later ones `-2`, `-3`. */
  readonly id: string;
  readonly rule: string;
  /** The fact that started it, and the legal date it is counted from. */
  readonly startedBy: string;
  readonly startedOn: PlainDate;
  /** How long it is, counted from there; null where the fact itself carries the date. */
  readonly length: Period | Duration | null;
  /** The fact that made it longer, and by how much, counted from the last day before. */
  readonly extendedBy?: string | undefined;
  readonly extension?: Period | undefined;
  /** The fact that carries the date itself, where its length is null. */
  readonly datedBy?: string | undefined;
  /** Since when we know of it: what lies before is not sent. */
  readonly knownAt: Instant;
  /** The last day; it holds to its end. */
  readonly date: PlainDate;
  /** The last instant, for a deadline of hours. */
  readonly instant: Instant | null;
  readonly end: {
    readonly state: 'met' | 'lifted';
    readonly on: PlainDate;
    readonly at: Instant;
    /** Whether the closing of the case lifted it: it runs again if the case is reopened in time. */
    readonly byClosing?: true | undefined;
  } | null;
  /** The date with which it passed, once that has planned its tasks. A later extension lets it pass again. */
  readonly passed?: PlainDate | undefined;
  /** Whether mails about its having passed have been overtaken by what people did. */
  readonly quiet: boolean;
  /** Whether a correction made it what it is, at `knownAt`: of the warnings before that only one is sent, and a past end alarms nobody. */
  readonly corrected?: true | undefined;
}
