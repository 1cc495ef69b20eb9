import type { Caller } from '../../domain/basics/roles';
import type { Hash } from '../../api/deps';

/** Which request this is, and with which body: hashes, so that what a case keeps of them tells nothing. */
export interface RequestKey {
  readonly hash: string;
  readonly body: string;
}

/** Two callers may choose the same `Idempotency-Key`; two bodies with their members in another order are the same body. */
export function requestKey(hash: Hash, caller: Caller, key: string, body: unknown): RequestKey {
  return {
    hash: hash('idempotency-key', JSON.stringify([caller.id, key])).toString('hex'),
    body: hash('request-body', canonical(body)).toString('hex'),
  };
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join()}}`;
}
