import type { CaseVerbs } from './caseVerbs';
import type { Hash } from './installation';
import type { Audit, AuditLine, AuditOutcome, Deed, Purpose } from './ports/audit';
import { Refused } from './refused';
import type { CaseRequest, VerbRequest } from './request';
import { referenceOf } from './requests/idempotency';

interface Parts {
  readonly audit: Pick<Audit, 'write'>;
  readonly hash: Hash;
  /** The status with which the front end answers a failure. */
  readonly statusOf: (failure: unknown) => number;
}

type Verb<Request, Answer> = (request: Request) => Promise<Answer>;

/** The same verbs, each of which leaves its line. Without the line there is no answer; an ordinary one may wait for a database that is away. */
export function audited(verbs: CaseVerbs, { audit, hash, statusOf }: Parts): CaseVerbs {
  /** An ordinary request. Its line is written beside the engine's call, since one after the other would cost a sixth more. */
  const beside = <Request extends VerbRequest, Answer>(did: Deed, verb: Verb<Request, Answer>): Verb<Request, Answer> => {
    return async (request) => {
      const line = lineOf(did, request, referenceIn(request));
      // Without the line nobody waits for the verb: its time would tell a hidden case from an unknown one.
      const carryingOut = Promise.allSettled([verb(request)]);
      const [[carriedOut]] = await Promise.all([carryingOut, write({ ...line, outcome: 'asked' }, { durable: false })]);
      if (carriedOut.status === 'fulfilled') return carriedOut.value;
      await write({ ...line, ...endOf(carriedOut.reason) }, { durable: false });
      throw carriedOut.reason;
    };
  };

  /** A request whose line may never be lost: one line, with the outcome, before the answer. */
  const before = <Request extends VerbRequest, Answer>(
    did: Deed,
    succeeded: AuditOutcome,
    verb: Verb<Request, Answer>,
    referenceOfIts: (request: Request) => string | undefined,
  ): Verb<Request, Answer> => {
    return async (request) => {
      const line = lineOf(did, request, referenceOfIts(request));
      const answer = await verb(request).catch(async (failure: unknown) => {
        await write({ ...line, ...endOf(failure) }, { durable: true });
        throw failure;
      });
      await write({ ...line, outcome: succeeded }, { durable: true });
      return answer;
    };
  };

  /** A caller may send the same request again: the writer has told the operators the reason, if it is not a database that is away. */
  async function write(...line: Parameters<Audit['write']>): Promise<void> {
    await audit.write(...line).catch(() => {
      throw new Refused('no-answer');
    });
  }

  const endOf = (failure: unknown): Pick<AuditLine, 'outcome' | 'status'> => {
    const status = statusOf(failure);
    return { outcome: status < 500 ? 'refused' : 'failed', status };
  };

  return {
    open: before('open', 'done', verbs.open, ({ caller, key }) => (typeof key === 'string' ? referenceOf(hash, caller, key) : undefined)),
    list: beside('list', verbs.list),
    find: beside('read', verbs.find),
    timeline: beside('timeline', verbs.timeline),
    explain: beside('deadline', verbs.explain),
    intake: beside('intake', verbs.intake),
    tell: beside('tell', verbs.tell),
    accessLog: before('accessLog', 'seen', verbs.accessLog, referenceIn),
  };
}

function lineOf(did: Deed, { caller, request }: VerbRequest, reference: string | undefined): Omit<AuditLine, 'outcome' | 'status'> {
  const { id: who, roles, office, partner } = caller;
  return { did, who, roles, office, partner, reference, purpose: purposes[did], request: request.id, trace: request.trace };
}

const purposes: Readonly<Record<Deed, Purpose>> = {
  open: 'guidance',
  list: 'guidance',
  read: 'guidance',
  timeline: 'guidance',
  deadline: 'guidance',
  intake: 'guidance',
  tell: 'guidance',
  accessLog: 'oversight',
};

function referenceIn(request: VerbRequest | CaseRequest): string | undefined {
  return 'reference' in request && request.reference !== '' ? request.reference : undefined;
}
