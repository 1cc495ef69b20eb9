import { onlyInvestigates } from '../domain/basics/roles';
import type { CaseList, CaseListPage } from './ports/caseList';
import type { VerbRequest } from './request';
import type { Schemas } from './requests/schemas';
import { validated } from './requests/validation';
import { refuseUnlessLister } from './rights';

/** A page of the open cases that the caller may see: of their own office, or of all for a national role. */
export function listFor({ caseList, schemas }: { readonly caseList: CaseList; readonly schemas: Schemas }) {
  return async (request: VerbRequest): Promise<CaseListPage> => {
    const { caller } = request;
    const { options } = validated({ options: schemas.listing }, request);
    const office = options.office ?? caller.office;
    refuseUnlessLister(caller, office);
    return caseList.page({ ...options, office, withoutHidden: onlyInvestigates(caller) });
  };
}
