import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena';
import type { Row } from '../row';
import { inTurn, medians } from '../rounds';
import { acted, asleep, type Side } from '../sides/side';
import { millisecondsTo, morningFor } from './morning';

/** All cases have a digest due in one second: how long until the mail server has taken the last. Beside it as many timers and activities. */
export async function storm({ cases, ours, bare }: Arena): Promise<Row[]> {
  const measured = await inTurn([ours, bare], 1, (side) => wakeAtOnce(side, cases));
  return [{ figure: `morning storm of ${cases}, last mail`, unit: 's', values: medians(measured, (ms) => ms / 1000) }];
}

async function wakeAtOnce(side: Side, cases: number): Promise<number> {
  const before = await side.acts();
  const morning = await morningFor(side, cases, 1);
  await asleep(side, cases, morning.minute);
  await pause(millisecondsTo(morning));
  const { lastAt } = await acted(side, before, cases * side.actsOf.woken);
  return lastAt - morning.at;
}
