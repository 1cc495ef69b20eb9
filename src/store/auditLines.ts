import { sql, type Kysely } from 'kysely';
import type { StoreSchema } from './schema';

/** The record of who did what, as a chain of lines. Every method rejects with `StoreAway` while the database does not answer. */
export interface AuditTable {
  /** Adds lines to the end of the chain, all or none, and returns the head after them. Durable: once it outlives the database's machine. */
  append(lines: readonly string[], durable: boolean): Promise<AuditHead>;
  /** The lines about one case, the newest first. */
  ofCase(caseHash: string, page: LinesOfCase): Promise<readonly AuditRow[]>;
  head(): Promise<AuditHead>;
  /** The lines from this number on, in order. */
  from(seq: bigint, most: number): Promise<readonly AuditRow[]>;
}

/** The last line's number and hash. Whoever keeps them elsewhere notices that the chain was replaced. */
export interface AuditHead {
  readonly seq: bigint;
  readonly hash: Buffer;
}

export interface AuditRow extends AuditHead {
  /** In UTC, to the microsecond: the text that the hash covers. */
  readonly at: string;
  readonly line: string;
}

export interface LinesOfCase {
  readonly before?: bigint | undefined;
  /** An instant: only lines of then or later. */
  readonly from?: string | undefined;
  readonly most: number;
}

// pg reads a bigint as text, since a number of JavaScript may not hold it.
type Read<Row extends AuditHead> = Omit<Row, 'seq'> & { readonly seq: string };

export function auditTable(db: Kysely<StoreSchema>): AuditTable {
  const rows = () =>
    db
      .selectFrom('audit_line')
      .select(['seq', 'line', 'hash'])
      .select(sql<string>`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('at'));
  return {
    append: async (lines, durable) => {
      const appended = sql<Read<AuditHead>>`select seq, hash from pathways.audit_append(${lines}::text[], ${durable})`;
      const { rows: found } = await appended.execute(db);
      return numbered(found[0] ?? nothing());
    },
    ofCase: async (caseHash, { before, from, most }) => {
      let found = rows().where(sql`substring(line from '"case":"([0-9a-f]+)"')`, '=', caseHash);
      if (before !== undefined) found = found.where('seq', '<', String(before));
      if (from !== undefined) found = found.where('at', '>=', sql<Date>`${from}::timestamptz`);
      return (await found.orderBy('seq', 'desc').limit(most).execute()).map(numbered);
    },
    head: async () => numbered(await db.selectFrom('audit_head').select(['seq', 'hash']).executeTakeFirstOrThrow()),
    from: async (seq, most) => {
      const found = rows().where('seq', '>=', String(seq)).orderBy('seq').limit(most);
      return (await found.execute()).map(numbered);
    },
  };
}

function numbered<Row extends { readonly seq: string }>(row: Row): Omit<Row, 'seq'> & { readonly seq: bigint } {
  return { ...row, seq: BigInt(row.seq) };
}

function nothing(): never {
  throw new Error('audit_append answered with no row');
}
