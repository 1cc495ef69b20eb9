import type { RegisterLag } from '../../casework/ports/readiness';
import type { Fault, RefusedDetails } from '../../casework/refused';
import type { FactType } from '../../domain/facts/catalogue';
import type { Numbers } from '../../domain/notifications/watch';
import { kindOf, typeOf, type ProblemCode } from './problems';

/** The data of a problem, beside its code. */
interface ProblemData {
  readonly errors?: readonly Fault[];
  readonly stage?: NonNullable<RefusedDetails['stage']>;
  readonly missing?: readonly string[];
  readonly allowedFacts?: readonly FactType[];
  /** The path of a publication. */
  readonly publication?: string;
  readonly parts?: Readonly<Record<string, 'up' | 'down'>>;
  readonly cases?: Numbers;
  readonly register?: RegisterLag;
}

/** The body of an answer that names a problem (RFC 9457). */
export interface ProblemBody extends ProblemData {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
}

interface More extends ProblemData {
  /** A sentence that is more particular than the table's. */
  readonly detail?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that was not answered as asked. The code stands for the entry of the table, which holds status, title and sentence. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    private readonly more: More = {},
  ) {
    super(code);
  }

  get status(): number {
    return kindOf(this.code).status;
  }

  get headers(): Readonly<Record<string, string>> {
    const { retryAfter } = kindOf(this.code);
    return { ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }), ...this.more.headers };
  }

  /** The answer's body (RFC 9457). */
  get body(): ProblemBody {
    const { status, title, detail } = kindOf(this.code);
    const { headers: _, detail: particular, ...more } = this.more;
    return { type: typeOf(this.code), title, status, detail: particular ?? detail, code: this.code, ...more };
  }
}
