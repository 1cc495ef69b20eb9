import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts data under a key of 32 bytes, with a random nonce. The words of `about` are authenticated and not kept. Whoever opens the data has
 * to name the same words.
 */
export function sealed(key: Buffer, data: Uint8Array, about: readonly string[]): Buffer {
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, key, iv).setAAD(boundTo(about));
  return Buffer.concat([iv, sealing.update(data), sealing.final(), sealing.getAuthTag()]);
}

/** Decrypts sealed data. Throws if the key or the words are others, or if anything was changed. */
export function unsealed(key: Buffer, data: Uint8Array, about: readonly string[]): Buffer {
  const bytes = Buffer.from(data);
  const opening = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes }).setAAD(boundTo(about));
  opening.setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([opening.update(bytes.subarray(ivBytes, -tagBytes)), opening.final()]);
}

function boundTo(about: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(about));
}
