import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena';
import { atOnce, eachOf } from '../measuring';
import type { Row } from '../row';
import { inTurn, medians } from '../rounds';
import { acted, asleep, lettersLeaveAt, minuteAfter, type Side } from '../sides/side';
import { toSleepMs } from './storm';

const commands = 3;

/** CPU time of the worker's process for a whole case: its start, three commands, its timer, and the mail. */
export async function cpu(arena: Arena): Promise<Row[]> {
  const measured = await inTurn(arena, 1, (side) => wholeCases(side, arena.cases));
  return [{ figure: 'cpu of a case', unit: 'ms', ...medians(measured, (ms) => ms), target: { of: 'ratio', atMost: 1.5 } }];
}

/** A worker that waits is not idle; so while the cases sleep nothing is counted. */
async function wholeCases(side: Side, cases: number): Promise<number> {
  const minute = minuteAfter(cases * toSleepMs * 2 + 5_000);
  const awake = await cpuWhile(side, async () => {
    const ids = await asleep(side, cases, minute);
    for (let command = 0; command < commands; command += 1) await eachOf(ids, atOnce, (id) => side.command(id));
  });
  const before = await side.acts();
  const sleepsFor = lettersLeaveAt(minute) - Date.now() - 500;
  if (sleepsFor < 0) throw new Error(`the morning came before all ${cases} cases slept: take fewer --cases`);
  await pause(sleepsFor);
  const woken = await cpuWhile(side, async () => {
    await acted(side, before, cases * side.actsOf.woken);
    // What follows the last act: the case hears of it, and sleeps again.
    await pause(1_000);
  });
  return (awake + woken) / cases;
}

async function cpuWhile({ worker }: Side, work: () => Promise<unknown>): Promise<number> {
  const before = await worker.gauge();
  await work();
  return (await worker.gauge()).cpuMs - before.cpuMs;
}
