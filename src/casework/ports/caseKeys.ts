/** The keys under which the engine keeps the cases. */
export interface CaseKeys {
  /** Makes the key of a case before the case begins, unless it has one. Refused as `no-answer` while nobody can make it. */
  make(reference: string, office: string): Promise<void>;
}
