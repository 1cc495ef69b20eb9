import { readsStatistics } from '../domain/rights/rights';
import type { Language } from '../domain/words';
import { Refused } from './refused';
import type { VerbRequest } from './request';

/** Refuses whoever does not read statistics in this way. No case is looked at, so the answer tells of none. */
export function refuseUnlessReads({ caller }: VerbRequest, how: 'exact' | 'published'): void {
  if (!readsStatistics(caller, how)) throw new Refused('role-not-allowed');
}

export function languageOf({ language = 'en' }: VerbRequest): Language {
  return language;
}
