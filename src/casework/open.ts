import { may, mayNever, readsAll, readsHidden } from '../domain/rights/rights';
import { whereIs } from '../domain/rights/told';
import { pathwayView, type PathwayView } from '../domain/views/pathway';
import type { Installation } from './installation';
import type { CaseKeys } from './ports/caseKeys';
import type { Pathways } from './ports/pathways';
import { Refused } from './refused';
import type { VerbRequest } from './request';
import { caseStart } from './requests/caseStart';
import { idempotencyKey, referenceOf, requestKey } from './requests/idempotency';
import type { Schemas } from './requests/schemas';
import { validated } from './requests/validation';
import { partOf } from './requests/values';

interface Parts {
  readonly caseKeys: CaseKeys;
  readonly pathways: Pathways;
  readonly schemas: Schemas;
  readonly installation: Installation;
}

/** Opens a case, once for each key. */
export function openFor({ caseKeys, pathways, schemas, installation }: Parts) {
  const { hash } = installation;
  return async (request: VerbRequest): Promise<PathwayView> => {
    const { caller, now, language = 'en' } = request;
    const intake = readsHidden(caller, String(partOf(request.body)['office'])) ? schemas.intake : schemas.intakeOfInvestigators;
    const { key, body } = validated({ key: idempotencyKey, body: intake }, request);
    if (mayNever(caller, 'open')) throw new Refused('role-not-allowed');
    if (may(caller, 'open', { office: body.office, hidden: false }) !== 'yes') throw new Refused('other-office');
    const { body: bodyHash } = requestKey(hash, caller, key, request.body);
    const reference = referenceOf(hash, caller, key);
    const start = caseStart(body, { reference, registeredAt: now, registeredBy: caller, bodyHash }, installation);
    // A case that begins without its key could never go on. A repeated request meets the key of its case.
    await caseKeys.make(reference, body.office, caller);
    const file = await pathways.open(start, caller);
    // A repeat of an old intake: the case may have gone to another office since.
    if (!readsAll(caller, whereIs(file.situation, file.start.edition))) throw new Refused('not-found');
    if (file.start.bodyHash !== start.bodyHash) throw new Refused('idempotency-key-reused');
    return pathwayView(file, now, caller, language);
  };
}
