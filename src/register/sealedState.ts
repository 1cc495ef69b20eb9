import type { CaseFile, CaseStart } from '../domain/case/caseFile';
import type { CaseKey } from '../privacy/caseKeys';
import type { CaseStateRow } from '../store/register';
import { openedOrNone, seals } from './seals';

/** What is sealed of a case, beside its facts. */
export interface SealedState extends Pick<CaseFile, 'counted' | 'outbox'> {
  readonly start: Omit<CaseStart, 'edition'>;
  readonly edition: { readonly name: string; readonly hash: string };
  /** The number of its facts, and a hash of them. */
  readonly entries: number;
  readonly mark: string;
}

/** The state in a row; undefined where it does not open, or belongs to another edition than the row names. */
export function openedState(
  { sealed, revision, edition }: Pick<CaseStateRow, 'sealed' | 'revision' | 'edition'>,
  reference: string,
  key: CaseKey,
): SealedState | undefined {
  const state = openedOrNone(key, sealed, seals.state(reference, revision)) as SealedState | undefined;
  return state?.edition.hash === edition.toString('hex') ? state : undefined;
}
