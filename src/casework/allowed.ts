import type { z } from 'zod';
import { mayNever, type Action } from '../domain/rights/rights';
import { Refused, type RefusedDetails } from './refused';
import type { CaseRequest } from './request';
import { isReference } from './requests/references';
import { validated } from './requests/validation';

/** The shapes of a request about one case. */
interface Shape<Key, Body> {
  readonly key?: z.ZodType<Key>;
  readonly body?: z.ZodType<Body>;
}

/**
 * The values of a request about one case in their shapes. A right that the caller has for no case is refused before any case is looked at, so
 * that the answer tells of none. A text that cannot be a reference names no case, so it is refused like an unknown one.
 */
export function allowedForCase<Key = unknown, Body = unknown>(
  action: Action,
  shape: Shape<Key, Body>,
  request: CaseRequest,
  about: RefusedDetails = {},
): { readonly key: Key; readonly body: Body } {
  const { key, body } = validated(shape, request);
  if (mayNever(request.caller, action)) throw new Refused('role-not-allowed', about);
  if (!isReference(request.reference)) throw new Refused('not-found');
  return { key, body };
}
