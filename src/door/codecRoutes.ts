import { randomUUID } from 'node:crypto';
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Caller } from '../domain/basics/roles';
import { addressOf } from '../login/callerAddress';
import { callLimit } from '../login/callLimit';
import type { Identity } from '../login/identity';
import type { Login } from '../login/login';
import { LoginRefused } from '../login/loginRefused';
import { isOwnRequest } from '../login/ownRequest';
import type { RefusedCalls } from '../login/refusedCalls';
import { traceOf } from '../login/trace';
import type { Asking, Decoding } from './decode';
import { DoorRefused } from './refused';
import { bodyWith, payloadsIn } from './wire';

/** The most requests to decode in a minute for each person; ours. A person at work needs some twenty for each case. */
const requestsPerMinute = 120;

export interface CodecParts {
  readonly login: Pick<Login, 'callerOf'>;
  readonly identity: Pick<Identity, 'identify'>;
  readonly mayEnter: (caller: Caller) => boolean;
  readonly decoding: Decoding;
  readonly refused: Pick<RefusedCalls, 'count'>;
  readonly origin: string;
}

/**
 * Decodes payloads for the Web UI, which is a page of the same origin, and for the command line with a bearer token. No answer has a header
 * that lets a page of another origin read it.
 */
export function codecRoutes(parts: CodecParts): Router {
  const limit = callLimit(requestsPerMinute);
  const admitted = async (request: Request, response: Response): Promise<Asking> => {
    const caller = await callerOf(request, parts);
    const asking = { caller, request: randomUUID(), trace: traceOf(request.get('traceparent')) };
    response.set('X-Request-Id', asking.request);
    const secondsToWait = await limit(caller);
    if (secondsToWait !== undefined) {
      parts.refused.count({ did: 'call', who: caller.id, status: 429 });
      throw tooMany(secondsToWait);
    }
    if (parts.mayEnter(caller)) return asking;
    await parts.decoding.refuse(asking, 403);
    throw new DoorRefused(403, 'role-not-allowed', 'this is not for your role');
  };
  const decode = async (request: Request, response: Response) => {
    const asking = await admitted(request, response);
    response.json(bodyWith(await parts.decoding.decode(await payloadsOf(request, response), asking)));
  };
  const encode = async (request: Request, response: Response) => {
    await admitted(request, response);
    // The Temporal CLI encodes an empty list before every query. Refusing that list would make its queries impossible.
    if ((await payloadsOf(request, response)).length > 0) throw new DoorRefused(403, 'not-here', 'nothing is encoded here');
    response.json(bodyWith([]));
  };
  const router = Router({ strict: true, caseSensitive: true });
  router.post('/codec/decode', decode);
  router.post('/codec/encode', encode);
  router.use('/codec', () => {
    throw new DoorRefused(405, 'method-not-allowed', 'there is POST /codec/decode', { Allow: 'POST' });
  });
  return router;
}

/** The caller by their bearer token, else by the session of the page. Only the page itself may use the session. */
async function callerOf(request: Request, { login, identity, refused, origin }: CodecParts): Promise<Caller> {
  const { authorization } = request.headers;
  const isOurs = isOwnRequest(request, origin);
  if (request.get('Sec-Fetch-Site') !== undefined && !isOurs) throw notOurPage();
  if (authorization !== undefined) return identity.identify(authorization).catch(countedBy(request, refused));
  const caller = login.callerOf(request);
  if (caller === undefined) throw new DoorRefused(401, 'not-logged-in', 'log in again');
  if (!isOurs) throw notOurPage();
  return caller;
}

function countedBy(request: Request, refused: CodecParts['refused']) {
  return (failure: unknown): never => {
    if (failure instanceof LoginRefused && failure.code !== 'no-answer')
      refused.count({ did: 'login', from: addressOf(request), status: failure.code === 'role-not-allowed' ? 403 : 401 });
    throw failure;
  };
}

function notOurPage(): DoorRefused {
  return new DoorRefused(403, 'not-here', 'not a page of this service');
}

function tooMany(seconds: number): DoorRefused {
  return new DoorRefused(429, 'too-many', 'too many requests in a minute', { 'Retry-After': String(seconds) });
}

// The content of a case is as long as its history. The server's own answers are at most 4 MB long.
const json: RequestHandler = express.json({ limit: '8mb', type: () => true });

async function payloadsOf(request: Request, response: Response) {
  await new Promise<void>((resolve, reject) => {
    void json(request, response, (error?: unknown) => (error instanceof Error ? reject(error) : resolve()));
  }).catch((error: unknown) => {
    const isTooLarge = (error as { readonly status?: unknown }).status === 413;
    throw isTooLarge ? new DoorRefused(413, 'too-large', 'the body is too large') : notAList();
  });
  const payloads = payloadsIn(request.body);
  if (payloads === undefined) throw notAList();
  return payloads;
}

function notAList(): DoorRefused {
  return new DoorRefused(400, 'invalid-request', 'not a list of payloads');
}
