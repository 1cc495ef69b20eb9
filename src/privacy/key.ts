import { hkdfSync } from 'node:crypto';

export const keyBytes = 32;

/**
 * The system key of an installation: 32 random bytes. It is never replaced: references, repeated requests and pseudonyms are made with it, and
 * payloads of no case are under it.
 */
export type SystemKey = Buffer;

/** Reads a key written as base64. Throws a sentence for the user if it is not 32 bytes. */
export function keyFromBase64(text: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  // Node ignores characters that are not base64. Encoding the key again shows whether it ignored any.
  if (key.length !== keyBytes || withoutPadding(key.toString('base64')) !== withoutPadding(text.trim()))
    throw new Error(`a key is ${keyBytes} bytes in base64`);
  return key;
}

/** A key for one purpose, derived from another key. It reveals nothing about the keys for other purposes. */
export function derivedKey(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `reflection-period-service/${purpose}`, keyBytes));
}

function withoutPadding(base64: string): string {
  return base64.replace(/=+$/, '');
}
