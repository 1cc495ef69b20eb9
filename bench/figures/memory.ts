import type { Arena } from '../arena';
import type { Row } from '../row';
import { inRounds, medians } from '../rounds';
import { asleep, withFreshWorker, type Side } from '../sides/side';

/** Measures the memory of a sleeping case in the worker, after a garbage collection. */
export async function memory({ cases, ours, bare }: Arena): Promise<Row[]> {
  const measured = await inRounds([ours, bare], 1, (side) => growth(side, cases));
  return [
    { figure: 'memory, heap of a cached case', unit: 'kB', values: medians(measured, ({ heap }) => heap / cases / 1e3) },
    { figure: 'memory, RSS of a cached case', unit: 'kB', values: medians(measured, ({ rss }) => rss / cases / 1e3) },
    { figure: `memory, RSS with ${cases} open cases`, unit: 'MB', values: medians(measured, ({ all }) => all / 1e6) },
  ];
}

/** A worker that has just started has unused memory left. So we measure its growth by the same number of cases again. */
async function growth(side: Side, cases: number) {
  await withFreshWorker(side);
  await asleep(side, cases);
  const before = await side.worker.collect();
  await asleep(side, cases);
  const after = await side.worker.collect();
  return { heap: after.heapBytes - before.heapBytes, rss: after.rssBytes - before.rssBytes, all: before.rssBytes };
}
