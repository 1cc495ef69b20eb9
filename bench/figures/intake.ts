import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena';
import { atOnce, eachOf, millisecondsOf } from '../measuring';
import type { Row } from '../row';
import { inRounds, medians } from '../rounds';
import { acted, firstTasksRun, type Contender } from '../sides/side';

/** The cases of a run are divided among the rounds. */
const rounds = 4;

/**
 * Measures the cases opened a second, 20 at a time. Accepting a start is cheap and running it is dear. So it also measures how many a
 * second until the first task of each has run, and how long after the last acceptance that was.
 */
export async function intake({ cases, ours, naive, bare }: Arena): Promise<Row[]> {
  const contenders = [ours, naive, bare];
  // The first cases of a process also pay for compiling, so they are not counted.
  await inRounds(contenders, 1, (contender) => openMany(contender, cases));
  const measured = await inRounds(contenders, rounds, (contender) => openMany(contender, Math.ceil(cases / rounds)));
  return [
    {
      figure: 'intake, accepted',
      unit: 'cases/s',
      values: medians(measured, ({ opened, acceptedMs }) => (opened / acceptedMs) * 1000),
      targets: [{ to: 'bare', atLeast: 0.8 }],
    },
    {
      figure: 'intake, first task run',
      unit: 'cases/s',
      values: medians(measured, ({ opened, acceptedMs, backlogMs }) => (opened / (acceptedMs + backlogMs)) * 1000),
    },
    { figure: 'intake, backlog', unit: 's', values: medians(measured, ({ backlogMs }) => backlogMs / 1000) },
  ];
}

async function openMany(contender: Contender, opened: number) {
  const before = await contender.acts();
  let ids: string[] = [];
  const acceptedMs = await millisecondsOf(async () => {
    ids = await eachOf(Array.from({ length: opened }), atOnce, () => contender.open());
  });
  const backlogMs = await millisecondsOf(() => firstTasksRun(contender, ids));
  // The letters about new cases leave now or soon, and must not disturb the next measurement.
  await acted(contender, before, opened * contender.actsOf.opened);
  await pause(200);
  return { opened, acceptedMs, backlogMs };
}
