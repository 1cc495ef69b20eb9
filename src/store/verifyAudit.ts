import { createHash } from 'node:crypto';
import type { AuditHead, AuditRow, AuditTable } from './auditLines';

/** The result of reading the chain: how many lines hold, up to which head, and every fault in words. */
export interface Verified {
  readonly held: number;
  readonly head: AuditHead;
  readonly faults: readonly string[];
}

/** Rows of one question; ours. */
const rowsAtOnce = 5_000;

/** The place before the first line (0002-audit.ts). */
const beginning: AuditHead = { seq: 0n, hash: Buffer.alloc(32) };

/**
 * Reads the chain from its beginning, or after a head that was kept elsewhere. Lines that are written meanwhile are left for the next time.
 * After a fault the chain goes on from the hash that stands there, so that each fault is named once.
 */
export async function verifyAudit(table: Pick<AuditTable, 'head' | 'from'>, since: AuditHead = beginning): Promise<Verified> {
  const head = await table.head();
  const faults: string[] = [];
  let [last, held] = [await startOf(table, since, faults), 0];
  for await (const row of rowsBetween(table, since.seq, head.seq)) {
    const fault = faultOf(last, row);
    if (fault === undefined) held += 1;
    else faults.push(fault);
    last = row;
  }
  if (last.seq < head.seq) faults.push(missing(last.seq + 1n, head.seq));
  else if (last.seq === head.seq && !last.hash.equals(head.hash)) faults.push(another(head));
  return { held, head, faults: [...new Set(faults)] };
}

/** The result as the command prints it: that all holds, or a line for each fault. */
export function inWords({ held, head, faults }: Verified): string {
  const lines = held === 1 ? '1 line holds' : `${held} lines hold`;
  return faults.length === 0 ? `${lines}; head ${head.seq}:${head.hash.toString('hex')}` : faults.join('\n');
}

async function* rowsBetween(table: Pick<AuditTable, 'from'>, after: bigint, upTo: bigint): AsyncGenerator<AuditRow> {
  let last = after;
  while (last < upTo) {
    const rows = await table.from(last + 1n, rowsAtOnce);
    for (const row of rows) if (row.seq <= upTo) yield row;
    last = rows.at(-1)?.seq ?? upTo;
  }
}

/** The line that stands where the reading starts. Without it the reading starts from what was kept. */
async function startOf(table: Pick<AuditTable, 'from'>, since: AuditHead, faults: string[]): Promise<AuditHead> {
  if (since.seq === beginning.seq) return beginning;
  const [row] = await table.from(since.seq, 1);
  if (row?.seq !== since.seq) {
    faults.push(missing(since.seq, since.seq));
    return since;
  }
  if (!row.hash.equals(since.hash)) faults.push(another(since));
  return row;
}

function faultOf(last: AuditHead, row: AuditRow): string | undefined {
  if (row.seq !== last.seq + 1n) return missing(last.seq + 1n, row.seq - 1n);
  return hashOf(last, row).equals(row.hash) ? undefined : `line ${row.seq} was changed`;
}

function hashOf(last: AuditHead, { seq, at, line }: AuditRow): Buffer {
  return createHash('sha256').update(last.hash).update(`${seq} ${at} ${line}`, 'utf8').digest();
}

function missing(first: bigint, last: bigint): string {
  return first === last ? `line ${first} is missing` : `the lines ${first} to ${last} are missing`;
}

function another({ seq }: AuditHead): string {
  return `the chain of ${seq} is another one`;
}
