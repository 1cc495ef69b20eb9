import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import { dateOf, instantOf, type PlainDate } from '../../domain/basics/calendar';
import type { Caller } from '../../domain/basics/roles';
import { may } from '../../domain/rights/rights';
import type { Stage } from '../../domain/state/situation';
import type { Memo } from '../../domain/views/caseMemo';
import { MasterKeyMissing } from '../../privacy/keyErrors';
import { searchAttributes, workflowIdOf, workflowType } from '../../workflows/messages';
import type { Hash } from '../installation';
import type { CaseList, CaseListFilter, CaseListItem } from '../ports/caseList';
import { invalid } from '../refused';
import { firstBucket, narrower, nextBucket, startOfReferences } from './buckets';
import type { CallEngine } from './call';
import { decryptedPayloads } from './payloads';
import { milliseconds } from './timestamps';

const pageSize = 50;
/** A run that went on in a new one is listed for so long. The engine may list the new run late, and its clock may not be ours; ours. */
const listedAnewWithinMs = 120_000;

/**
 * The list of all open cases, from the readable attributes of each run. The engine's own pages follow the start of a run. A case that
 * continues in a new run moves to a page that was read before. A reference stays. Cases are therefore read in buckets of references that begin
 * alike, each in one answer of the engine. A cursor names the bucket and the last reference. A hash binds it to its filter: in another list
 * it would skip cases.
 */
export function temporalCaseList(
  client: Client,
  callEngine: CallEngine,
  hash: Hash,
  /** Asks for the keys of many cases at once, before each is needed. */
  prefetch: (references: readonly string[]) => Promise<void>,
  /** The most runs that the engine lists in one answer. */
  wholeBucket = 1_000,
): CaseList {
  const {
    workflowService,
    options: { namespace },
  } = client;

  /** The cases of a bucket, by reference; null where one answer of the engine does not hold them all. */
  async function readWhole(bucket: string, filter: CaseListFilter): Promise<readonly Run[] | null> {
    const query = queryFor(filter, workflowIdOf(startOfReferences(bucket)));
    const from = { namespace, query, pageSize: wholeBucket };
    const { executions, nextPageToken } = await callEngine(() => workflowService.listWorkflowExecutions(from));
    return nextPageToken.length > 0 ? null : casesAmong(executions.map(runOf), filter);
  }

  async function decrypted({ reference, memo }: Run, name: keyof Memo): Promise<unknown> {
    const encrypted = memo[name];
    const [value] = await decryptedPayloads(client, workflowIdOf(reference), encrypted ? [encrypted] : []).catch(unlessOfOneCase);
    return value;
  }

  /** The line of a case; none for a case whose key is gone or does not open here, as for one that has ended. */
  async function itemOf(run: Run): Promise<readonly CaseListItem[]> {
    const { reference, stage, nextDate, escalated } = run;
    const since = await decrypted(run, 'since');
    return typeof since === 'string' ? [{ reference, stage, since: since as PlainDate, nextDate, escalated }] : [];
  }

  /** What `decrypt` makes of each run. The keys of all of them are asked for in one question. */
  async function decryptedAll<T>(runs: readonly Run[], decrypt: (run: Run) => Promise<T>): Promise<readonly T[]> {
    return callEngine(async () => {
      await prefetch(runs.map(({ reference }) => reference));
      return Promise.all(runs.map(decrypt));
    });
  }

  /** Whether a caller may list a case. One that does not say that the police may know of it is hidden from them. */
  async function isListed(run: Run, caller: Caller): Promise<boolean> {
    if (lists(caller, run.office, true)) return true;
    return lists(caller, run.office, false) && (await decrypted(run, 'hidden')) === 0;
  }

  async function listedOf(runs: readonly Run[], caller: Caller): Promise<readonly Run[]> {
    if (runs.every(({ office }) => lists(caller, office, true))) return runs;
    const listed = await decryptedAll(runs, (run) => isListed(run, caller));
    return runs.filter((_, place) => listed[place]);
  }

  const sealOf = ({ stage, office, caller }: CaseListFilter, position: string) =>
    hash('cursor', JSON.stringify([stage, office, caller.office, caller.roles.toSorted(), position]))
      .toString('base64url')
      .slice(0, 16);

  return {
    async page({ cursor, ...filter }) {
      const [from = firstBucket, last = '', seal] = cursor?.split('.') ?? [];
      if (cursor !== undefined && seal !== sealOf(filter, `${from}.${last}`))
        throw invalid({ path: 'cursor', message: 'not a cursor of this list' });
      const found: Run[] = [];
      let bucket: string | null = from;
      while (bucket !== null) {
        const whole: readonly Run[] | null = await readWhole(bucket, filter);
        const unread = (whole ?? []).filter(({ reference }) => reference > last);
        found.push(...(await listedOf(unread, filter.caller)));
        // One more than a page holds tells that there is another page.
        if (found.length > pageSize) break;
        bucket = whole === null ? narrower(bucket, last) : nextBucket(bucket);
      }
      const shown = found.slice(0, pageSize);
      // A narrow bucket would tell how many cases there are, hidden ones among them. The first bucket leads to it again.
      const listsAll = lists(filter.caller, filter.office ?? '', true);
      const position = `${listsAll ? bucket : firstBucket}.${shown.at(-1)?.reference}`;
      return {
        items: (await decryptedAll(shown, itemOf)).flat(),
        next: bucket === null ? null : `${position}.${sealOf(filter, position)}`,
      };
    },
  };
}

