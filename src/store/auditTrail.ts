import type { AuditTable } from './auditLines';
import { waitingLines } from './waitingLines';

/** A line on its way in. The reference of a case never reaches the table. */
type LineOfCase = object & { readonly reference?: string | undefined };

interface Parts {
  readonly table: Pick<AuditTable, 'append' | 'ofCase'>;
  /** A keyed hash of a reference, in hexadecimal digits: a stolen table names no case. */
  readonly pseudonym: (reference: string) => string;
  /** Called with a failure that is not the database being away. */
  readonly failed: (error: unknown) => void;
}

interface PageOfCase {
  readonly before?: number | undefined;
  readonly from?: string | undefined;
  readonly most: number;
}

/** A line, with its number and its own instant: that of its request, also where it was appended later. */
interface Written {
  readonly seq: number;
  readonly at: string;
  readonly line: KeptLine;
}

interface KeptLine {
  readonly did: string;
  readonly who: string;
  readonly outcome: string;
  readonly [member: string]: unknown;
}

export interface AuditTrail {
  /**
   * Resolves once the line is written, and rejects if it is not. A line that is not durable may also wait in this process while the database
   * is away: then it counts as written at once.
   */
  readonly write: (line: LineOfCase, how: { readonly durable: boolean }) => Promise<void>;
  /** The same for several lines: all of them are written, or none. */
  readonly writeAll: (lines: readonly LineOfCase[], how: { readonly durable: boolean }) => Promise<void>;
  readonly ofCase: (reference: string, page: PageOfCase) => Promise<readonly Written[]>;
  /** Tries once more to write the lines that wait. Resolves to the number of those that are lost. */
  readonly stop: () => Promise<number>;
}

/** Writes the lines of one process, and reads those about a case. */
export function auditTrail({ table, pseudonym, failed }: Parts): AuditTrail {
  const { write, stop } = waitingLines({ append: (lines, durable) => table.append(lines, durable), failed });
  const withCase = ({ reference, ...line }: LineOfCase) => (reference === undefined ? line : { ...line, case: pseudonym(reference) });
  return {
    write: (line, how) => write([withCase(line)], how),
    writeAll: (lines, how) => write(lines.map(withCase), how),
    ofCase: async (reference, { before, ...page }) => {
      const rows = await table.ofCase(pseudonym(reference), { ...page, before: before === undefined ? undefined : BigInt(before) });
      return rows.map(({ seq, at: appendedAt, line: text }) => {
        const { at = appendedAt, ...line } = JSON.parse(text) as KeptLine & { readonly at?: string };
        return { seq: Number(seq), at, line };
      });
    },
    stop,
  };
}
