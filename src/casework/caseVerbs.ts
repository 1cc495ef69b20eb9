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
  readonly open: (request: VerbRequest) => Promise<PathwayView>;
  readonly find: (request: CaseRequest) => Promise<SeenPathway>;
  readonly intake: (request: CaseRequest) => Promise<IntakeView>;
  readonly tell: (request: CaseRequest) => Promise<SeenPathway>;
  readonly list: (request: VerbRequest) => Promise<CaseListPage>;
  readonly timeline: (request: TimelineRequest) => Promise<readonly TimelineEntry[]>;
  readonly explain: (request: DeadlineRequest) => Promise<Certificate>;
  /** Who did what to a case. */
  readonly accessLog: (request: CaseRequest) => Promise<AccessLogPage>;
}
