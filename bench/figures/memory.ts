import type { Arena } from '../arena';
import type { Row } from '../row';
import { inTurn, medians } from '../rounds';
import { asleep, withFreshWorker, type Side } from '../sides/side';

const target = { of: 'ours', atMost: 250 } as const;

/** What a sleeping case takes in the worker's memory, once all that is unused has been thrown away. */
export async function memory(arena: Arena): Promise<Row[]> {
  const measured = await inTurn(arena, 1, (side) => growth(side, arena.cases));
  return [
    { figure: 'memory, heap of a cached case', unit: 'kB', ...medians(measured, ({ heap }) => heap / arena.cases / 1e3), target },
    { figure: 'memory, RSS of a cached case', unit: 'kB', ...medians(measured, ({ rss }) => rss / arena.cases / 1e3), target },
    { figure: `memory, RSS with ${arena.cases} open cases`, unit: 'MB', ...medians(measured, ({ all }) => all / 1e6), target: null },
  ];
}

/** A worker that has just begun has room left over from that; so what is measured is how much it grows by as many again. */
async function growth(side: Side, cases: number) {
  await withFreshWorker(side);
  await asleep(side, cases);
  const before = await side.worker.collect();
  await asleep(side, cases);
  const after = await side.worker.collect();
  return { heap: after.heapBytes - before.heapBytes, rss: after.rssBytes - before.rssBytes, all: before.rssBytes };
}
