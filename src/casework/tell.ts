import { dateOf } from '../domain/basics/calendar';
import type { FactSubmission } from '../domain/case/caseFile';
import type { Fact } from '../domain/facts/catalogue';
import { allowedForCase } from './allowed';
import type { Installation } from './installation';
import type { Pathways, SeenPathway } from './ports/pathways';
import { invalid } from './refused';
import type { CaseRequest } from './request';
import { idempotencyKey, requestKey } from './requests/idempotency';
import type { FactBody } from './requests/factShapes';
import type { Schemas } from './requests/schemas';
import { defaultTeamOf, faultsOfNewMember, putsSomebodyOnTheTeam, teamThatComesIn } from './requests/team';

interface Parts {
  readonly pathways: Pathways;
  readonly schemas: Schemas;
  readonly installation: Installation;
}

/** Records a fact of a case, once for each key. A fact without a date happened today. */
export function tellFor({ pathways, schemas, installation: { staff, hash } }: Parts) {
  return async (request: CaseRequest): Promise<SeenPathway> => {
    const { caller, now, language, reference } = request;
    const { key, body } = allowedForCase('tell', { key: idempotencyKey, body: schemas.fact }, request);
    const fact = { ...body, on: body.on ?? dateOf(now) } as Fact;
    const submission = {
      fact,
      by: caller,
      receivedAt: now,
      key: requestKey(hash, caller, key, request.body),
      trace: request.request.trace,
    };
    return pathways.tell(reference, { ...submission, ...(await teamFor(body, request)) }, language);
  };

  /** The default team that comes in with a fact, if one does. Throws if a fact puts somebody on the team who has no place there. */
  async function teamFor(fact: FactBody, { reference, caller, now }: CaseRequest): Promise<Pick<FactSubmission, 'officeTeam'>> {
    if (!putsSomebodyOnTheTeam(fact)) return {};
    // Only the case knows its office. A partner is told no office, and records none of these facts.
    const found = await pathways.find(reference, { caller, now });
    if (!('office' in found)) return {};
    const { office } = found;
    const faults = faultsOfNewMember(staff, fact, office);
    if (faults.length > 0) throw invalid(...faults);
    return { officeTeam: teamThatComesIn(fact, office, (of) => defaultTeamOf(staff, of)) };
  }
}
