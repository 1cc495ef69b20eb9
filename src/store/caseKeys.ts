import { sql, type Kysely } from 'kysely';
import type { StoreSchema } from './schema';

/** The key of a case, wrapped under a master key. */
export interface CaseKeyRow {
  /** 16 random bytes. Every payload that is sealed under the key names them. */
  readonly keyId: Buffer;
  readonly reference: string;
  /** The office of the case today. */
  readonly office: string;
  readonly wrapped: Buffer;
  /** The id of the master key that opens `wrapped`. */
  readonly masterKey: string;
}

/** A new wrap for a key, to stand in place of the wrap `was`. */
export interface Rewrap {
  readonly keyId: Buffer;
  readonly was: Buffer;
  readonly wrapped: Buffer;
  readonly masterKey: string;
}

/** The keys of the cases. Every method rejects with `StoreAway` while the database does not answer. */
export interface CaseKeyTable {
  /** Keeps the key of a case, unless the case has one. Returns the row that stands. */
  add(row: CaseKeyRow): Promise<CaseKeyRow>;
  ofReferences(references: readonly string[]): Promise<readonly CaseKeyRow[]>;
  ofKeyIds(keyIds: readonly Buffer[]): Promise<readonly CaseKeyRow[]>;
  /** Names the new office of a case that moved. */
  moveTo(reference: string, office: string): Promise<void>;
  /** The ids of all master keys without which some case could not be read. */
  masterKeysInUse(): Promise<readonly string[]>;
  count(): Promise<number>;
  /** Of the rows that are not wrapped under this master key, at most `most`. */
  notUnder(masterKey: string, most: number): Promise<readonly CaseKeyRow[]>;
  /** Puts the new wraps in place of the old, in one statement. A row that changed meanwhile stays. */
  rewrap(rows: readonly Rewrap[]): Promise<void>;
}

const columns = ['key_id as keyId', 'reference', 'office', 'wrapped', 'master_key as masterKey'] as const;

export function caseKeyTable(db: Kysely<StoreSchema>): CaseKeyTable {
  const rows = () => db.selectFrom('case_key').select(columns);
  return {
    add: async (row) => {
      const added = await db
        .insertInto('case_key')
        .values({ key_id: row.keyId, reference: row.reference, office: row.office, wrapped: row.wrapped, master_key: row.masterKey })
        .onConflict((conflict) => conflict.column('reference').doNothing())
        .returning(columns)
        .executeTakeFirst();
      return added ?? rows().where('reference', '=', row.reference).executeTakeFirstOrThrow();
    },
    ofReferences: (references) =>
      rows()
        .where('reference', '=', sql<string>`any(${references}::text[])`)
        .execute(),
    ofKeyIds: (keyIds) =>
      rows()
        .where('key_id', '=', sql<Buffer>`any(${keyIds}::bytea[])`)
        .execute(),
    moveTo: async (reference, office) => {
      await db.updateTable('case_key').set({ office }).where('reference', '=', reference).execute();
    },
    masterKeysInUse: async () => {
      const used = await db.selectFrom('case_key').select('master_key').distinct().orderBy('master_key').execute();
      return used.map(({ master_key }) => master_key);
    },
    count: async () => {
      const { count } = await db
        .selectFrom('case_key')
        .select(sql<string>`count(*)`.as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    notUnder: (masterKey, most) => rows().where('master_key', '!=', masterKey).limit(most).execute(),
    rewrap: (wraps) => rewrap(db, wraps),
  };
}

async function rewrap(db: Kysely<StoreSchema>, wraps: readonly Rewrap[]): Promise<void> {
  const column = <Name extends keyof Rewrap>(name: Name) => wraps.map((wrap) => wrap[name]);
  await db
    .updateTable('case_key')
    .from(
      sql<{ key: Buffer; was: Buffer; wrap: Buffer; master: string }>`unnest(
        ${column('keyId')}::bytea[], ${column('was')}::bytea[], ${column('wrapped')}::bytea[], ${column('masterKey')}::text[]
      )`.as<'new'>(sql`new(key, was, wrap, master)`),
    )
    .set((eb) => ({ wrapped: eb.ref('new.wrap'), master_key: eb.ref('new.master') }))
    .whereRef('case_key.key_id', '=', 'new.key')
    .whereRef('case_key.wrapped', '=', 'new.was')
    .execute();
}
