import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import { dateOf, instantOf } from '../domain/calendar';
import type { Stage } from '../domain/situation';
import { searchAttributes, workflowIdOf, workflowType } from '../workflows/messages';
import type { Hash } from './deps';
import type { Ask } from './engine';
import { invalid } from './problems';

/** A page of the board: one line a case. */
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
const prefix = workflowIdOf('');

/**
 * The board of all cases, from what the engine keeps readable of each. A cursor is the engine's own and sealed: it cannot
 * read a broken one, and one of another list would skip cases.
 */
export function boardOf({ workflowService, options: { namespace, loadedDataConverter } }: Client, ask: Ask, hash: Hash) {
  type Execution = Awaited<ReturnType<typeof workflowService.listWorkflowExecutions>>['executions'][number];

  async function lineOf({ execution, searchAttributes: readable, memo }: Execution): Promise<BoardPage['items'][number]> {
    const workflowId = execution?.workflowId ?? '';
    const value = (name: string): unknown => {
      const payload = readable?.indexedFields?.[name];
      return payload && defaultPayloadConverter.fromPayload(payload);
    };
    const nextDate = value(searchAttributes.nextDate.name);
    return {
      reference: workflowId.slice(prefix.length),
      stage: value(searchAttributes.stage.name) as Stage,
      since: await opened(memo?.fields?.['since'], workflowId),
      nextDate: typeof nextDate === 'string' ? dateOf(instantOf(Date.parse(nextDate))) : null,
      escalated: value(searchAttributes.escalated.name) === true,
    };
  }

  /** The memo is encrypted, as all that the engine keeps but the search attributes. */
  async function opened(sealed: Payload | null | undefined, workflowId: string): Promise<string> {
    const context = { type: 'workflow' as const, namespace, workflowId };
    let payloads = sealed ? [sealed] : [];
    for (const codec of loadedDataConverter.payloadCodecs.toReversed()) payloads = await codec.decode(payloads, context);
    return payloads[0] === undefined ? '' : loadedDataConverter.payloadConverter.fromPayload(payloads[0]);
  }

  const sealOf = (query: string, token: string) =>
    hash('cursor', JSON.stringify([query, token]))
      .toString('base64url')
      .slice(0, 16);

  return {
    async page({ cursor = '', ...filter }: BoardFilter): Promise<BoardPage> {
      const query = queryFor(filter);
      const [token = '', seal] = cursor.split('.');
      if (cursor !== '' && seal !== sealOf(query, token)) throw invalid({ path: 'cursor', message: 'not a cursor of this list' });
      const from = { namespace, query, pageSize, nextPageToken: Buffer.from(token, 'base64url') };
      const { executions, nextPageToken } = await ask(() => workflowService.listWorkflowExecutions(from));
      const items = await Promise.all(executions.map(lineOf));
      // While a case passes from one run to the next, both may be listed.
      const once = items.filter(({ reference }, at) => items.findIndex((other) => other.reference === reference) === at);
      const next = Buffer.from(nextPageToken).toString('base64url');
      return { items: once, next: next === '' ? null : `${next}.${sealOf(query, next)}` };
    },
  };
}

/** Only values of closed sets come here; what could end a quoted text is refused all the same. */
function queryFor({ stage, office }: Pick<BoardFilter, 'stage' | 'office'>): string {
  const wanted = [
    [searchAttributes.stage.name, stage],
    [searchAttributes.office.name, office],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${String(name)} = '${plain(value)}'`]));
  return [`WorkflowType = '${workflowType}'`, "ExecutionStatus = 'Running'", ...wanted].join(' AND ');
}

function plain(value: string): string {
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(value)) throw new Error('a filter of the board has to be a plain name');
  return value;
}
