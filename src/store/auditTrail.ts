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
  /** The same for several lines: all of them are written, or none. */
  readonly writeAll: (lines: readonly Line[], how: { readonly durable: boolean }) => Promise<void>;
  readonly ofCase: (reference: string, page: PageOfCase) => Promise<readonly Written[]>;
}

/** A call takes no more once it has so many lines; ours. It has to end within its time limit. */
const mostAtOnce = 1_000;

/** Lines that are written together. */
interface Waiting {
  readonly texts: readonly string[];
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
    for (let next = enoughForACall(); next.length > 0; next = enoughForACall()) await writeTogether(next);
    busy = false;
  }

  function enoughForACall(): readonly Waiting[] {
    let lines = 0;
    const whole = waiting.findIndex(({ texts }) => (lines += texts.length) >= mostAtOnce);
    return waiting.splice(0, whole < 0 ? waiting.length : whole + 1);
  }

  async function writeTogether(calls: readonly Waiting[]): Promise<void> {
    try {
      await table.append(
        calls.flatMap(({ texts }) => texts),
        calls.some(({ durable }) => durable),
      );
      for (const call of calls) call.written();
    } catch (error) {
      if (!(error instanceof StoreAway)) failed(error);
      for (const call of calls) call.failed(error);
    }
  }

  const textOf = ({ reference, ...line }: Line) => JSON.stringify(reference === undefined ? line : { ...line, case: pseudonym(reference) });

  const write = (lines: readonly Line[], durable: boolean) =>
    new Promise<void>((written, lost) => {
      waiting.push({ texts: lines.map(textOf), durable, written, failed: lost });
      if (!busy) void writeAll();
    });

  return {
    write: (line, { durable }) => write([line], durable),
    writeAll: (lines, { durable }) => write(lines, durable),
    ofCase: async (reference, { before, ...page }) => {
      const rows = await table.ofCase(pseudonym(reference), { ...page, before: before === undefined ? undefined : BigInt(before) });
      return rows.map(({ seq, at, line }) => ({ seq: Number(seq), at, line: JSON.parse(line) as KeptLine }));
    },
  };
}
