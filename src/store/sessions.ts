import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { StoreSchema } from './schema';

/** The sessions of people who are logged in. Their content is sealed by the caller. */
export interface SessionTable {
  /** The session, if there is one that has not expired. */
  get(id: string): Promise<Buffer | undefined>;
  set(id: string, sealed: Buffer, expiresAt: Date): Promise<void>;
  /** Moves the end of a session. */
  touch(id: string, expiresAt: Date): Promise<void>;
  destroy(id: string): Promise<void>;
  /** Removes the expired sessions. */
  sweep(): Promise<void>;
}

const now = sql<Date>`now()`;

export function sessionTable(db: Kysely<StoreSchema>): SessionTable {
  return {
    get: async (id) => {
      const found = db.selectFrom('session').select('sealed').where('id', '=', hashed(id)).where('expires_at', '>', now);
      return (await found.executeTakeFirst())?.sealed;
    },
    set: async (id, sealed, expiresAt) => {
      const content = { sealed, expires_at: expiresAt };
      await db
        .insertInto('session')
        .values({ id: hashed(id), ...content })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(content))
        .execute();
    },
    touch: async (id, expiresAt) => {
      await db.updateTable('session').set({ expires_at: expiresAt }).where('id', '=', hashed(id)).execute();
    },
    destroy: async (id) => {
      await db.deleteFrom('session').where('id', '=', hashed(id)).execute();
    },
    sweep: async () => {
      await db.deleteFrom('session').where('expires_at', '<=', now).execute();
    },
  };
}

/** A cookie holds the id itself. So whoever steals the table cannot make a cookie from it. */
function hashed(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}
