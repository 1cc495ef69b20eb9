import { setTimeout as pause } from 'node:timers/promises';

export interface Pace {
  /** The number of items that are under way at the same time. */
  readonly atOnce: number;
  /** The number of items that are begun in a second; left out, as many as can be. */
  readonly perSecond?: number | undefined;
  /** Ends the work between two items. */
  readonly stopping: AbortSignal;
}

/** Does the same for each item, at a pace that leaves room for those who work in the cases meanwhile. */
export async function inTurn<Item>(items: readonly Item[], pace: Pace, work: (item: Item) => Promise<void>): Promise<void> {
  const { atOnce, perSecond = Infinity, stopping } = pace;
  const began = performance.now();
  const waiting = items.entries();
  const next = async (): Promise<void> => {
    for (const [place, item] of waiting) {
      const early = began + (place * 1_000) / perSecond - performance.now();
      if (early > 0) await pause(early, undefined, { signal: stopping });
      stopping.throwIfAborted();
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}
