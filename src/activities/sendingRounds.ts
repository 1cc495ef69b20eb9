/* The order in which the letters of one wake are sent: a letter may have to wait for the answers to others. */

import type { Letter } from '../domain/state/outbox';

/**
 * The letters in rounds. A letter is in a later round than those that may be forwarded to its addressee. Where letters may be forwarded
 * in a circle, the first of them goes first.
 */
export function sendingRounds(
  letters: readonly Letter[],
  mayBeForwardedTo: (letter: Letter, other: Letter) => boolean,
): readonly (readonly Letter[])[] {
  if (letters.length === 0) return [];
  const free = letters.filter((letter) => !letters.some((each) => each !== letter && mayBeForwardedTo(each, letter)));
  const round = free.length > 0 ? free : letters.slice(0, 1);
  const rest = letters.filter((letter) => !round.includes(letter));
  return [round, ...sendingRounds(rest, mayBeForwardedTo)];
}
