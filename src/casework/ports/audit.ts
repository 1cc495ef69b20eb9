import type { Instant } from '../../domain/basics/calendar';
import type { Role } from '../../domain/basics/roles';

/** The record of who did what. A line of it cannot be changed (docs/audit.md). */
export interface Audit {
  /**
   * Resolves once the line is written. Durable: once the line outlives the machine of the database. Otherwise it may also wait until the
   * database is back. Rejects if it does neither.
   */
  write(line: AuditLine, how: { readonly durable: boolean }): Promise<void>;
  /** Writes all lines or none. */
  writeAll(lines: readonly AuditLine[], how: { readonly durable: boolean }): Promise<void>;
  /** The lines about one case, the newest first. */
  ofCase(reference: string, page: AuditPage): Promise<readonly WrittenLine[]>;
}

/** A request, under the name of its verb. */
export type Deed =
  | 'open'
  | 'read'
  | 'timeline'
  | 'deadline'
  | 'intake'
  | 'tell'
  | 'accessLog'
  | 'list'
  | 'tasks'
  | 'board'
  | 'forecast'
  | 'changes'
  | 'outages'
  | 'lateMoments'
  | 'statistics'
  | 'publications'
  | 'publish';

/** The reason for which data is processed. The register of processing activities of an organisation has an entry for each. */
export type Purpose = 'guidance' | 'oversight' | 'statistics';

/** `asked`: before the answer is known. `seen`, `done`: the answer was given. `refused`: not by the caller's right. `failed`: our fault. */
export type AuditOutcome = 'asked' | 'seen' | 'done' | 'refused' | 'failed';

/** One line: who did what to which case. It never holds a body, a query or a name. */
export interface AuditLine {
  readonly did: Deed;
  readonly who: string;
  readonly roles: readonly Role[];
  readonly office?: string | undefined;
  readonly partner?: string | undefined;
  /** The case. The line holds a keyed hash in its place. */
  readonly reference?: string | undefined;
  readonly purpose: Purpose;
  readonly outcome: AuditOutcome;
  /** The status of a refusal or a failure. */
  readonly status?: number | undefined;
  /** The number of items of a list, or of rows of a table of figures. */
  readonly rows?: number | undefined;
  readonly request: string;
  readonly trace: string;
}

export interface AuditPage {
  /** Only lines with a lower number. */
  readonly before?: number | undefined;
  /** Only lines of this instant or later. */
  readonly from?: Instant | undefined;
  readonly most: number;
}

/** A line as it was written. Another process, such as the door before the Temporal UI, writes lines of its own. */
export interface WrittenLine {
  /** The number of the line in the whole record. */
  readonly seq: number;
  /** The instant of the request, in UTC. */
  readonly at: string;
  readonly line: {
    readonly did: string;
    readonly who: string;
    readonly outcome: string;
    readonly [member: string]: unknown;
  };
}
