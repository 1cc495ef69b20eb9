import type { Caller } from '../domain/basics/roles';
import { may, mayNever } from '../domain/rights/rights';
import type { CaseList, CaseListPage } from './ports/caseList';
import { Refused } from './refused';
import type { VerbRequest } from './request';
import type { Schemas } from './requests/schemas';
import { validated } from './requests/validation';

/** A page of the open cases that the caller may list: of their own office, or of all for a national role. */
export function listFor({ caseList, schemas }: { readonly caseList: CaseList; readonly schemas: Schemas }) {
  return async (request: VerbRequest): Promise<CaseListPage> => {
    const { caller } = request;
    const { options } = validated({ options: schemas.listing }, request);
    if (mayNever(caller, 'list')) throw new Refused('role-not-allowed');
    const office = options.office ?? (listsEveryOffice(caller) ? undefined : caller.office);
    if (office !== undefined && !lists(caller, office)) throw new Refused('other-office');
    return caseList.page({ ...options, office, caller });
  };
}

function lists(caller: Caller, office: string): boolean {
  return may(caller, 'list', { office, hidden: false }) === 'yes';
}

/** Whether a right to list ends at no office: it holds for one that nobody belongs to. */
function listsEveryOffice(caller: Caller): boolean {
  return lists(caller, '');
}
