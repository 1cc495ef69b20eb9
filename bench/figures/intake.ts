import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena';
import { atOnce, eachOf, millisecondsOf } from '../measuring';
import type { Row } from '../row';
import { inTurn, medians, rounds } from '../rounds';
import { acted, firstTasksRun, type Side } from '../sides/side';

/**
 * Cases opened a second, 20 at a time. Starting is cheap to accept and dear to run, so also: how many a second until the first
 * task of each has run, and how long after the last was accepted that was.
 */
export async function intake(arena: Arena): Promise<Row[]> {
  // Nobody has opened a case yet: what that takes is compiled with the first cases, which are not counted.
  await inTurn(arena, 1, (side) => openMany(side, arena.cases));
  const measured = await inTurn(arena, rounds, (side) => openMany(side, Math.ceil(arena.cases / rounds)));
  return [
    {
      figure: 'intake, accepted',
      unit: 'cases/s',
      ...medians(measured, ({ cases, acceptedMs }) => (cases / acceptedMs) * 1000),
      target: { of: 'ratio', atLeast: 0.8 },
    },
    {
      figure: 'intake, first task run',
      unit: 'cases/s',
      ...medians(measured, ({ cases, acceptedMs, backlogMs }) => (cases / (acceptedMs + backlogMs)) * 1000),
      target: null,
    },
    { figure: 'intake, backlog', unit: 's', ...medians(measured, ({ backlogMs }) => backlogMs / 1000), target: null },
  ];
}

async function openMany(side: Side, cases: number) {
  const before = await side.acts();
  let ids: string[] = [];
  const acceptedMs = await millisecondsOf(async () => {
    ids = await eachOf(Array.from({ length: cases }), atOnce, () => side.open());
  });
  const backlogMs = await millisecondsOf(() => firstTasksRun(side, ids));
  // The letters about new cases leave meanwhile, or in a moment: they are not to meet what is measured next.
  await acted(side, before, cases * side.actsOf.opened);
  await pause(200);
  return { cases, acceptedMs, backlogMs };
}
