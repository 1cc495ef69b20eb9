import { createHmac } from 'node:crypto';
import { type CaseKey, derivedKey } from './key';

/**
 * A fingerprint that only this installation can make: the same text and purpose always give the same 32 bytes,
 * and nobody without the key can find the text by trying. One purpose's hashes say nothing about another's.
 */
export function keyedHash(key: CaseKey, purpose: string, text: string): Buffer {
  return createHmac('sha256', derivedKey(key, `hash/${purpose}`))
    .update(text, 'utf8')
    .digest();
}
