import { sealed, unsealed } from './aesGcm';
import { derivedKey } from './key';

/**
 * A key that wraps the keys of the cases. A key management service can take the place of the local one. It rejects with `KeysUnavailable`
 * while it does not answer. Any other error means that this key does not open that wrap.
 */
export interface MasterKey {
  /** Names the key, and tells nothing about it. */
  readonly id: string;
  /** Encrypts a key and binds it to its subject: the reference of its case. */
  wrap(key: Buffer, about: string): Promise<Buffer>;
  unwrap(wrapped: Buffer, about: string): Promise<Buffer>;
}

/** The master keys of an installation. A rotation adds one while the service runs. */
export interface MasterKeys {
  /** The key that wraps new keys. */
  first(): Promise<MasterKey>;
  withId(id: string): Promise<MasterKey | undefined>;
}

/** A master key in the memory of this process. */
export function localMasterKey(bytes: Buffer): MasterKey {
  const id = derivedKey(bytes, 'master-key-id').toString('hex').slice(0, 16);
  return {
    id,
    wrap: async (key, about) => sealed(bytes, key, [id, about]),
    unwrap: async (wrapped, about) => unsealed(bytes, wrapped, [id, about]),
  };
}

/**
 * Master keys that `read` gives, the first of which wraps. They are read again for each new key, and for a key that is not among those of
 * before: another process may have rotated them.
 */
export function localMasterKeys(read: () => readonly [Buffer, ...Buffer[]]): MasterKeys {
  let known: readonly MasterKey[] = [];
  const readAgain = (): MasterKey => {
    const [first, ...others] = read();
    const wrapping = localMasterKey(first);
    known = [wrapping, ...others.map(localMasterKey)];
    return wrapping;
  };
  const amongKnown = (id: string) => known.find((key) => key.id === id);
  return {
    first: async () => readAgain(),
    async withId(id) {
      const found = amongKnown(id);
      if (found !== undefined) return found;
      readAgain();
      return amongKnown(id);
    },
  };
}
