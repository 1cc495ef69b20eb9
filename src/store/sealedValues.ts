import type { Kysely } from 'kysely';
import type { StoreSchema } from './schema';

/** Values that only the right key opens. A process tries its key on one before it starts. */
export interface SealedValueTable {
  /** Keeps a value, unless there is one of this name. Returns the value that stands. */
  put(name: string, value: Buffer): Promise<Buffer>;
  get(name: string): Promise<Buffer | undefined>;
}

export function sealedValueTable(db: Kysely<StoreSchema>): SealedValueTable {
  const named = (name: string) => db.selectFrom('sealed_value').select('value').where('name', '=', name);
  return {
    put: async (name, value) => {
      await db
        .insertInto('sealed_value')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
      return (await named(name).executeTakeFirstOrThrow()).value;
    },
    get: async (name) => (await named(name).executeTakeFirst())?.value,
  };
}
