import { createHmac } from 'node:crypto';
import { type SystemKey, derivedKey } from './key';

/**
 * Makes fingerprints that only this installation can make: the same text and purpose always give the same 32 bytes, and nobody
 * without the key can find the text by trying. One purpose's fingerprints say nothing about another's.
 */
export function keyedHashOf(key: SystemKey): (purpose: string, text: string) => Buffer {
  const keys = new Map<string, Buffer>();
  return (purpose, text) => {
    const known = keys.get(purpose) ?? derivedKey(key, `hash/${purpose}`);
    keys.set(purpose, known);
    return createHmac('sha256', known).update(text, 'utf8').digest();
  };
}
