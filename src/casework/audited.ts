import type { StatisticView } from '../statistics/view';
import type { AuditedVerbs } from './auditedVerbs';
import type { Hash } from './installation';
import type { ListRequest } from './lists/listRequest';
import type { Audit, AuditLine, AuditOutcome, Deed, Purpose } from './ports/audit';
import { Refused } from './refused';
import type { CaseRequest, VerbRequest } from './request';
import { referenceOf } from './requests/idempotency';

interface Parts {
  readonly audit: Pick<Audit, 'write' | 'writeAll'>;
  readonly hash: Hash;
  /** The status with which the front end answers a failure. */
  readonly statusOf: (failure: unknown) => number;
}

type Verb<Request, Answer> = (request: Request) => Promise<Answer>;

/** The same verbs, each of which leaves its line. Without the line there is no answer; an ordinary one may wait for a database that is away. */
export function audited(verbs: AuditedVerbs, { audit, hash, statusOf }: Parts): AuditedVerbs {
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

  /**
   * A list. One line says how many rows it showed. Where it says of each case what is to be done, or leaves as a file, each case has a line
   * too: the person may be told who saw it.
   */
  const shown = <Request extends ListRequest, Answer extends { readonly items: readonly object[] }>(
    did: Deed,
    verb: Verb<Request, Answer>,
    { namesCases = false } = {},
  ): Verb<Request, Answer> => {
    return async (request) => {
      const line = lineOf(did, request, undefined);
      const answer = await answered(line, verb(request));
      const { items } = answer;
      const references = namesCases || request.whole === true ? new Set(items.flatMap(referencesIn)) : [];
      const ofCases = Array.from(references, (reference): AuditLine => ({ ...line, reference, outcome: 'seen' }));
      await sure(audit.writeAll([{ ...line, outcome: 'seen', rows: items.length }, ...ofCases], { durable: false }));
      return answer;
    };
  };

  /** A request for figures about no case: one line, with the number of rows that it showed. */
  const counted = <Request extends VerbRequest, Answer>(
    did: Deed,
    verb: Verb<Request, Answer>,
    rowsOf: (answer: Answer) => number,
  ): Verb<Request, Answer> => {
    return async (request) => {
      const line = lineOf(did, request, undefined);
      const answer = await answered(line, verb(request));
      await write({ ...line, outcome: 'seen', rows: rowsOf(answer) }, { durable: false });
      return answer;
    };
  };

  /** The answer of a verb; a failure leaves its line first. */
  async function answered<Answer>(line: Omit<AuditLine, 'outcome' | 'status'>, answer: Promise<Answer>): Promise<Answer> {
    return answer.catch(async (failure: unknown) => {
      await write({ ...line, ...endOf(failure) }, { durable: false });
      throw failure;
    });
  }

  const write = (...line: Parameters<Audit['write']>) => sure(audit.write(...line));

  /** A caller may send the same request again: the writer has told the operators the reason, if it is not a database that is away. */
  async function sure(written: Promise<void>): Promise<void> {
    await written.catch(() => {
      throw new Refused('no-answer');
    });
  }

  const endOf = (failure: unknown): Pick<AuditLine, 'outcome' | 'status'> => {
    const status = statusOf(failure);
    return { outcome: status < 500 ? 'refused' : 'failed', status };
  };

  return {
    open: before('open', 'done', verbs.open, ({ caller, key }) => (typeof key === 'string' ? referenceOf(hash, caller, key) : undefined)),
    find: beside('read', verbs.find),
    timeline: beside('timeline', verbs.timeline),
    explain: beside('deadline', verbs.explain),
    intake: beside('intake', verbs.intake),
    tell: beside('tell', verbs.tell),
    accessLog: before('accessLog', 'seen', verbs.accessLog, referenceIn),
    list: shown('list', verbs.list),
    tasks: shown('tasks', verbs.tasks, { namesCases: true }),
    board: shown('board', verbs.board),
    forecast: shown('forecast', verbs.forecast),
    changes: shown('changes', verbs.changes),
    outages: shown('outages', verbs.outages),
    outage: shown('lateMoments', verbs.outage, { namesCases: true }),
    statisticTables: counted('statistics', verbs.statisticTables, ({ length }) => length),
    statistic: counted('statistics', verbs.statistic, numberOfRows),
    publications: counted('publications', verbs.publications, ({ length }) => length),
    publication: counted('publications', verbs.publication, ({ statistic }) => numberOfRows(statistic)),
    publish: before('publish', 'done', verbs.publish, () => undefined),
  };
}

function lineOf(did: Deed, { caller, request }: VerbRequest, reference: string | undefined): Omit<AuditLine, 'outcome' | 'status'> {
  const { id: who, roles, office, partner } = caller;
  return { did, who, roles, office, partner, reference, purpose: purposes[did], request: request.id, trace: request.trace };
}

const purposes: Readonly<Record<Deed, Purpose>> = {
  open: 'guidance',
  read: 'guidance',
  timeline: 'guidance',
  deadline: 'guidance',
  intake: 'guidance',
  tell: 'guidance',
  accessLog: 'oversight',
  list: 'guidance',
  tasks: 'guidance',
  board: 'oversight',
  forecast: 'oversight',
  changes: 'guidance',
  outages: 'oversight',
  lateMoments: 'oversight',
  statistics: 'statistics',
  publications: 'statistics',
  publish: 'statistics',
};

function numberOfRows(statistic: StatisticView): number {
  return 'periods' in statistic ? statistic.periods.reduce((sum, { rows }) => sum + rows.length, 0) : statistic.rows.length;
}

function referenceIn(request: VerbRequest | CaseRequest): string | undefined {
  return 'reference' in request && request.reference !== '' ? request.reference : undefined;
}

function referencesIn(item: object): readonly string[] {
  return 'reference' in item && typeof item.reference === 'string' ? [item.reference] : [];
}
