import { createHmac } from 'node:crypto';
import { type SystemKey, derivedKey } from './key';

/**
 * Makes hashes that only this installation can make. The same text and purpose always give the same 32 bytes. Without the key nobody can
 * find the text by trying. Hashes for one purpose reveal nothing about those for another.
 */
export function keyedHashOf(key: SystemKey): (purpose: string, text: string) => Buffer {
  const keys = new Map<string, Buffer>();
  return (purpose, text) => {
    const derived = keys.get(purpose) ?? derivedKey(key, `hash/${purpose}`);
    keys.set(purpose, derived);
    return createHmac('sha256', derived).update(text, 'utf8').digest();
  };
}
