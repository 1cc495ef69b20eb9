import type { FactType } from '../domain/facts/fields';
import type { RefusalCode } from '../domain/refusal';
import type { Stage } from '../domain/situation';
import type { Numbers } from '../domain/watch';

interface Kind {
  readonly status: number;
  readonly title: string;
  /** What to say when there is nothing more particular. */
  readonly detail: string;
}

const conflict = (title: string, detail: string): Kind => ({ status: 409, title, detail });

/** Every problem the API answers with. The codes are stable; `type` is their path under /problems/. */
const kinds = {
  'invalid-request': { status: 400, title: 'Invalid request', detail: 'The request is not well formed; each fault is named in errors.' },
  'broken-json': { status: 400, title: 'Broken JSON', detail: 'The body is not a JSON object in UTF-8.' },
  'date-in-future': { status: 400, title: 'Date in the future', detail: 'A fact is something that has happened.' },
  'not-logged-in': { status: 401, title: 'Not logged in', detail: 'A bearer token is required.' },
  'token-not-valid': { status: 401, title: 'Token not valid', detail: 'The token is not one of our issuer for this service.' },
  'token-expired': { status: 401, title: 'Token expired', detail: 'Get a new token and send the request again.' },
  'role-not-allowed': { status: 403, title: 'Not allowed', detail: 'This is not for your role to tell or to see.' },
  'other-office': { status: 403, title: 'Another office', detail: 'This belongs to another office than yours.' },
  'not-found': { status: 404, title: 'Not found', detail: 'There is no such pathway, or it is not for you to see.' },
  'unknown-path': { status: 404, title: 'Unknown path', detail: 'There is nothing here; openapi.json names what there is.' },
  'method-not-allowed': { status: 405, title: 'Method not allowed', detail: 'The header Allow names the methods that are possible here.' },
  'case-ended': {
    status: 410,
    title: 'Case ended',
    detail:
      'This pathway was ended in Temporal: its clock stands still and no mail leaves. Only a repair on our side helps; tell operations.',
  },
  'too-large': { status: 413, title: 'Too large', detail: 'The body is larger than 100 kB.' },
  'wrong-content-type': { status: 415, title: 'Wrong content type', detail: 'The body has to be application/json.' },
  'our-fault': { status: 500, title: 'Our fault', detail: 'Something failed on our side. The header X-Request-Id helps to find out what.' },
  'no-answer': { status: 503, title: 'No answer in time', detail: 'Nothing was lost: send the same request with the same key again.' },
  'case-blocked': {
    status: 503,
    title: 'Case blocked',
    detail: 'This pathway waits for a repair on our side; send the same request again later.',
  },
  'not-ready': { status: 503, title: 'Not ready', detail: 'A part that the service needs is missing or wrong; parts says which.' },

  'idempotency-key-reused': conflict('Key used before', 'This Idempotency-Key was sent before with another body.'),
  'fact-not-possible': conflict('Fact not possible', 'This fact is not possible now.'),
  'unknown-task': conflict('Unknown task', 'The pathway has no such task.'),
  'date-before-start': conflict('Date before the start', 'The fact is dated before the first indication.'),
  'already-recorded': conflict('Already recorded', 'This was recorded before.'),
  'no-second-period': conflict('No second period', 'The reflection period is had once.'),
  'not-renewable': conflict('Not renewable', 'A humanitarian permit is never renewed.'),
  'same-person': conflict('The same person', 'Who proposed a route does not decide it.'),
  'later-fact-depends': conflict(
    'A later fact depends on it',
    'Without it a later fact would have been impossible; missing names the first.',
  ),
  'no-proposal': conflict('No proposal', 'There is no open proposal of that route.'),
} as const satisfies Readonly<Record<string, Kind>> & Readonly<Record<RefusalCode, Kind>>;

export type ProblemCode = keyof typeof kinds;
export const problemCodes = Object.keys(kinds) as ProblemCode[];

/** One fault in what was sent; never what was sent itself. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

interface More {
  readonly detail?: string | undefined;
  readonly errors?: readonly Fault[];
  readonly stage?: Stage;
  readonly missing?: readonly string[];
  readonly allowedFacts?: readonly FactType[];
  readonly parts?: Readonly<Record<string, 'up' | 'down'>>;
  readonly cases?: Numbers;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why a request was not answered as asked; whoever throws it names the reason, the table knows how it is told. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    private readonly more: More = {},
  ) {
    super(code);
  }

  get status(): number {
    return kinds[this.code].status;
  }

  get headers(): Readonly<Record<string, string>> {
    return this.more.headers ?? {};
  }

  /** The answer's body (RFC 9457). */
  get body(): Readonly<Record<string, unknown>> {
    const { status, title, detail } = kinds[this.code];
    const { headers: _, detail: particular, ...more } = this.more;
    return { type: `/problems/${this.code}`, title, status, detail: particular ?? detail, code: this.code, ...more };
  }
}

/** Bad input, with all its faults. */
export function invalid(...errors: readonly Fault[]): Problem {
  return new Problem('invalid-request', { errors });
}
