import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload, type PayloadCodec, type SerializationContext } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { type SystemKey, derivedKey } from './key';

/** The reason why a payload could not be read. It takes the payload's place, and handlers record it as malformed. */
export type Unreadable = 'not-encrypted' | 'wrong-key' | 'other-case' | 'damaged';

const { Payload: payloadMessage } = temporal.api.common.v1;
const encoding = 'binary/encrypted';
const version = '1';
const ivBytes = 12;
const tagBytes = 16;
const withoutCase = 'system';

/**
 * Encrypts every payload (AES-256-GCM, with a random nonce each) and binds it to its case. So nobody can move a payload of one case into
 * another. Neither direction throws: a codec that throws would block the case for ever, or end the worker.
 */
export class CaseCodec implements PayloadCodec {
  private readonly key: Buffer;
  private readonly keyId: string;

  constructor(key: SystemKey) {
    this.key = derivedKey(key, 'payloads');
    this.keyId = derivedKey(key, 'key-id').toString('hex').slice(0, 16);
  }

  async encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return payloads.map((payload) => this.seal(payload, boundTo(context)));
  }

  async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return payloads.map((payload) => this.open(payload, context));
  }

  private seal(payload: Payload, bond: string): Payload {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv);
    cipher.setAAD(boundData(this.keyId, bond));
    const sealed = Buffer.concat([iv, cipher.update(payloadMessage.encode(payload).finish()), cipher.final(), cipher.getAuthTag()]);
    return { metadata: metadataOf({ encoding, 'encryption-key-id': this.keyId, 'encryption-bound-to': bond }), data: sealed };
  }

  private open(payload: Payload, context: SerializationContext | undefined): Payload {
    try {
      if (metadatum(payload, 'encoding') !== encoding) return unreadable('not-encrypted');
      if (metadatum(payload, 'encryption-key-id') !== this.keyId) return unreadable('wrong-key');
      const bond = metadatum(payload, 'encryption-bound-to');
      if (context !== undefined && bond !== boundTo(context)) return unreadable('other-case');
      return this.unseal(Buffer.from(payload.data ?? []), bond);
    } catch {
      return unreadable('damaged');
    }
  }

  private unseal(sealed: Buffer, bond: string): Payload {
    const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes });
    decipher.setAAD(boundData(this.keyId, bond));
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    const opened = Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()]);
    const { metadata, data } = payloadMessage.decode(opened);
    return { metadata, data };
  }
}

/** The reason why a decoded payload could not be read; undefined if it could. */
export function whyUnreadable(decoded: Payload): Unreadable | undefined {
  if (metadatum(decoded, 'encoding') !== 'json/plain') return undefined;
  return defaultPayloadConverter.fromPayload<{ readonly unreadable?: Unreadable } | null>(decoded)?.unreadable;
}

/**
 * The case that a payload belongs to. The metadata carries it unencrypted, because the decode requests of the Web UI name no workflow. The
 * workflow id is readable in Temporal anyway. It is authenticated, so nobody can change it to move a payload.
 * Without a context the payload belongs to no case: the SDK gives none for a failed workflow task.
 */
function boundTo(context: SerializationContext | undefined): string {
  return context?.workflowId === undefined ? withoutCase : JSON.stringify([context.namespace, context.workflowId]);
}

function boundData(keyId: string, bond: string): Buffer {
  return Buffer.from(JSON.stringify([version, keyId, bond]));
}

function unreadable(why: Unreadable): Payload {
  return defaultPayloadConverter.toPayload({ unreadable: why });
}

function metadatum(payload: Payload, name: string): string {
  return Buffer.from(payload.metadata?.[name] ?? []).toString('utf8');
}

function metadataOf(values: Record<string, string>): Record<string, Uint8Array> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Buffer.from(value)]));
}
