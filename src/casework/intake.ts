import type { IntakeView } from '../domain/views/intake';
import { allowedForCase } from './allowed';
import type { Pathways } from './ports/pathways';
import { Refused } from './refused';
import type { CaseRequest } from './request';

/** The intake with which a case began, for its team and the supervisor. */
export function intakeFor({ pathways }: { readonly pathways: Pathways }) {
  return async (request: CaseRequest): Promise<IntakeView> => {
    allowedForCase('intake', {}, request, { about: 'intake' });
    const { reference, caller, now } = request;
    const intake = await pathways.intake(reference, { caller, now });
    if (intake === 'role-not-allowed') throw new Refused(intake, { about: 'intake' });
    return intake;
  };
}
