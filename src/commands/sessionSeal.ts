import type { Seal } from '../login/sessionStore';
import { sealed, unsealed } from '../privacy/aesGcm';
import { derivedKey, type SystemKey } from '../privacy/key';

/** Encrypts sessions, and the key that signs their cookies. Another front end has other keys: a session of one opens nothing in another. */
export function sessionSecrets(systemKey: SystemKey, frontEnd: string): { readonly seal: Seal; readonly cookieKey: Buffer } {
  const key = derivedKey(systemKey, `sessions/${frontEnd}`);
  const seal: Seal = {
    seal: (plain, id) => sealed(key, plain, [id]),
    open: (bytes, id) => {
      try {
        return unsealed(key, bytes, [id]);
      } catch {
        return undefined;
      }
    },
  };
  return { seal, cookieKey: derivedKey(systemKey, `cookies/${frontEnd}`) };
}
