import type { PlainDate } from '../domain/basics/calendar';
import type { Edition } from '../domain/policy/edition';
import { currentEdition, editions, findEdition } from '../domain/policy/editions';
import { doubtsOf, type NamedDoubt } from '../domain/views/doubts';
import { Refused } from './refused';
import type { VerbRequest } from './request';
import { validated } from './requests/validation';

/** One edition in the list of all. */
export interface EditionSummary {
  readonly edition: string;
  readonly from: PlainDate | null;
  readonly source: string;
  readonly current: boolean;
  /** What is not certain of it, part by part, and what somebody has confirmed. */
  readonly doubts: readonly NamedDoubt[];
}

/** The editions of the policy, for everybody who has logged in. */
export function policies(request: VerbRequest): readonly EditionSummary[] {
  validated({}, request);
  return editions.map((each) => {
    const { edition, from, source } = each;
    return { edition, from, source, current: edition === currentEdition.edition, doubts: doubtsOf(each) };
  });
}

export interface PolicyRequest extends VerbRequest {
  readonly edition: string;
}

/** One edition, as data with its sources. */
export function policy(request: PolicyRequest): Edition {
  validated({}, request);
  const found = findEdition(request.edition);
  if (found === undefined) throw new Refused('not-found', { about: 'edition' });
  return found;
}
