import type { Instant } from '../domain/basics/calendar';
import type { Caller } from '../domain/basics/roles';
import type { Language } from '../domain/words';

/** A caller, the instant at which they ask, and their language. */
export interface Asking {
  readonly caller: Caller;
  readonly now: Instant;
  /** English, unless it names another. */
  readonly language?: Language | undefined;
}

/** One request of a front end. The caller is known; nothing that they sent has been checked yet. */
export interface VerbRequest extends Asking {
  /** The name that the caller gives a change: the same name and body change nothing more. */
  readonly key?: unknown;
  /** Filters and wishes beside the body. */
  readonly options?: unknown;
  readonly body?: unknown;
}

/** A request about one case. */
export interface CaseRequest extends VerbRequest {
  readonly reference: string;
}
