import { mayNever, type Action } from '../domain/rights/rights';
import { Refused, type RefusedDetails } from './refused';
import type { CaseRequest } from './request';
import { isReference } from './requests/references';
import { validated, type Sent, type Shape } from './requests/validation';

/**
 * The values of a request about one case in their shapes. A right that the caller has for no case is refused before any case is looked at, so
 * that the answer tells of none. A text that cannot be a reference names no case, so it is refused like an unknown one.
 */
export function allowedForCase<Key = unknown, Options = unknown, Body = unknown>(
  action: Action,
  shape: Shape<Key, Options, Body>,
  request: CaseRequest,
  about: RefusedDetails = {},
): Sent<Key, Options, Body> {
  const sent = validated(shape, request);
  if (mayNever(request.caller, action)) throw new Refused('role-not-allowed', about);
  if (!isReference(request.reference)) throw new Refused('not-found');
  return sent;
}
