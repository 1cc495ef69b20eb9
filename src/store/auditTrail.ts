import type { AuditTable } from './auditLines';
import { StoreAway } from './storeAway';

/** A line on its way in. The reference of a case never reaches the table. */
type Line = object & { readonly reference?: string | undefined };

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

/** A line, with its number and its instant. */
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
  /** Resolves once the line is written, and rejects if it is not. */
  readonly write: (line: Line, how: { readonly durable: boolean }) => Promise<void>;
  readonly ofCase: (reference: string, page: PageOfCase) => Promise<readonly Written[]>;
}

/** The most lines of one call; ours. A call has to end within its time limit. */
const mostAtOnce = 1_000;

interface Waiting {
  readonly text: string;
  readonly durable: boolean;
  readonly written: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Writes the lines of one process. The lines that come while a call is under way leave together in the next: all processes wait for one row,
 * and one call for each line would be ten times as slow.
 */
export function auditTrail({ table, pseudonym, failed }: Parts): AuditTrail {
  const waiting: Waiting[] = [];
  let busy = false;

  async function writeAll(): Promise<void> {
    busy = true;
    for (let lines = waiting.splice(0, mostAtOnce); lines.length > 0; lines = waiting.splice(0, mostAtOnce)) await writeTogether(lines);
    busy = false;
  }

  async function writeTogether(lines: readonly Waiting[]): Promise<void> {
    try {
      await table.append(
        lines.map(({ text }) => text),
        lines.some(({ durable }) => durable),
      );
      for (const line of lines) line.written();
    } catch (error) {
      if (!(error instanceof StoreAway)) failed(error);
      for (const line of lines) line.failed(error);
    }
  }

  return {
    write: ({ reference, ...line }, { durable }) =>
      new Promise<void>((written, lost) => {
        const text = JSON.stringify(reference === undefined ? line : { ...line, case: pseudonym(reference) });
        waiting.push({ text, durable, written, failed: lost });
        if (!busy) void writeAll();
      }),
    ofCase: async (reference, { before, ...page }) => {
      const rows = await table.ofCase(pseudonym(reference), { ...page, before: before === undefined ? undefined : BigInt(before) });
      return rows.map(({ seq, at, line }) => ({ seq: Number(seq), at, line: JSON.parse(line) as KeptLine }));
    },
  };
}
