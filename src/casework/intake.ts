import type { IntakeView } from '../domain/views/intake';
import type { Pathways } from './ports/pathways';
import { Refused } from './refused';
import type { CaseRequest } from './request';
import { validatedForCase } from './requests/validation';

/** The intake with which a case began, for its team alone. */
export function intakeFor({ pathways }: { readonly pathways: Pathways }) {
  return async (request: CaseRequest): Promise<IntakeView> => {
    validatedForCase({}, request);
    const intake = await pathways.intake(request.reference, request.caller);
    if (intake === 'role-not-allowed') throw new Refused(intake, { about: 'intake' });
    return intake;
  };
}
