import type { PathwayView } from '../domain/views/pathway';
import type { Pathways } from './ports/pathways';
import type { CaseRequest } from './request';
import { validatedForCase } from './requests/validation';

/** The pathway of a case as it is now, as the caller may see it. */
export function findFor({ pathways }: { readonly pathways: Pathways }) {
  return async (request: CaseRequest): Promise<PathwayView> => {
    validatedForCase({}, request);
    const { caller, now, language, reference } = request;
    return pathways.find(reference, { caller, now, language });
  };
}
