import type { PlainDate } from '../../domain/basics/calendar';
import type { Caller } from '../../domain/basics/roles';
import type { Stage } from '../../domain/state/situation';

/** The list of all open cases that a caller may list. */
export interface CaseList {
  /** One page, in the order of the references. A cursor of another list is refused as `invalid-request`. */
  page(query: CaseListQuery): Promise<CaseListPage>;
}

export interface CaseListFilter {
  readonly stage?: Stage | undefined;
  readonly office?: string | undefined;
  /** The reader of the list, in which no case is that they may not list. */
  readonly caller: Caller;
}

export interface CaseListQuery extends CaseListFilter {
  readonly cursor?: string | undefined;
}

export interface CaseListPage {
  readonly items: readonly CaseListItem[];
  /** The cursor of the next page, if there is one. */
  readonly next: string | null;
}

export interface CaseListItem {
  readonly reference: string;
  readonly stage: Stage;
  readonly since: PlainDate;
  readonly nextDate: PlainDate | null;
  readonly escalated: boolean;
}
