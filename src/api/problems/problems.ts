import type { RefusedCode } from '../../casework/refused';
import { ruleProblems, type Kind, type Meets } from './ruleProblems';

const sendAgain = 'Send the same request again after the seconds in Retry-After, with the same Idempotency-Key.';
const logIn = 'Get a token from the issuer of this installation and send the request again.';

/** Every problem that the API answers with. The codes are stable. `type` is a code's path under /problems/, where it is explained. */
const kinds = {
  'invalid-request': {
    status: 400,
    title: 'Invalid request',
    detail: 'The request is not well formed; each fault is named in errors.',
    remedy: 'Put right every fault that errors names and send the request again.',
    when: 'any',
  },
  'broken-json': {
    status: 400,
    title: 'Broken JSON',
    detail: 'The body is not a JSON object in UTF-8.',
    remedy: 'Send one JSON object, in UTF-8 and compressed as its headers say.',
    when: 'body',
  },
  'not-http': {
    status: 400,
    title: 'Not HTTP',
    detail: 'The request is not HTTP as RFC 9112 has it.',
    remedy: 'Send the request with a library that speaks HTTP.',
    when: 'none',
  },
  'cursor-expired': {
    status: 400,
    title: 'Cursor expired',
    detail: 'The database was restored since this cursor was given.',
    remedy: 'Begin the list anew, without a cursor. Whoever keeps a copy reads it anew.',
    when: 'list',
  },
  'date-in-future': {
    status: 400,
    title: 'Date in the future',
    detail: 'A fact is something that has happened.',
    remedy: 'Tell the fact on the day on which it happens, or later.',
    when: 'recording',
  },
  'not-logged-in': { status: 401, title: 'Not logged in', detail: 'A bearer token is required.', remedy: logIn, when: 'login' },
  'token-not-valid': {
    status: 401,
    title: 'Token not valid',
    detail: 'The token is not one of our issuer for this service.',
    remedy: 'Compare issuer, audience and claims of the token with docs/integrating.md.',
    when: 'login',
  },
  'token-expired': {
    status: 401,
    title: 'Token expired',
    detail: 'Get a new token and send the request again.',
    remedy: logIn,
    when: 'login',
  },
  'role-not-allowed': {
    status: 403,
    title: 'Not allowed',
    detail: 'This is not for your role to record or to see.',
    remedy: 'Ask somebody who has the role; allowedFacts of the pathway names the facts that you may record.',
    when: 'login',
  },
  'other-office': {
    status: 403,
    title: 'Another office',
    detail: 'This belongs to another office than yours.',
    remedy: 'Name your own office, or ask somebody of that office.',
    when: 'office',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    detail: 'There is no such pathway, or it is not for you to see.',
    remedy: 'Compare the names in the path with their source.',
    when: 'named',
  },
  'unknown-path': {
    status: 404,
    title: 'Unknown path',
    detail: 'There is nothing at this path; openapi.json names every path.',
    remedy: 'Take the path from /v1/openapi.json; none of them ends in a slash.',
    when: 'none',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    detail: 'The header Allow names the methods that are possible here.',
    remedy: 'Use one of the methods that Allow names.',
    when: 'none',
  },
  'case-ended': {
    status: 410,
    title: 'Case ended',
    detail: 'This pathway was ended in Temporal: its clock stands still and no mail leaves.',
    remedy: 'Tell operations: only a repair on our side helps.',
    when: 'aCase',
  },
  'too-slow': {
    status: 408,
    title: 'Too slow',
    detail: 'The request did not arrive in time.',
    remedy: 'Send the request again, whole.',
    when: 'none',
  },
  'too-large': {
    status: 413,
    title: 'Too large',
    detail: 'The body is larger than 100 kB.',
    remedy: 'Send less at once; no well-formed request is that large.',
    when: 'body',
  },
  'wrong-content-type': {
    status: 415,
    title: 'Wrong content type',
    detail: 'The body has to be application/json in UTF-8, as it is or compressed with gzip, deflate or br.',
    remedy: 'Send the body as application/json, with that Content-Type and the Content-Encoding that it has.',
    when: 'body',
  },
  'too-many': {
    status: 429,
    title: 'Too many',
    detail: 'You sent more requests than one caller may in a minute, or a preview is being made for you or previews for others.',
    remedy: 'Send the same request again after the seconds in Retry-After; ask for one preview at a time.',
    when: 'login',
    retryAfter: 5,
  },
  'headers-too-large': {
    status: 431,
    title: 'Headers too large',
    detail: 'The first line and the headers are larger than 16 kB.',
    remedy: 'Send fewer headers, and no cookies.',
    when: 'none',
  },
  'our-fault': {
    status: 500,
    title: 'Our fault',
    detail: 'Something failed on our side. The header X-Request-Id helps to find the cause.',
    remedy: 'Send the same request once more; if it fails again, tell operations its X-Request-Id.',
    when: 'any',
  },
  'no-answer': {
    status: 503,
    title: 'No answer in time',
    detail: 'Nothing was lost: send the same request with the same key again.',
    remedy: sendAgain,
    when: 'login',
    retryAfter: 5,
  },
  'case-blocked': {
    status: 503,
    title: 'Case blocked',
    detail: 'This pathway waits for a repair on our side; send the same request again later.',
    remedy: sendAgain,
    when: 'aCase',
    retryAfter: 300,
  },
  'register-filling': {
    status: 503,
    title: 'Register filling',
    detail: 'Lists are answered once every case is in the register; cases one by one are answered as always.',
    remedy: 'Send the same request again later. Operations see how far register:rebuild has come.',
    when: 'list',
    retryAfter: 60,
  },
  'not-ready': {
    status: 503,
    title: 'Not ready',
    detail: 'A part that the service needs is missing or wrong; parts says which.',
    remedy: 'Send no requests here until it is ready; operations starts the part that is down.',
    when: 'readiness',
    retryAfter: 5,
  },

  'idempotency-key-reused': {
    status: 409,
    title: 'Key used before',
    detail: 'This Idempotency-Key was sent before with another body.',
    remedy: 'Send another request with another key; the same request keeps its key and its body.',
    when: 'change',
  },
  'published-before': {
    status: 409,
    title: 'Published before',
    detail: 'This table was published for this period; publication is the path of what stands.',
    remedy: 'Read the publication that there is: a published table is never changed.',
    when: 'publishing',
  },
  ...ruleProblems,
} as const satisfies Readonly<Record<string, Kind>> & Readonly<Record<RefusedCode, Kind>>;

export type ProblemCode = keyof typeof kinds;
export const problemCodes = Object.keys(kinds) as ProblemCode[];

/** The meaning of a problem, at its own address. */
export interface Explanation {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly remedy: string;
}

/** The meaning of a problem and the caller's next step, as its address answers. */
export function explanationOf(code: ProblemCode): Explanation {
  const { title, status, detail, remedy } = kinds[code];
  return { type: typeOf(code), title, status, detail, remedy };
}

/** The entry of the table for a code. */
export function kindOf(code: ProblemCode): Kind {
  return kinds[code];
}

/** The problems that requests of these kinds can be answered with. */
export function problemsMetBy(requests: readonly Meets[]): readonly { readonly code: ProblemCode; readonly status: number }[] {
  return problemCodes.filter((code) => requests.includes(kinds[code].when)).map((code) => ({ code, status: kinds[code].status }));
}

/** The address of a problem. */
export function typeOf(code: ProblemCode): string {
  return `/problems/${code}`;
}
