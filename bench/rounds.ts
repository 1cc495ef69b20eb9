import { median } from './measuring';
import type { Values } from './row';
import type { Contender } from './sides/side';

/** The results of all rounds, by the name of the contender. */
export type Rounds<T> = ReadonlyMap<Contender['name'], readonly T[]>;

/** Measures all contenders one after the other, in several rounds. So other work on the machine affects all of them. */
export async function inRounds<D extends Contender, T>(
  contenders: readonly D[],
  rounds: number,
  measure: (contender: D) => Promise<T>,
): Promise<Rounds<T>> {
  const measured = new Map(contenders.map(({ name }) => [name, new Array<T>()]));
  for (let round = 0; round < rounds; round += 1)
    for (const contender of contenders) measured.get(contender.name)?.push(await measure(contender));
  return measured;
}

/** The median of one number over the rounds, for each contender. */
export function medians<T>(measured: Rounds<T>, pick: (round: T) => number): Values {
  return Object.fromEntries([...measured].map(([name, rounds]) => [name, median(rounds.map(pick))]));
}
