import { maySee, onlyInvestigates } from '../domain/basics/roles';
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
import { refuseUnlessOpener } from './rights';

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
    const intake = onlyInvestigates(caller) ? schemas.intakeOfInvestigators : schemas.intake;
    const { key, body } = validated({ key: idempotencyKey, body: intake }, request);
    refuseUnlessOpener(caller, body.office);
    const { body: bodyHash } = requestKey(hash, caller, key, request.body);
    const reference = referenceOf(hash, caller, key);
    const start = caseStart(body, { reference, registeredAt: now, registeredBy: caller, bodyHash }, installation);
    // A case that begins without its key could never go on. A repeated request meets the key of its case.
    await caseKeys.make(reference, body.office);
    const file = await pathways.open(start, caller);
    // A repeat of an old intake: the case may have gone to another office since.
    if (!maySee(caller, file.situation)) throw new Refused('not-found');
    if (file.start.bodyHash !== start.bodyHash) throw new Refused('idempotency-key-reused');
    return pathwayView(file, now, caller, language);
  };
}
