/* The order in which the letters of one wake are sent: a letter may have to wait for the answers to others. */

import type { Letter } from '../domain/state/outbox';

/**
 * The letters in order: each comes after those that may be forwarded to its addressee. Where letters may be forwarded in a circle, the
 * first of them comes first.
 */
export function sendingOrder(letters: readonly Letter[], mayBeForwardedTo: (letter: Letter, other: Letter) => boolean): readonly Letter[] {
  if (letters.length === 0) return [];
  const free = letters.filter((letter) => !letters.some((each) => each !== letter && mayBeForwardedTo(each, letter)));
  const next = free.length > 0 ? free : letters.slice(0, 1);
  const rest = letters.filter((letter) => !next.includes(letter));
  return [...next, ...sendingOrder(rest, mayBeForwardedTo)];
}
