import { openCases } from '../../src/commands/askedCases';
import { Closing } from '../../src/commands/closing';
import type { CaseKeys } from '../../src/privacy/caseKeys';
import type { Seals } from '../../src/privacy/codec';
import { keyedHashOf } from '../../src/privacy/keyedHash';
import { compare } from '../../src/register/comparison';
import type { Difference } from '../../src/register/differences';
import { openRegister } from '../../src/register/register';
import type { Store } from '../../src/store/store';

interface Sides {
  readonly store: Pick<Store, 'register'>;
  readonly seals: Seals & { readonly keys: CaseKeys };
  /** The address of the engine, where the cases are. */
  readonly address: string;
}

/** Each case that differs from its rows at this moment, with the kinds of differences by name. Nothing is waited for, and nothing is mended. */
export async function comparedWithCases({ store, seals, address }: Sides): Promise<ReadonlyMap<string, readonly Difference[]>> {
  const closing = new Closing();
  const stopping = new AbortController().signal;
  const { keys, systemKey, namespace } = seals;
  const hash = keyedHashOf(systemKey);
  try {
    const { found } = await compare({
      table: store.register,
      register: openRegister({ table: store.register, keys, hash, damaged: () => undefined }),
      ...{ keys, hash, mend: false, pausesMs: [], looked: () => undefined },
      cases: await openCases({ temporal: { address, namespace }, seals, identity: 'comparison' }, closing, stopping),
      pace: { atOnce: 8, stopping },
    });
    const references = new Set([...found.values()].flat());
    const kindsOf = (reference: string) => [...found].flatMap(([kind, those]) => (those.includes(reference) ? [kind] : [])).sort();
    return new Map([...references].map((reference) => [reference, kindsOf(reference)]));
  } finally {
    await closing.now();
  }
}
