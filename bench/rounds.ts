import type { Arena } from './arena';
import { median } from './measuring';
import type { Side } from './sides/side';

/** How often each figure is measured; what is told is the median. */
export const rounds = 4;

/** What each round gave, of ours and of the bare workflow. */
export interface Rounds<T> {
  readonly ours: readonly T[];
  readonly bare: readonly T[];
}

/** Measures both sides in turn, the one and the other first, so that whatever else the machine does meets both. */
export async function inTurn<T>({ sides }: Arena, count: number, measure: (side: Side) => Promise<T>): Promise<Rounds<T>> {
  const measured: { ours: T[]; bare: T[] } = { ours: [], bare: [] };
  for (let round = 0; round < count; round += 1)
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) measured[side.name].push(await measure(side));
  return measured;
}

/** The medians of one number of each round, as a row needs them. */
export function medians<T>({ ours, bare }: Rounds<T>, pick: (round: T) => number): { readonly ours: number; readonly bare: number } {
  return { ours: median(ours.map(pick)), bare: median(bare.map(pick)) };
}
