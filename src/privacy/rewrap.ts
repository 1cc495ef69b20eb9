import type { KeyRow } from './caseKeys';
import { KeysUnavailable } from './keyErrors';
import type { MasterKey, MasterKeys } from './masterKey';

/** The keys that one statement takes along; ours. */
const atOnce = 1_000;

/** The table of keys, as far as a rotation needs it. */
export interface RewrapRows {
  /** Of the rows that are not wrapped under this master key, at most `most`. */
  notUnder(masterKey: string, most: number): Promise<readonly KeyRow[]>;
  /** Puts new wraps in place of the old, in one statement. A row that changed meanwhile stays. */
  rewrap(rows: readonly NewWrap[]): Promise<void>;
}

interface NewWrap {
  readonly keyId: Buffer;
  readonly was: Buffer;
  readonly wrapped: Buffer;
  readonly masterKey: string;
}

/** How many keys a rotation moved to the first master key, and how many it could not open. */
export interface Rewrapped {
  readonly moved: number;
  readonly damaged: number;
}

/**
 * Wraps every key of a case under the first master key. Cases may run meanwhile, and it may be stopped halfway and begun again: a key has
 * either its old wrap or its new one.
 */
export async function rewrapAll(rows: RewrapRows, masterKeys: MasterKeys): Promise<Rewrapped> {
  const first = await masterKeys.first();
  let moved = 0;
  for (;;) {
    const old = await rows.notUnder(first.id, atOnce);
    const wraps = (await Promise.all(old.map((row) => wrappedAnew(row, first, masterKeys)))).filter((wrap) => wrap !== undefined);
    // What is left opens under no master key that we have, or there is nothing left.
    if (wraps.length === 0) return { moved, damaged: old.length };
    await rows.rewrap(wraps);
    moved += wraps.length;
  }
}

async function wrappedAnew(row: KeyRow, first: MasterKey, masterKeys: MasterKeys): Promise<NewWrap | undefined> {
  const { keyId, reference, wrapped: was, masterKey } = row;
  const old = await masterKeys.withId(masterKey);
  const key = await old?.unwrap(was, reference).catch((failure: unknown) => {
    if (failure instanceof KeysUnavailable) throw failure;
    return undefined;
  });
  return key && { keyId, was, wrapped: await first.wrap(key, reference), masterKey: first.id };
}
