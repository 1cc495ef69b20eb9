import type { Certificate } from '../domain/views/certificate';
import { allowedForCase } from './allowed';
import type { Pathways } from './ports/pathways';
import { Refused } from './refused';
import type { CaseRequest } from './request';

export interface DeadlineRequest extends CaseRequest {
  readonly deadline: string;
}

/** One deadline of a case explained: the fact it comes from, the rule, the reminders. */
export function explainFor({ pathways }: { readonly pathways: Pathways }) {
  return async (request: DeadlineRequest): Promise<Certificate> => {
    allowedForCase('read', {}, request);
    const { caller, now, reference, deadline } = request;
    const certificate = await pathways.explain(reference, deadline, { caller, now });
    if (certificate === 'no-such-deadline') throw new Refused('not-found', { about: 'deadline' });
    return certificate;
  };
}
