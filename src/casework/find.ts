import { allowedForCase } from './allowed';
import type { Pathways, SeenPathway } from './ports/pathways';
import type { CaseRequest } from './request';

/** The pathway of a case as it is now, as far as it is for the caller. */
export function findFor({ pathways }: { readonly pathways: Pathways }) {
  return async (request: CaseRequest): Promise<SeenPathway> => {
    allowedForCase('read', {}, request);
    const { caller, now, language, reference } = request;
    return pathways.find(reference, { caller, now, language });
  };
}
