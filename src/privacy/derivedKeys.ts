import { type CaseKey, type CaseKeys, keyIdBytes } from './caseKeys';
import { type SystemKey, derivedKey } from './key';

/** Derived keys are kept in no table, so no office stands beside them. */
export const keptNowhere = { moveTo: async (): Promise<void> => undefined };

/**
 * Keys that are made from a secret and the reference, and kept nowhere: for simulations, and for tests with recorded histories. Nobody can take
 * such a key away from a single case, so no real case may have one.
 */
export function derivedKeys(secret: SystemKey): CaseKeys {
  const known = new Map<string, CaseKey>();
  const keyOf = (reference: string): CaseKey => {
    const keyId = derivedKey(secret, `case-key-id/${reference}`).subarray(0, keyIdBytes);
    const key = { keyId, reference, key: derivedKey(secret, `case-key/${reference}`) };
    known.set(keyId.toString('hex'), key);
    return key;
  };
  return {
    make: async (reference) => void keyOf(reference),
    ofReference: async (reference) => keyOf(reference),
    ofKeyIds: async (keyIds) => keyIds.map((id) => known.get(id.toString('hex')) ?? 'no-key'),
    prefetch: async () => undefined,
  };
}
