import { caseKeysOf, type CaseKeys } from '../privacy/caseKeys';
import type { Seals } from '../privacy/codec';
import type { GivenKeys } from '../settings/keys';
import type { Store } from '../store/store';
import { caseNames } from '../workflows/messages';
import { missingMasterKeys, requireKeys } from './requireKeys';

/** The keys of the cases, tried and ready for use. */
export interface OpenedKeys {
  readonly seals: Seals & { readonly keys: CaseKeys };
  /** Whether this process has every master key that keys of cases are under. */
  areComplete(): Promise<boolean>;
}

interface Installation {
  readonly store: Store;
  readonly temporal: { readonly address: string; readonly namespace: string };
}

/** Opens the keys, once it is sure that they are those of the existing cases. Throws `WrongKey` if they are not. */
export async function openKeys({ store, temporal }: Installation, given: GivenKeys): Promise<OpenedKeys> {
  await requireKeys({ store, temporal }, given);
  const { systemKey, masterKeys } = given;
  const keys = caseKeysOf({ rows: store.caseKeys, masterKeys });
  return {
    seals: { systemKey, keys, namespace: temporal.namespace, cases: caseNames },
    areComplete: async () => (await missingMasterKeys(store, masterKeys)).length === 0,
  };
}
