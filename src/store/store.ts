import { sql, type Kysely } from 'kysely';
import { auditTable, type AuditTable } from './auditLines';
import { caseKeyTable, type CaseKeyTable } from './caseKeys';
import { listTables, type ListTables } from './lists/lists';
import { openDatabase, type StorePlace } from './connection';
import { numbersTable, type NumbersTable } from './numbers';
import { registerTable, type RegisterTable } from './register';
import { standingOf, type Standing } from './standing';
import type { StoreSchema } from './schema';
import { sealedValueTable, type SealedValueTable } from './sealedValues';
import { sessionTable, type SessionTable } from './sessions';
import { statisticsTables, type StatisticsTables } from './statistics';

/** The database of the service. What a process may do with it depends on its login. */
export interface Store {
  readonly audit: AuditTable;
  readonly caseKeys: CaseKeyTable;
  readonly lists: ListTables;
  readonly numbers: NumbersTable;
  readonly register: RegisterTable;
  readonly sessions: SessionTable;
  readonly sealed: SealedValueTable;
  readonly statistics: StatisticsTables;
  /** Resolves if the database answers now; rejects with `StoreAway` if not. */
  answers(): Promise<void>;
  /** The state of the database, and what this login may do in it. */
  standing(): Promise<Standing>;
  close(): Promise<void>;
}

/** Opens the store. It connects at the first call, and again whenever a connection was lost. */
export function openStore(place: StorePlace): Store {
  const db = openDatabase(place);
  return {
    audit: auditTable(db),
    caseKeys: caseKeyTable(db),
    lists: listTables(db),
    numbers: numbersTable(db),
    register: registerTable(db),
    sessions: sessionTable(db),
    sealed: sealedValueTable(db),
    statistics: statisticsTables(db),
    answers: () => answers(db),
    standing: () => standingOf(db),
    close: () => db.destroy(),
  };
}

async function answers(db: Kysely<StoreSchema>): Promise<void> {
  await sql`select 1`.execute(db);
}
