import { startOfDay, type PlainDate } from '../domain/basics/calendar';
import { worksFor, type Caller, type Role } from '../domain/basics/roles';
import type { Audit, WrittenLine } from './ports/audit';
import { Refused } from './refused';
import type { CaseRequest } from './request';
import type { Schemas } from './requests/schemas';
import { validatedForCase } from './requests/validation';

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
    const { options } = validatedForCase({ options: schemas.accessLog }, request);
    const { reference, caller } = request;
    await refuseUnlessReader(caller, () => officeOf(reference));
    const { cursor, from } = options;
    const page = { before: cursor === undefined ? undefined : Number(cursor), from: from === undefined ? undefined : startOfDay(from as PlainDate), most: pageSize + 1 };
    const lines = await audit.ofCase(reference, page);
    const shown = lines.slice(0, pageSize);
    return { items: shown.map(itemOf), next: lines.length > pageSize ? String(shown.at(-1)?.seq) : null };
  };
}

async function refuseUnlessReader(caller: Caller, office: () => Promise<string | undefined>): Promise<void> {
  const holds = (role: Role) => caller.roles.includes(role);
  if (!holds('auditor') && !holds('supervisor')) throw new Refused('role-not-allowed');
  const where = await office();
  if (where === undefined || (!holds('auditor') && !worksFor(caller, where))) throw new Refused('not-found');
}

function itemOf({ seq, at, line: { case: _, ...line } }: WrittenLine): AccessLogItem {
  return { ...line, seq, at };
}