/** One case that this process cannot open must not take the list away from all callers. */
function unlessOfOneCase(failure: unknown): readonly unknown[] {
  if (failure instanceof MasterKeyMissing) return [];
  throw failure;
}

function lists(caller: Caller, office: string, hidden: boolean): boolean {
  return may(caller, 'list', { office, hidden }) === 'yes';
}

type Execution = Awaited<ReturnType<Client['workflowService']['listWorkflowExecutions']>>['executions'][number];

/** A run of a case, with its readable attributes. */
interface Run extends Omit<CaseListItem, 'since'> {
  readonly office: string;
  /** Milliseconds since 1970. */
  readonly begun: number;
  /** Encrypted, as everything that the engine keeps but the search attributes. */
  readonly memo: Readonly<Record<string, Payload>>;
}

function runOf({ execution, startTime, searchAttributes: readable, memo }: Execution): Run {
  const value = (name: string): unknown => {
    const payload = readable?.indexedFields?.[name];
    return payload && defaultPayloadConverter.fromPayload(payload);
  };
  const nextDate = value(searchAttributes.nextDate.name);
  return {
    reference: (execution?.workflowId ?? '').slice(workflowIdOf('').length),
    begun: milliseconds(startTime),
    stage: value(searchAttributes.stage.name) as Stage,
    nextDate: typeof nextDate === 'string' ? dateOf(instantOf(Date.parse(nextDate))) : null,
    office: value(searchAttributes.office.name) as string,
    escalated: value(searchAttributes.escalated.name) === true,
    memo: memo?.fields ?? {},
  };
}

/** Each case once, by its newest run, if that is in the wanted stage; in the order of the references. */
function casesAmong(runs: readonly Run[], { stage }: CaseListFilter): readonly Run[] {
  const newest = new Map(runs.toSorted((one, other) => one.begun - other.begun).map((run) => [run.reference, run]));
  const wanted = [...newest.values()].filter((run) => stage === undefined || run.stage === stage);
  return wanted.sort((one, other) => (one.reference < other.reference ? -1 : 1));
}

/**
 * Open runs, and runs that just continued in a new one. Between two runs the engine may list neither as open (seen with server 1.32).
 * A list of one stage also reads the runs that just began, in any stage. So a case that has left the stage is not shown by its
 * earlier run.
 */
function queryFor({ stage, office }: CaseListFilter, start: string): string {
  const justNow = new Date(Date.now() - listedAnewWithinMs).toISOString();
  const open = "ExecutionStatus = 'Running'";
  const inStage = stage === undefined ? [] : [`(${searchAttributes.stage.name} = ${quoted(stage)} OR StartTime > '${justNow}')`];
  const wentOn = `ExecutionStatus = 'ContinuedAsNew' AND CloseTime > '${justNow}'`;
  return [
    `WorkflowType = '${workflowType}'`,
    `WorkflowId STARTS_WITH ${quoted(start)}`,
    ...(office === undefined ? [] : [`${searchAttributes.office.name} = ${quoted(office)}`]),
    `((${[open, ...inStage].join(' AND ')}) OR (${wentOn}))`,
  ].join(' AND ');
}

/** Only values of closed sets come here. A value that could end the quoted text is refused all the same. */
function quoted(value: string): string {
  if (!/^[A-Za-z][A-Za-z0-9/-]*$/.test(value)) throw new Error('a filter of the case list has to be a plain name');
  return `'${value}'`;
}
