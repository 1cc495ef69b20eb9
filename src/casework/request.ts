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

/** The names by which others find a request again. They tell nothing. */
export interface RequestNames {
  readonly id: string;
  /** The trace that the request belongs to: 32 hexadecimal digits (W3C Trace Context). */
  readonly trace: string;
}

/** One request of a front end. The caller is known; nothing that they sent has been checked yet. */
export interface VerbRequest extends Asking {
  readonly request: RequestNames;
  /** The name that the caller gives a change: the same name and body change nothing more. */
  readonly key?: unknown;
  /** Filters and wishes beside the body. */
  readonly options?: unknown;
  readonly body?: unknown;
  /** The reason for which the front end could not read the body. The verb refuses the request with it. */
  readonly unreadable?: Error | undefined;
}

/** A request about one case. */
export interface CaseRequest extends VerbRequest {
  readonly reference: string;
}
