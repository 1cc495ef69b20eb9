import { sql, type Kysely } from 'kysely';
import { goesOn } from './goesOn';
import type { StoreSchema } from './schema';

/** The open cases of one office in one stage. */
export interface OpenCases {
  readonly office: string;
  readonly stage: string;
  readonly cases: number;
  /** People and partners who could not be reached, or perhaps were not, summed over the cases. */
  readonly unreached: number;
}

export interface LastComparison {
  readonly at: Date;
  readonly cases: number;
  readonly differing: number;
}

/** Numbers for operations. They name no case, so nobody's reach bounds them. Every method rejects with `StoreAway` while the database does not answer. */
export interface NumbersTable {
  openCases(): Promise<readonly OpenCases[]>;
  /** Undefined before the first comparison. */
  lastComparison(): Promise<LastComparison | undefined>;
}

export function numbersTable(db: Kysely<StoreSchema>): NumbersTable {
  return {
    openCases: async () => {
      const { rows } = await sql<OpenCases>`
        select line.office, line.stage, count(*)::integer as cases, sum(line.undelivered)::integer as unreached
        from pathways.case_line line
        where line.stage <> 'closed' and ${goesOn('line')}
        group by line.office, line.stage`.execute(db);
      return rows;
    },
    lastComparison: () => db.selectFrom('register_compared').select(['at', 'cases', 'differing']).executeTakeFirst(),
  };
}
