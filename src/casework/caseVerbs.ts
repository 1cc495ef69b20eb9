import type { Certificate } from '../domain/views/certificate';
import type { IntakeView } from '../domain/views/intake';
import type { PathwayView } from '../domain/views/pathway';
import type { AccessLogPage } from './accessLog';
import type { DeadlineRequest } from './explain';
import type { Board, BoardRequest } from './lists/board';
import type { Forecast } from './lists/forecast';
import type { ListRequest } from './lists/listRequest';
import type { OutageDetails, OutageRequest, OutageView } from './lists/outages';
import type { TaskItem, TasksRequest } from './lists/tasks';
import type { CaseItem, Change, Page } from './ports/lists';
import type { SeenPathway } from './ports/pathways';
import type { CaseRequest, VerbRequest } from './request';
import type { TimelineEntry, TimelineRequest } from './timeline';

/** The verbs about cases. Each leaves a line in the record of who did what (audited.ts). */
export interface CaseVerbs {
  readonly open: (request: VerbRequest) => Promise<PathwayView>;
  readonly find: (request: CaseRequest) => Promise<SeenPathway>;
  readonly intake: (request: CaseRequest) => Promise<IntakeView>;
  readonly tell: (request: CaseRequest) => Promise<SeenPathway>;
  readonly list: (request: ListRequest) => Promise<Page<CaseItem>>;
  readonly tasks: (request: TasksRequest) => Promise<Page<TaskItem>>;
  readonly board: (request: BoardRequest) => Promise<Board>;
  readonly forecast: (request: ListRequest) => Promise<Forecast>;
  /** The cases that changed. */
  readonly changes: (request: ListRequest) => Promise<Page<Change>>;
  readonly outages: (request: ListRequest) => Promise<{ readonly items: readonly OutageView[] }>;
  readonly outage: (request: OutageRequest) => Promise<OutageDetails>;
  readonly timeline: (request: TimelineRequest) => Promise<readonly TimelineEntry[]>;
  readonly explain: (request: DeadlineRequest) => Promise<Certificate>;
  /** Who did what to a case. */
  readonly accessLog: (request: CaseRequest) => Promise<AccessLogPage>;
}
