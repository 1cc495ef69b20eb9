import { median } from './measuring';
import type { Values } from './row';
import type { Door } from './sides/side';

/** The results of all rounds, by the name of the door. */
export type Rounds<T> = ReadonlyMap<Door['name'], readonly T[]>;

/** Measures all doors one after the other, in several rounds. So other work on the machine affects all of them. */
export async function inRounds<D extends Door, T>(
  doors: readonly D[],
  rounds: number,
  measure: (door: D) => Promise<T>,
): Promise<Rounds<T>> {
  const measured = new Map(doors.map(({ name }) => [name, new Array<T>()]));
  for (let round = 0; round < rounds; round += 1) for (const door of doors) measured.get(door.name)?.push(await measure(door));
  return measured;
}

/** The median of one number over the rounds, for each door. */
export function medians<T>(measured: Rounds<T>, pick: (round: T) => number): Values {
  return Object.fromEntries([...measured].map(([name, rounds]) => [name, median(rounds.map(pick))]));
}
