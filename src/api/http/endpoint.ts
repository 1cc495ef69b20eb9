import type { Request, RequestHandler, Response } from 'express';
import type { StaffList } from '../../casework/installation';
import type { CaseRequest } from '../../casework/request';
import { standingIn } from '../../casework/standIns';
import { dateOf, instantOf } from '../../domain/basics/calendar';
import type { Caller } from '../../domain/basics/roles';
import type { Language } from '../../domain/words';
import { addressOf } from '../../login/callerAddress';
import type { CallLimit } from '../../login/callLimit';
import type { Identify } from '../../login/identity';
import type { RefusedCalls } from '../../login/refusedCalls';
import { traceOf } from '../../login/trace';
import { Problem } from '../problems/problem';
import { readBody } from './body';
import { statusOf } from './errorHandler';
import { send, type Reply } from './replies';

/** A request whose caller is known. Casework checks the rest. */
export interface Asked extends CaseRequest {
  /** The case in the path; empty where the path names none. */
  readonly reference: string;
  /** All names in the path. */
  readonly named: Readonly<Record<string, string>>;
  readonly language: Language;
  /** Whether the caller prefers the answer as a calendar. */
  readonly asCalendar: boolean;
  /** Whether the caller prefers the answer as a table: all of it in one CSV. */
  readonly whole: boolean;
  /** The form of a table that the caller prefers. */
  readonly tableForm: TableForm;
  /** Aborted when the caller has left without waiting for the answer. */
  readonly left: AbortSignal;
}

/** A table as data, as a sheet or as a chart. */
export const tableForms = { json: 'application/json', csv: 'text/csv', svg: 'image/svg+xml' } as const;
export type TableForm = keyof typeof tableForms;

type Answer = (asked: Asked) => Reply | Promise<Reply>;

/** Handlers of requests: first the caller is identified, then the request is read, then `answer` is asked. */
export interface Endpoints {
  /** A request without a body. */
  get(answer: Answer): RequestHandler;
  /** A request with a body. */
  post(answer: Answer): RequestHandler;
}

interface Parts {
  readonly identify: Identify;
  readonly staff: StaffList;
  readonly limit: CallLimit;
  readonly refused: Pick<RefusedCalls, 'count'>;
  readonly clock: () => number;
}

type Read = (request: Request, response: Response) => Promise<unknown>;

export function endpointsFor({ identify, staff, limit, refused, clock }: Parts): Endpoints {
  /** The caller, within their limit. */
  async function admitted(request: Request): Promise<Caller> {
    const caller = await identify(request.headers.authorization).catch((failure: unknown) => {
      const status = statusOf(failure);
      if (status < 500) refused.count({ did: 'login', from: addressOf(request), status });
      throw failure;
    });
    const secondsToWait = await limit(caller);
    if (secondsToWait === undefined) return caller;
    const tooMany = new Problem('too-many', { headers: { 'Retry-After': String(secondsToWait) } });
    refused.count({ did: 'call', who: caller.id, status: tooMany.status });
    throw tooMany;
  }

  const handled =
    (read: Read, answer: Answer): RequestHandler =>
    async (request, response) => {
      const now = instantOf(clock());
      const caller = standingIn(staff, await admitted(request), dateOf(now));
      const sent = { key: request.get('Idempotency-Key'), options: request.query, ...(await bodyOf(read, request, response)) };
      const names = { id: String(response.getHeader('X-Request-Id')), trace: traceOf(request.get('traceparent')) };
      send(response, await answer({ caller, now, request: names, ...sent, ...wishesOf(request), left: leftBy(response) }));
    };
  return {
    get: (answer) => handled(async () => undefined, answer),
    post: (answer) => handled(readBody, answer),
  };
}

/** A body that cannot be read is refused by the verb, which leaves a line about it. */
async function bodyOf(read: Read, request: Request, response: Response): Promise<Pick<Asked, 'body' | 'unreadable'>> {
  try {
    return { body: await read(request, response) };
  } catch (failure) {
    return { unreadable: failure instanceof Error ? failure : new Error('the body cannot be read') };
  }
}

function wishesOf(request: Request): Pick<Asked, 'reference' | 'named' | 'language' | 'asCalendar' | 'whole' | 'tableForm'> {
  const named = request.params as Readonly<Record<string, string>>;
  return {
    reference: named['reference'] ?? '',
    named,
    language: request.acceptsLanguages(['en', 'nl']) === 'nl' ? 'nl' : 'en',
    asCalendar: request.accepts(['application/json', 'text/calendar']) === 'text/calendar',
    whole: request.accepts(['application/json', 'text/csv']) === 'text/csv',
    tableForm: formIn(request.accepts(Object.values(tableForms))),
  };
}

function formIn(accepted: string | readonly string[] | false): TableForm {
  const forms = Object.keys(tableForms) as TableForm[];
  return forms.find((form) => tableForms[form] === accepted) ?? 'json';
}

function leftBy(response: Response): AbortSignal {
  const left = new AbortController();
  // The answer would be that of a silent engine, if anybody were there to read it.
  response.once('close', () => left.abort(new Problem('no-answer')));
  return left.signal;
}
