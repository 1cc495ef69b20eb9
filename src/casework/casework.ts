import type { Edition } from '../domain/policy/edition';
import type { UpcomingAction } from '../domain/state/upcoming';
import { accessLogFor, type OfficeOf } from './accessLog';
import { audited } from './audited';
import type { AuditedVerbs } from './auditedVerbs';
import { explainFor } from './explain';
import { findFor } from './find';
import type { Installation } from './installation';
import { intakeFor } from './intake';
import { boardFor } from './lists/board';
import { casesFor } from './lists/cases';
import { changesFor } from './lists/changes';
import { forecastFor } from './lists/forecast';
import { outageFor, outagesFor } from './lists/outages';
import { tasksFor } from './lists/tasks';
import { openFor } from './open';
import { policies, policy, type EditionSummary, type PolicyRequest } from './policies';
import type { Audit } from './ports/audit';
import type { CaseKeys } from './ports/caseKeys';
import type { Lists } from './ports/lists';
import type { Pathways } from './ports/pathways';
import type { Readiness } from './ports/readiness';
import type { Statistics } from './ports/statistics';
import { publicationsFor } from './publications';
import { previewFor, type CalendarRequest, type PreviewRequest } from './preview';
import type { VerbRequest } from './request';
import { schemasFor, type Schemas } from './requests/schemas';
import { statisticsFor } from './statistics';
import { tellFor } from './tell';
import { timelineFor } from './timeline';

/**
 * The verbs behind every front end. Each takes a caller and an instant, and checks shape, rights and repeats itself. A request that is not carried
 * out leaves as `Refused`. Nothing here knows through which front end a request came.
 */
export interface Casework extends AuditedVerbs {
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
  readonly lists: Lists;
  readonly readiness: () => Promise<Readiness>;
  readonly audit: Audit;
  readonly statistics: Statistics;
  readonly officeOf: OfficeOf;
  /** The status with which the front end answers a failure. */
  readonly statusOf: (failure: unknown) => number;
}

export function createCasework(deps: CaseworkDeps): Casework {
  const { caseKeys, pathways, lists, readiness, audit, statistics, officeOf, statusOf, ...installation } = deps;
  const schemas = schemasFor(installation);
  const verbs = {
    open: openFor({ caseKeys, pathways, schemas, installation }),
    find: findFor({ pathways }),
    intake: intakeFor({ pathways }),
    tell: tellFor({ pathways, schemas, installation }),
    list: casesFor({ lists, schemas }),
    tasks: tasksFor({ lists, schemas }),
    board: boardFor({ lists, schemas }),
    forecast: forecastFor({ lists, schemas, staff: installation.staff }),
    changes: changesFor({ lists, schemas }),
    outages: outagesFor({ lists }),
    outage: outageFor({ lists }),
    timeline: timelineFor({ pathways }),
    explain: explainFor({ pathways }),
    accessLog: accessLogFor({ audit, officeOf, schemas }),
    ...statisticsFor({ statistics }),
    ...publicationsFor({ statistics, hash: installation.hash }),
  };
  return {
    ...audited(verbs, { audit, hash: installation.hash, statusOf }),
    ...previewFor({ schemas, installation }),
    policies,
    policy,
    readiness,
    schemas,
  };
}
