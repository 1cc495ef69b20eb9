import { defaultPayloadConverter, type Payload, type PayloadCodec, type SerializationContext } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { sealed, unsealed } from './aesGcm';
import { type CaseKey, type CaseKeys, keyIdBytes } from './caseKeys';
import { type SystemKey, derivedKey } from './key';
import { KeysUnavailable, NoCaseKey } from './keyErrors';

/**
 * The reason why a payload could not be read. It takes the payload's place, and handlers record it as malformed. `not-now` and `not-yours`
 * occur in the Temporal UI only.
 */
export type Unreadable = 'not-encrypted' | 'no-key' | 'other-case' | 'damaged' | 'not-now' | 'not-yours';

/** The keys of an installation, and the names of its cases in the engine. */
export interface Seals {
  readonly systemKey: SystemKey;
  readonly keys: Pick<CaseKeys, 'ofReference' | 'ofKeyIds'>;
  readonly namespace: string;
  readonly cases: CaseNames;
}

interface CaseNames {
  workflowIdOf(reference: string): string;
  /** The reference of the case that a workflow runs; undefined for a workflow of no case. */
  referenceOf(workflowId: string): string | undefined;
}

/**
 * The process that encodes. Measured with SDK 1.24: an error of the codec fails a task of the `thinking` worker, and the engine repeats it. It
 * ends the whole `acting` worker when a failure cannot be encoded. A client that is `asking` turns it into an answer.
 */
export type Encoder = 'thinking' | 'acting' | 'asking';

/** A key, and the words that a payload under it is bound to. */
interface Seal extends Omit<CaseKey, 'reference'> {
  readonly about: readonly string[];
}

const { Payload: payloadMessage } = temporal.api.common.v1;
const encoding = 'binary/encrypted';
const version = '2';
const noWorkflow = '';

/**
 * Encrypts every payload under the key of its case, and binds it to the case. So nobody can move a payload of one case into another, and
 * whoever destroys the key destroys them all. What belongs to no case is under the system key: the SDK gives no context for a failed workflow
 * task. A payload that somebody may have put there decodes to a marker. Only where nobody can say is there an error.
 */
export class CaseCodec implements PayloadCodec {
  private readonly system: Omit<CaseKey, 'reference'>;

  constructor(
    private readonly seals: Seals,
    private readonly encoder: Encoder,
  ) {
    const { systemKey } = seals;
    this.system = { keyId: systemKeyId(systemKey), key: derivedKey(systemKey, 'payloads') };
  }

