/* A letter that may be written: the form in which each kind of mail says what leaves now and when the next leaves. */

import { dateOf, type Instant } from '../basics/calendar';
import type { Item, Letter } from '../state/outbox';
import type { MailContext } from './mailContext';

/** A letter that a case will write at `at` unless something changes before. Without items it only says when to look again. */
export interface LetterCandidate {
  /** The id of the letter. */
  readonly id: string;
  readonly at: Instant;
  readonly kind: Letter['kind'];
  readonly to: string;
  readonly items: readonly Item[];
}

/** Names the candidates for one kind of mail, beside the letters that exist already. One function answers what leaves now and when the next leaves. */
export type CandidateMaker = (context: MailContext, letters: readonly Letter[]) => readonly LetterCandidate[];

/** The letters of the candidates that are due. */
export function lettersDue(candidates: readonly LetterCandidate[], now: Instant): readonly Letter[] {
  return candidates
    .filter(({ at, items }) => at <= now && items.length > 0)
    .map(({ id, kind, to, items }) => ({ id, kind, to, day: dateOf(now), items, firstTry: now, nextTry: now, triedRecipients: [] }));
}

/** One candidate for those of one id and instant. */
export function merged(candidates: readonly LetterCandidate[]): readonly LetterCandidate[] {
  const byLetter = new Map<string, LetterCandidate>();
  for (const candidate of candidates) {
    const key = `${candidate.at} ${candidate.id}`;
    const same = byLetter.get(key);
    byLetter.set(key, same === undefined ? candidate : { ...same, items: [...same.items, ...candidate.items] });
  }
  return [...byLetter.values()];
}

/** The same candidate with its first item in the id: a later letter of the same minute is another letter. */
export function namedByFirstItem(candidate: LetterCandidate): LetterCandidate {
  const [first] = candidate.items;
  return first === undefined ? candidate : { ...candidate, id: `${candidate.id}/${first.about}` };
}
