import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { instantOf, type Instant } from '../../domain/basics/calendar';
import type { Caller } from '../../domain/basics/roles';
import type { Language } from '../../domain/words';
import { readBody } from './body';
import type { Hash } from '../deps';
import { checked } from '../../casework/requests/faults';
import { requestKey, type RequestKey } from '../../casework/requests/idempotency';
import type { Identify } from '../auth/identity';
import { invalid, Problem, type Fault } from '../problems/problems';
import { isReference } from '../../casework/requests/references';
import { send, type Reply } from './replies';

/** A request whose caller is known and whose shape is right. */
export interface Asked<Query, Body> {
  readonly caller: Caller;
  /** When it was received. */
  readonly now: Instant;
  /** Of the case in the path; empty where the path names none. */
  readonly reference: string;
  /** What else the path names. */
  readonly named: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly language: Language;
  /** Whether the caller would rather have the answer as a calendar. */
  readonly asCalendar: boolean;
  /** Says when the caller has left without waiting for the answer. */
  readonly left: AbortSignal;
}

/** One that changes something, and so says which request it is. */
export interface AskedToChange<Body> extends Asked<unknown, Body> {
  readonly key: RequestKey;
}

interface Shape<Query, Body> {
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
}

interface Door {
  readonly identify: Identify;
  readonly hash: Hash;
  readonly clock: () => number;
}

export type Route = ReturnType<typeof routeFor>;

/** Routes: who is calling, then whether what was sent is well formed, with all faults at once, then the answer. */
export function routeFor({ identify, hash, clock }: Door) {
  return {
    /** One that changes nothing. */
    read:
      <Query = unknown, Body = unknown>(
        shape: Shape<Query, Body>,
        answer: (asked: Asked<Query, Body>) => Reply | Promise<Reply>,
      ): RequestHandler =>
      async (request, response) => {
        const { asked } = await take(request, response, shape, []);
        send(response, await answer(asked));
      },

    /** One that changes something, once for each `Idempotency-Key`. */
    change:
      <Body>(shape: { readonly body: z.ZodType<Body> }, answer: (asked: AskedToChange<Body>) => Promise<Reply>): RequestHandler =>
      async (request, response) => {
        const { value = '', faults } = checked(idempotencyKey, request.get('Idempotency-Key'));
        const faultsOfIt = faults.map(({ message }) => ({ path: 'Idempotency-Key', message }));
        const { asked, sent } = await take(request, response, shape, faultsOfIt);
        send(response, await answer({ ...asked, key: requestKey(hash, asked.caller, value, sent) }));
      },
  };

  async function take<Query, Body>(
    request: Request,
    response: Response,
    shape: Shape<Query, Body>,
    faultsOfItsHeaders: readonly Fault[],
  ): Promise<{ readonly asked: Asked<Query, Body>; readonly sent: unknown }> {
    const now = instantOf(clock());
    const caller = await identify(request.headers.authorization);
    const reference = referenceIn(request);
    const sent = shape.body === undefined ? undefined : await readBody(request, response);
    const query = checked<unknown>(shape.query ?? nothing, request.query);
    const body = checked<unknown>(shape.body ?? anything, sent);
    const faults = [...faultsOfItsHeaders, ...query.faults, ...body.faults];
    if (faults.length > 0) throw invalid(...faults);
    const asked = {
      caller,
      now,
      reference,
      named: request.params as Readonly<Record<string, string>>,
      query: query.value as Query,
      body: body.value as Body,
      language: request.acceptsLanguages(['en', 'nl']) === 'nl' ? ('nl' as const) : ('en' as const),
      asCalendar: request.accepts(['application/json', 'text/calendar']) === 'text/calendar',
      left: leftBy(response),
    };
    return { asked, sent };
  }
}

const idempotencyKey = z.string().regex(/^[\x20-\x7e]{1,200}$/, '1 to 200 printable characters');
const nothing = z.strictObject({});
const anything = z.unknown();

// A reference that cannot be one names no case, so it is answered like one that names none.
function referenceIn({ params }: Request): string {
  const { reference } = params;
  if (reference === undefined) return '';
  if (typeof reference !== 'string' || !isReference(reference)) throw new Problem('not-found');
  return reference;
}

function leftBy(response: Response): AbortSignal {
  const left = new AbortController();
  // Answered as the engine's silence is, if anybody were there to read it.
  response.once('close', () => left.abort(new Problem('no-answer')));
  return left.signal;
}
