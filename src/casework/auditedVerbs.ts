import type { StatisticView } from '../statistics/view';
import type { CaseVerbs } from './caseVerbs';
import type { PublicationRequest, PublicationSummary, PublicationView } from './publications';
import type { VerbRequest } from './request';
import type { StatisticRequest, TableSummary } from './statistics';

/** The verbs about all registered persons. None of them names a case. */
interface StatisticsVerbs {
  readonly statisticTables: (request: VerbRequest) => Promise<readonly TableSummary[]>;
  readonly statistic: (request: StatisticRequest) => Promise<StatisticView>;
  readonly publish: (request: VerbRequest) => Promise<PublicationView>;
  readonly publications: (request: VerbRequest) => Promise<readonly PublicationSummary[]>;
  readonly publication: (request: PublicationRequest) => Promise<PublicationView>;
}

/** The verbs that leave a line in the record of who did what (audited.ts). */
export type AuditedVerbs = CaseVerbs & StatisticsVerbs;
