import type { Edition } from '../domain/policy/edition';
import type { Certificate } from '../domain/views/certificate';
import type { IntakeView } from '../domain/views/intake';
import type { PathwayView } from '../domain/views/pathway';
import type { UpcomingAction } from '../domain/state/upcoming';
import { explainFor, type DeadlineRequest } from './explain';
import { findFor } from './find';
import type { Installation } from './installation';
import { intakeFor } from './intake';
import { listFor } from './list';
import { openFor } from './open';
import { policies, policy, type EditionSummary, type PolicyRequest } from './policies';
import type { CaseKeys } from './ports/caseKeys';
import type { CaseList, CaseListPage } from './ports/caseList';
import type { Pathways, SeenPathway } from './ports/pathways';
import type { Readiness } from './ports/readiness';
import { previewFor, type CalendarRequest, type PreviewRequest } from './preview';
import type { CaseRequest, VerbRequest } from './request';
import { schemasFor, type Schemas } from './requests/schemas';
import { tellFor } from './tell';
import { timelineFor, type TimelineEntry, type TimelineRequest } from './timeline';

/**
 * The verbs behind every front end. Each takes a caller and an instant, and checks shape, rights and repeats itself. A request that is not carried
 * out leaves as `Refused`. Nothing here knows through which front end a request came.
 */
export interface Casework {
  open(request: VerbRequest): Promise<PathwayView>;
  find(request: CaseRequest): Promise<SeenPathway>;
  intake(request: CaseRequest): Promise<IntakeView>;
  tell(request: CaseRequest): Promise<SeenPathway>;
  list(request: VerbRequest): Promise<CaseListPage>;
  timeline(request: TimelineRequest): Promise<readonly TimelineEntry[]>;
  explain(request: DeadlineRequest): Promise<Certificate>;
  preview(request: PreviewRequest): Promise<readonly UpcomingAction[]>;
  previewAsCalendar(request: CalendarRequest): Promise<string>;
  policies(request: VerbRequest): readonly EditionSummary[];
  policy(request: PolicyRequest): Edition;
  /** The state of each part that the cases need. */
  readiness(): Promise<Readiness>;
  /** The shapes of requests, for a front end that describes them. */
  readonly schemas: Schemas;
}

/** The implementations of the ports, beside the settings of the installation. */
export interface CaseworkDeps extends Installation {
  readonly caseKeys: CaseKeys;
  readonly pathways: Pathways;
  readonly caseList: CaseList;
  readonly readiness: () => Promise<Readiness>;
}

export function createCasework({ caseKeys, pathways, caseList, readiness, ...installation }: CaseworkDeps): Casework {
  const schemas = schemasFor(installation);
  return {
    open: openFor({ caseKeys, pathways, schemas, installation }),
    find: findFor({ pathways }),
    intake: intakeFor({ pathways }),
    tell: tellFor({ pathways, schemas, installation }),
    list: listFor({ caseList, schemas }),
    timeline: timelineFor({ pathways }),
    explain: explainFor({ pathways }),
    ...previewFor({ schemas, installation }),
    policies,
    policy,
    readiness,
    schemas,
  };
}
