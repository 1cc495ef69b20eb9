import { median } from './measuring';
import type { Values } from './row';
import type { Door } from './sides/side';

/** What each round gave, by the name of what was measured. */
export type Rounds<T> = ReadonlyMap<Door['name'], readonly T[]>;

/** Measures all of them in turn, round after round, so that whatever else the machine does meets each. */
export async function inTurn<D extends Door, T>(doors: readonly D[], rounds: number, measure: (door: D) => Promise<T>): Promise<Rounds<T>> {
  const measured = new Map(doors.map(({ name }) => [name, new Array<T>()]));
  for (let round = 0; round < rounds; round += 1) for (const door of doors) measured.get(door.name)?.push(await measure(door));
  return measured;
}

/** The medians of one number of each round, as a row needs them. */
export function medians<T>(measured: Rounds<T>, pick: (round: T) => number): Values {
  return Object.fromEntries([...measured].map(([name, rounds]) => [name, median(rounds.map(pick))]));
}
