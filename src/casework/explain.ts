import type { Certificate } from '../domain/views/certificate';
import type { Pathways } from './ports/pathways';
import { Refused } from './refused';
import type { CaseRequest } from './request';
import { validatedForCase } from './requests/validation';

export interface DeadlineRequest extends CaseRequest {
  readonly deadline: string;
}

/** One deadline of a case explained: the fact it comes from, the rule, the reminders. */
export function explainFor({ pathways }: { readonly pathways: Pathways }) {
  return async (request: DeadlineRequest): Promise<Certificate> => {
    validatedForCase({}, request);
    const { caller, now, reference, deadline } = request;
    const certificate = await pathways.explain(reference, deadline, { caller, now });
    if (certificate !== null) return certificate;
    // A hidden case answers null as well. The pathway itself is refused there, as a case that does not exist.
    await pathways.find(reference, { caller, now });
    throw new Refused('not-found', { about: 'deadline' });
  };
}
