import { mayNever, type Action } from '../../domain/rights/rights';
import { reachOf, type Reach } from '../../domain/rights/reach';
import { Refused } from '../refused';
import type { VerbRequest } from '../request';
import { validated, type Shape } from '../requests/validation';
import type { z } from 'zod';

/** A request for a list. */
export interface ListRequest extends VerbRequest {
  /** The whole list at once, up to ten thousand items. */
  readonly whole?: boolean | undefined;
}

export const usualPage = 50;

/** The wishes of a caller, and the cases among which they may have them. Another office than theirs has none. */
export function asked<Options extends { readonly office?: string | undefined; readonly cursor?: string | undefined }>(
  action: Action,
  options: z.ZodType<Options>,
  request: ListRequest,
): { readonly options: Options; readonly reach: Reach } {
  const shape: Shape<unknown, Options, unknown> = { options };
  const sent = validated(shape, request).options;
  if (mayNever(request.caller, action)) throw new Refused('role-not-allowed');
  return { options: sent, reach: reachOf(request.caller, action, sent.office) };
}
