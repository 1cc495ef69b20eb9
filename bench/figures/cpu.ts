import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena';
import { atOnce, eachOf } from '../measuring';
import type { Row } from '../row';
import { inTurn, medians } from '../rounds';
import { acted, asleep, idle, type Side } from '../sides/side';
import { millisecondsTo, morningFor } from './morning';

const commands = 3;

/** CPU time of the worker's process for a whole case: its start, three commands, its timer, and the mail. */
export async function cpu({ cases, ours, bare }: Arena): Promise<Row[]> {
  const measured = await inTurn([ours, bare], 1, (side) => wholeCases(side, cases));
  return [{ figure: 'cpu of a case', unit: 'ms', values: medians(measured, (ms) => ms) }];
}

/** A worker that waits is not idle; so while the cases sleep nothing is counted. */
async function wholeCases(side: Side, cases: number): Promise<number> {
  // Three commands are less than the work of a start and its first task.
  const morning = await morningFor(side, cases, 2);
  let ids: string[] = [];
  const awake = await cpuWhile(side, async () => {
    ids = await asleep(side, cases, morning.minute);
    for (let command = 0; command < commands; command += 1) await eachOf(ids, atOnce, (id) => side.command(id));
  });
  const before = await side.acts();
  await pause(millisecondsTo(morning) - 500);
  const woken = await cpuWhile(side, async () => {
    await acted(side, before, cases * side.actsOf.woken);
    await idle(side, ids);
  });
  return (awake + woken) / cases;
}

async function cpuWhile({ worker }: Side, work: () => Promise<unknown>): Promise<number> {
  const before = await worker.gauge();
  await work();
  return (await worker.gauge()).cpuMs - before.cpuMs;
}
