import { startOfDay } from '../domain/basics/calendar';
import type { Caller } from '../domain/basics/roles';
import { may } from '../domain/rights/rights';
import { allowedForCase } from './allowed';
import type { Audit, WrittenLine } from './ports/audit';
import { Refused } from './refused';
import type { CaseRequest } from './request';
import type { Schemas } from './requests/schemas';

/** A page of the lines about one case. */
export interface AccessLogPage {
  readonly items: readonly AccessLogItem[];
  /** The cursor of the next page, if there is one. */
  readonly next: string | null;
}

/** One line, without the hash that stands for the case. */
export type AccessLogItem = Pick<WrittenLine, 'seq' | 'at'> & WrittenLine['line'];

/** Who keeps the offices of the cases, beside the cases themselves: the log is read without waking a case. */
export type OfficeOf = (reference: string) => Promise<string | undefined>;

interface Parts {
  readonly audit: Pick<Audit, 'ofCase'>;
  readonly officeOf: OfficeOf;
  readonly schemas: Schemas;
}

const pageSize = 50;

/** Who did what to a case, the newest first. The person may be told from it who looked at their case (NEN 7513). */
export function accessLogFor({ audit, officeOf, schemas }: Parts) {
  return async (request: CaseRequest): Promise<AccessLogPage> => {
    const { cursor, from } = allowedForCase('accessLog', { options: schemas.accessLog }, request).options;
    const { reference, caller } = request;
    if (!reads(caller, await officeOf(reference))) throw new Refused('not-found');
    const before = cursor === undefined ? undefined : Number(cursor);
    const since = from === undefined ? undefined : startOfDay(from);
    const lines = await audit.ofCase(reference, { before, from: since, most: pageSize + 1 });
    const shown = lines.slice(0, pageSize);
    return { items: shown.map(itemOf), next: lines.length > pageSize ? String(shown.at(-1)?.seq) : null };
  };
}

/**
 * The right ends at an office and at nothing else, so the case itself is not asked. Whether it is hidden is then not known: who may not read
 * the log gets the answer of an unknown case.
 */
function reads(caller: Caller, office: string | undefined): boolean {
  return office !== undefined && may(caller, 'accessLog', { office, hidden: false }) === 'yes';
}

function itemOf({ seq, at, line: { case: _, ...line } }: WrittenLine): AccessLogItem {
  return { ...line, seq, at };
}
