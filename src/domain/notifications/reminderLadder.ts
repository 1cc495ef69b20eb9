import type { Instant, PlainDate } from '../basics/calendar';
import type { TeamRole } from '../basics/roles';
import type { StepName } from '../state/outbox';

/**
 * What people are reminded of, and on which mornings: the ladder of each open task, of each deadline that is not met,
 * of each notice that has not arrived, and the chase of IOM. Steps are dates; that they leave at nine is the agenda's affair.
 */
export interface Reminder {
  /** The task's or deadline's id, or a notice's kind. */
  readonly about: string;
  /** The date it is about. */
  readonly date: PlainDate;
  /** Since when it is known: steps not later than this are not sent. */
  readonly since: Instant;
  /** The last morning before it was. */
  readonly after: PlainDate;
  /** Whose first mail says that it was planned; nobody's, of a deadline. */
  readonly plannedFor: TeamRole | null;
  /** Everybody whom it is for, now or at a later step. */
  readonly roles: readonly TeamRole[];
  readonly steps: readonly Step[];
  /** After the last step every Monday; or every so many days after a date. */
  readonly then: { readonly after: PlainDate; readonly everyDays?: number; readonly steps: readonly Omit<Step, 'on'>[] } | null;
}

/** A reminder before it is known who is there to be reminded. */
export type Unaddressed = Omit<Reminder, 'after' | 'roles'>;

export interface Step {
  readonly on: PlainDate;
  readonly step: StepName;
  readonly to: readonly TeamRole[];
}
