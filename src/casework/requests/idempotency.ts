import { z } from 'zod';
import type { Caller } from '../../domain/basics/roles';
import type { Hash } from '../installation';
import { referenceFrom } from './references';

/** The `Idempotency-Key`, as a caller chooses it. */
export const idempotencyKey = z.string().regex(/^[\x20-\x7e]{1,200}$/, '1 to 200 printable characters');

/** Hashes of a request's key and of its body. A case keeps them, and they tell nothing. */
export interface RequestKey {
  readonly hash: string;
  readonly body: string;
}

/** Two callers may choose the same `Idempotency-Key`. Two bodies with their members in another order are the same body. */
export function requestKey(hash: Hash, caller: Caller, key: string, body: unknown): RequestKey {
  return { hash: keyHash(hash, caller, key), body: hash('request-body', canonical(body)).toString('hex') };
}

/** The reference of the case that a key opens. It comes from the key, so that a repeated request meets its own case. */
export function referenceOf(hash: Hash, caller: Caller, key: string): string {
  return referenceFrom(hash('reference', keyHash(hash, caller, key)));
}

function keyHash(hash: Hash, caller: Caller, key: string): string {
  return hash('idempotency-key', JSON.stringify([caller.id, key])).toString('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join()}}`;
}
