import { keyedHashOf } from '../privacy/keyedHash';
import { openRegister, type Register } from '../register/register';
import type { Store } from '../store/store';
import { log } from './log';
import type { OpenedKeys } from './openKeys';

/** The register of this process, in its store and under its keys. */
export function openRegisterIn(store: Pick<Store, 'register'>, { keys, systemKey }: OpenedKeys['seals']): Register {
  return openRegister({
    table: store.register,
    keys,
    hash: keyedHashOf(systemKey),
    damaged: (reference) => log.error({ reference }, 'the register has a case that was changed from outside: the case itself is asked'),
  });
}
