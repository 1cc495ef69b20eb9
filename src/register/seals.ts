/* The sealed columns of the register. Each is bound to its table and row, so that nobody can move one. */

import { sealed, unsealed } from '../privacy/aesGcm';
import type { CaseKey } from '../privacy/caseKeys';

type Key = Pick<CaseKey, 'key'>;

/** A value under the key of its case. */
export function sealedValue({ key }: Key, value: unknown, about: readonly string[]): Buffer {
  return sealed(key, Buffer.from(JSON.stringify(value)), about);
}

/** The value of a sealed column. Throws if it was sealed for another row, under another key, or changed. */
export function openedValue({ key }: Key, bytes: Uint8Array, about: readonly string[]): unknown {
  return JSON.parse(unsealed(key, bytes, about).toString());
}

/** The same, and undefined where the column does not open. */
export function openedOrNone(key: Key, bytes: Uint8Array, about: readonly string[]): unknown {
  try {
    return openedValue(key, bytes, about);
  } catch {
    return undefined;
  }
}

export const seals = {
  state: (reference: string, revision: number) => ['case_state', reference, String(revision)],
  fact: (reference: string, n: number) => ['case_fact', reference, String(n)],
  due: (reference: string, item: Buffer) => ['due', reference, item.toString('hex')],
  late: (reference: string, plannedAt: string) => ['late_moment', reference, plannedAt],
} as const;
