import type { Certificate } from '../domain/views/certificate';
import type { IntakeView } from '../domain/views/intake';
import type { PathwayView } from '../domain/views/pathway';
import type { AccessLogPage } from './accessLog';
import type { DeadlineRequest } from './explain';
import type { CaseListPage } from './ports/caseList';
import type { SeenPathway } from './ports/pathways';
import type { CaseRequest, VerbRequest } from './request';
import type { TimelineEntry, TimelineRequest } from './timeline';

/** The verbs about cases. Each leaves a line in the record of who did what (audited.ts). */
export interface CaseVerbs {
  open(request: VerbRequest): Promise<PathwayView>;
  find(request: CaseRequest): Promise<SeenPathway>;
  intake(request: CaseRequest): Promise<IntakeView>;
  tell(request: CaseRequest): Promise<SeenPathway>;
  list(request: VerbRequest): Promise<CaseListPage>;
  timeline(request: TimelineRequest): Promise<readonly TimelineEntry[]>;
  explain(request: DeadlineRequest): Promise<Certificate>;
  /** Who did what to a case. */
  accessLog(request: CaseRequest): Promise<AccessLogPage>;
}