  async encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const { key, keyId, about } = await this.sealFor(context);
    const metadata = { encoding: Buffer.from(encoding), 'encryption-key-id': keyId };
    return payloads.map((payload) => ({ metadata, data: sealed(key, payloadMessage.encode(payload).finish(), about) }));
  }

  async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const sealOf = await this.sealsOf(payloads, context);
    return payloads.map((payload) => {
      if (metadatum(payload, 'encoding').toString() !== encoding) return unreadable('not-encrypted');
      const seal = sealOf(metadatum(payload, 'encryption-key-id').toString('hex'));
      return typeof seal === 'string' ? unreadable(seal) : opened(payload, seal);
    });
  }

  private async sealFor(context: SerializationContext | undefined): Promise<Seal> {
    const reference = this.referenceIn(context);
    try {
      const own = reference === undefined ? this.system : await this.seals.keys.ofReference(reference);
      if (own === undefined) throw new NoCaseKey();
      return this.bound(own, context);
    } catch (failure) {
      // The failure of an activity has to leave the worker in some form, or the worker ends. A local one leaves nothing else in a history.
      if (this.encoder === 'acting' || isOfLocalActivity(context)) return this.bound(this.system, context);
      throw failure;
    }
  }

  /** How to open a payload with a key id, or why it cannot be opened. */
  private async sealsOf(payloads: readonly Payload[], context: SerializationContext | undefined) {
    const reference = this.referenceIn(context);
    const own = reference === undefined ? undefined : await this.seals.keys.ofReference(reference);
    // A case without a key stops as a whole. A marker would be recorded in its place, and the case could not go on once the key is back.
    if (reference !== undefined && own === undefined && this.encoder !== 'asking') throw new NoCaseKey();
    const known = new Map<string, Seal | Unreadable>([[this.system.keyId.toString('hex'), this.bound(this.system, context)]]);
    if (own !== undefined) known.set(own.keyId.toString('hex'), this.bound(own, context));
    const others = keyIdsIn(payloads).filter((id) => !known.has(id.toString('hex')));
    if (others.length > 0) await this.learn(others, context, known);
    return (keyId: string): Seal | Unreadable => known.get(keyId) ?? 'no-key';
  }

  /** Looks up keys that are not of the case in the context. Only without a context do they open anything. */
  private async learn(keyIds: readonly Buffer[], context: SerializationContext | undefined, known: Map<string, Seal | Unreadable>) {
    const answers = await this.seals.keys.ofKeyIds(keyIds);
    // An error without a context would end the worker.
    if (context !== undefined && answers.includes('not-now')) throw new KeysUnavailable();
    for (const [place, keyId] of keyIds.entries()) known.set(keyId.toString('hex'), this.sealOf(answers[place] ?? 'no-key', context));
  }

  private sealOf(key: CaseKey | Unreadable, context: SerializationContext | undefined): Seal | Unreadable {
    if (typeof key === 'string') return key;
    return context === undefined ? { ...key, about: this.about(this.seals.cases.workflowIdOf(key.reference), key) } : 'other-case';
  }

  private bound(key: Omit<CaseKey, 'reference'>, context: SerializationContext | undefined): Seal {
    const workflowId = this.referenceIn(context) === undefined ? noWorkflow : (context?.workflowId ?? noWorkflow);
    return { ...key, about: this.about(workflowId, key, context?.namespace) };
  }

  private about(workflowId: string, { keyId }: Pick<CaseKey, 'keyId'>, namespace = this.seals.namespace): readonly string[] {
    return [version, namespace, workflowId, keyId.toString('hex')];
  }

  private referenceIn(context: SerializationContext | undefined): string | undefined {
    return context?.workflowId === undefined ? undefined : this.seals.cases.referenceOf(context.workflowId);
  }
}

function isOfLocalActivity(context: SerializationContext | undefined): boolean {
  return context?.type === 'activity' && context.isLocal;
}

/** The id of the key of payloads that belong to no case. */
export function systemKeyId(systemKey: SystemKey): Buffer {
  return derivedKey(systemKey, 'key-id').subarray(0, keyIdBytes);
}

/** The id of the key that a payload is encrypted under; undefined if it is not encrypted by us. */
export function keyIdOf(payload: Payload): Buffer | undefined {
  const keyId = metadatum(payload, 'encryption-key-id');
  return metadatum(payload, 'encoding').toString() === encoding && keyId.length === keyIdBytes ? keyId : undefined;
}

/** The marker in the place of a payload that could not be read. */
export function unreadable(why: Unreadable): Payload {
  return defaultPayloadConverter.toPayload({ unreadable: why });
}

/** The ids of the keys that payloads are encrypted under, each once. */
export function keyIdsIn(payloads: readonly Payload[]): readonly Buffer[] {
  const ids = payloads.flatMap((payload) => keyIdOf(payload)?.toString('hex') ?? []);
  return [...new Set(ids)].map((id) => Buffer.from(id, 'hex'));
}

function opened(payload: Payload, { key, about }: Seal): Payload {
  try {
    const { metadata, data } = payloadMessage.decode(unsealed(key, payload.data ?? new Uint8Array(), about));
    return { metadata, data };
  } catch {
    return unreadable('damaged');
  }
}

function metadatum(payload: Payload, name: string): Buffer {
  return Buffer.from(payload.metadata?.[name] ?? []);
}
