import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import { dateOf, instantOf } from '../../domain/basics/calendar';
import type { Stage } from '../../domain/state/situation';
import { searchAttributes, workflowIdOf, workflowType } from '../../workflows/messages';
import { firstBucket, narrower, nextBucket, startOfReferences } from './buckets';
import type { Hash } from '../../api/deps';
import type { Ask } from './call';
import { invalid } from '../../api/problems/problems';

/** A page of the board: one line a case, in the order of their references. */
export interface BoardPage {
  readonly items: readonly {
    readonly reference: string;
    readonly stage: Stage;
    readonly since: string;
    readonly nextDate: string | null;
    readonly escalated: boolean;
  }[];
  /** Where the next page begins, if there is one. */
  readonly next: string | null;
}

export interface BoardFilter {
  readonly stage?: Stage | undefined;
  readonly office?: string | undefined;
  readonly cursor?: string | undefined;
}

export type Board = ReturnType<typeof boardOf>;
const pageSize = 50;
/** For so long a run that went on in a new one is asked for too: the engine may need a while to list the new one, and its clock may not be ours; ours. */
const listedAnewWithinMs = 120_000;

/**
 * The board of all open cases, from what the engine keeps readable of each. Its own pages follow the start of a run, so that a case which
 * goes on in a new run meanwhile moves to a page that was read before. A reference stays: cases are read in buckets of references that
 * begin alike, each in one answer of the engine, and a cursor names the bucket and the last reference. It is sealed with the filter: one of another
 * list would skip cases.
 */
export function boardOf(
  { workflowService, options: { namespace, loadedDataConverter } }: Client,
  ask: Ask,
  hash: Hash,
  /** As many as the engine lists in one answer. */
  wholeBucket = 1_000,
) {
  /** The cases of a bucket, by reference; null where there are more than one answer of the engine holds. */
  async function readWhole(bucket: string, filter: Filter): Promise<readonly Run[] | null> {
    const query = queryFor(filter, workflowIdOf(startOfReferences(bucket)));
    const from = { namespace, query, pageSize: wholeBucket };
    const { executions, nextPageToken } = await ask(() => workflowService.listWorkflowExecutions(from));
    return nextPageToken.length > 0 ? null : casesAmong(executions.map(runOf), filter);
  }

  async function lineOf({ reference, stage, nextDate, escalated, memo }: Run): Promise<BoardPage['items'][number]> {
    const since = await opened(memo['since'], workflowIdOf(reference));
    return { reference, stage, since, nextDate, escalated };
  }

  /** The memo is encrypted, as all that the engine keeps but the search attributes. */
  async function opened(sealed: Payload | null | undefined, workflowId: string): Promise<string> {
    const context = { type: 'workflow' as const, namespace, workflowId };
    let payloads = sealed ? [sealed] : [];
    for (const codec of loadedDataConverter.payloadCodecs.toReversed()) payloads = await codec.decode(payloads, context);
    return payloads[0] === undefined ? '' : loadedDataConverter.payloadConverter.fromPayload(payloads[0]);
  }

  const sealOf = ({ stage, office }: Filter, place: string) =>
    hash('cursor', JSON.stringify([stage, office, place]))
      .toString('base64url')
      .slice(0, 16);

  return {
    async page({ cursor, ...filter }: BoardFilter): Promise<BoardPage> {
      const [from = firstBucket, last = '', seal] = cursor?.split('.') ?? [];
      if (cursor !== undefined && seal !== sealOf(filter, `${from}.${last}`))
        throw invalid({ path: 'cursor', message: 'not a cursor of this list' });
      const found: Run[] = [];
      let bucket: string | null = from;
      while (bucket !== null) {
        const whole: readonly Run[] | null = await readWhole(bucket, filter);
        found.push(...(whole ?? []).filter(({ reference }) => reference > last));
        // One more than a page holds tells that there is another page.
        if (found.length > pageSize) break;
        bucket = whole === null ? narrower(bucket, last) : nextBucket(bucket);
      }
      const shown = found.slice(0, pageSize);
      const place = `${bucket}.${shown.at(-1)?.reference}`;
      return { items: await Promise.all(shown.map(lineOf)), next: bucket === null ? null : `${place}.${sealOf(filter, place)}` };
    },
  };
}

type Filter = Omit<BoardFilter, 'cursor'>;
type Execution = Awaited<ReturnType<Client['workflowService']['listWorkflowExecutions']>>['executions'][number];

/** A run of a case, as far as the engine keeps it readable. */
interface Run extends Omit<BoardPage['items'][number], 'since'> {
  /** Milliseconds since 1970. */
  readonly begun: number;
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
    begun: Number(startTime?.seconds ?? 0) * 1_000 + (startTime?.nanos ?? 0) / 1_000_000,
    stage: value(searchAttributes.stage.name) as Stage,
    nextDate: typeof nextDate === 'string' ? dateOf(instantOf(Date.parse(nextDate))) : null,
    escalated: value(searchAttributes.escalated.name) === true,
    memo: memo?.fields ?? {},
  };
}

/** Each case once, by its newest run, if that is in the stage that is asked for; in the order of their references. */
function casesAmong(runs: readonly Run[], { stage }: Filter): readonly Run[] {
  const newest = new Map(runs.toSorted((one, other) => one.begun - other.begun).map((run) => [run.reference, run]));
  const wanted = [...newest.values()].filter((run) => stage === undefined || run.stage === stage);
  return wanted.sort((one, other) => (one.reference < other.reference ? -1 : 1));
}

/**
 * Runs that are open, and those that went on in a new one a moment ago: between two runs the engine may list neither as open (seen with
 * server 1.32). Of a stage those begun a moment ago too, whichever theirs is: a case that has left it is not shown by the run before.
 */
function queryFor({ stage, office }: Filter, start: string): string {
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

/** Only values of closed sets come here; what could end a quoted text is refused all the same. */
function quoted(value: string): string {
  if (!/^[A-Za-z][A-Za-z0-9/-]*$/.test(value)) throw new Error('a filter of the board has to be a plain name');
  return `'${value}'`;
}
