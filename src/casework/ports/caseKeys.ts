import type { Caller } from '../../domain/basics/roles';

/** The keys under which the engine keeps the cases. */
export interface CaseKeys {
  /**
   * Makes the key of a case before the case begins, unless it has one. A case that began and lost its key gets no other: the refusal is that of
   * a case that is blocked. Refused as `no-answer` while nobody can make it.
   */
  make(reference: string, office: string, by: Caller): Promise<void>;
}
