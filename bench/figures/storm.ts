import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena';
import { atOnce, eachOf } from '../measuring';
import type { Row } from '../row';
import { inRounds, medians } from '../rounds';
import { acted, asleep, idle, type Side } from '../sides/side';
import { millisecondsTo, morningFor } from './morning';

const commands = 3;

/** The storm of so many took so long before cases wrote themselves into a register. */
const before = { cases: 1_000, seconds: 19.6 };
const mayTake = { atMost: Math.round(before.seconds * 12) / 10 };

/**
 * All cases have a digest due in the same second. Measures the time until the mail server has accepted the last one. The bare engine has
 * the same number of timers and activities. It also measures the CPU time of the worker's process for each of these cases: its start, three
 * commands, its timer and the mail.
 */
export async function storm({ cases, ours, bare }: Arena): Promise<Row[]> {
  const measured = await inRounds([ours, bare], 1, (side) => wholeCases(side, cases));
  return [
    {
      figure: `morning storm of ${cases}, last mail`,
      unit: 's',
      values: medians(measured, ({ lastMs }) => lastMs / 1000),
      targets: cases === before.cases ? [mayTake] : [],
    },
    { figure: 'cpu of a case', unit: 'ms', values: medians(measured, ({ cpuMs }) => cpuMs / cases) },
  ];
}

/** A waiting worker is not idle, so nothing is counted while the cases sleep. */
async function wholeCases(side: Side, cases: number) {
  // Three commands are less work than a start and its first task.
  const morning = await morningFor(side, cases, 2);
  let ids: string[] = [];
  const awakeMs = await cpuWhile(side, async () => {
    ids = await asleep(side, cases, morning.minute);
    for (let command = 0; command < commands; command += 1) await eachOf(ids, atOnce, (id) => side.command(id));
  });
  const actsBefore = await side.acts();
  await pause(millisecondsTo(morning) - 500);
  let lastMs = 0;
  const wokenMs = await cpuWhile(side, async () => {
    const { lastAt } = await acted(side, actsBefore, cases * side.actsOf.woken);
    lastMs = lastAt - morning.at;
    await idle(side, ids);
  });
  return { lastMs, cpuMs: awakeMs + wokenMs };
}

async function cpuWhile({ worker }: Side, work: () => Promise<unknown>): Promise<number> {
  const before = await worker.gauge();
  await work();
  return (await worker.gauge()).cpuMs - before.cpuMs;
}
