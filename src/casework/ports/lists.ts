import type { Instant, PlainDate } from '../../domain/basics/calendar';
import type { Caller, TeamRole } from '../../domain/basics/roles';
import type { Reach } from '../../domain/rights/reach';
import type { Stage } from '../../domain/state/situation';
import type { ForecastKind } from '../../domain/views/forecast';
import type { SaidOfItem } from '../../domain/views/registerRows';

/**
 * The lists across cases. Nobody sees a case in one that is beyond their reach. Each is refused as `register-filling` until every case is in
 * the register, and as `no-answer` while it cannot be read. A cursor of another list or caller is refused as `invalid-request`, and one of a
 * database that was restored since as `cursor-expired`.
 */
export interface Lists {
  /** Cases, by their first date. */
  cases(asked: CasesAsked): Promise<Page<CaseItem>>;
  /** For each filter the number of cases it finds. Each is of the same moment. */
  counts(asked: CountsAsked): Promise<readonly number[]>;
  /** Open tasks, by their date. */
  tasks(asked: TasksAsked): Promise<Page<TaskOfCase>>;
  /** The dates of open cases, counted by week and office. */
  forecast(asked: ForecastAsked): Promise<readonly WeekOfOffice[]>;
  /** Cases that changed, the oldest change first. `next` is there also where nothing is left to read. */
  changes(asked: Paged): Promise<Page<Change>>;
  /** The outages, the newest first. */
  outages(asked: OutagesAsked): Promise<readonly Outage[]>;
  /** One outage with each late moment; undefined where there is none by this name. */
  outage(id: string, asked: OutagesAsked): Promise<OutageWithMoments | undefined>;
}

export interface Listing {
  readonly reach: Reach;
  readonly now: Instant;
}

export interface Paged extends Listing {
  readonly caller: Caller;
  /** The filters as the caller sent them. A cursor holds for these alone. */
  readonly wanted: object;
  readonly cursor?: string | undefined;
  /** The most items of one page, or all at once: the whole list, up to ten thousand. */
  readonly most: number | 'all';
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The cursor of the next page, if there is one. */
  readonly next: string | null;
}

/** What a list of cases may be narrowed to. A flag that is left out does not matter. */
export interface CaseFilter {
  readonly stages?: readonly Stage[] | undefined;
  readonly open: boolean;
  /** Somebody of the team. */
  readonly member?: string | undefined;
  /** The first date lies before this one. */
  readonly dueBefore?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly statutoryOverdue?: boolean | undefined;
  readonly deadlinePassed?: boolean | undefined;
  readonly escalated?: boolean | undefined;
  readonly decisionNeeded?: boolean | undefined;
  readonly unassigned?: boolean | undefined;
  readonly undelivered?: boolean | undefined;
}

export interface CasesAsked extends Paged {
  readonly filter: CaseFilter;
}

export interface CountsAsked extends Listing {
  readonly filters: readonly CaseFilter[];
  /** Counted no further. */
  readonly most: number;
}

export interface CaseItem {
  readonly reference: string;
  readonly office: string;
  readonly stage: Stage;
  readonly since: PlainDate;
  /** The earliest date of an open task or deadline, past ones too. */
  readonly firstDue: PlainDate | null;
  /** The first of them from today on. */
  readonly nextDate: PlainDate | null;
  readonly overdue: boolean;
  readonly escalated: boolean;
  readonly decisionNeeded: boolean;
  /** The number of open tasks whose role nobody holds. */
  readonly unassigned: number;
  /** The number of people and partners who could not be reached, or perhaps were not. */
  readonly undelivered: number;
}

export interface TasksAsked extends Paged {
  /** Whose tasks; null: those of a role that nobody holds. */
  readonly assignees: readonly (string | null)[];
  readonly until: PlainDate;
  readonly overdue: boolean;
  readonly statutory: boolean;
}

export interface TaskOfCase {
  readonly reference: string;
  readonly stage: Stage;
  readonly said: SaidOfItem;
  readonly due: PlainDate;
  readonly dueAt: Instant | null;
  readonly overdue: boolean;
  readonly statutory: boolean;
  readonly owner: TeamRole;
  readonly assignee: string | null;
}

export interface ForecastAsked extends Listing {
  /** Two Mondays: the dates from the first to the day before the second. */
  readonly from: PlainDate;
  readonly before: PlainDate;
}

export interface WeekOfOffice extends Readonly<Record<ForecastKind, number>> {
  /** The Monday. */
  readonly from: PlainDate;
  readonly office: string;
}

/** A case that changed: its latest revision, or that it left the reach of the caller. */
export interface Change {
  readonly reference: string;
  readonly revision?: number;
  readonly at?: Instant;
  readonly gone?: true;
}

export interface OutagesAsked extends Listing {
  readonly since: Instant;
  readonly most: number;
}

export interface Outage {
  readonly id: string;
  readonly from: Instant;
  readonly until: Instant;
  /** The number of moments that came late. */
  readonly moments: number;
  /** The longest delay, in minutes. */
  readonly worst: number;
}

export interface OutageWithMoments extends Outage {
  readonly items: readonly LateMoment[];
}

/** A moment of the clock of a case that came late. */
export interface LateMoment {
  readonly reference: string;
  readonly plannedAt: Instant;
  readonly happenedAt: Instant;
  readonly what: readonly string[];
  readonly about: readonly string[];
  /** The period or deadline whose end it was; null where nobody's legal position was touched. */
  readonly deadline: string | null;
  /** The number of mails that were sent then. */
  readonly mails: number;
}
