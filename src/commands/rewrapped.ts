import { UserFacingError } from '../errors/userFacingError';
import type { MasterKey } from '../privacy/masterKey';
import type { Rewrapped } from '../privacy/rewrap';

/** Some keys of cases open under no master key that the command was given. */
export class KeysLeft extends UserFacingError {
  override readonly name = 'KeysLeft';
}

/** The words for whoever rotates keys. Throws `KeysLeft` if an old key is still needed, or if a wrap was damaged. */
export function rewrapped(all: number, { damaged }: Rewrapped, [first, ...old]: readonly MasterKey[]): string {
  if (damaged > 0)
    throw new KeysLeft(
      `${damaged} keys of cases open under none of these master keys, so no master key may go: look for the one that opens them`,
    );
  const over = old.map(({ id }) => `the master key ${id} opens nothing any more\n`);
  return `${all} keys of cases are under the master key ${first?.id}\n${over.join('')}`;
}
