import type { Arena } from '../arena';
import type { Row } from '../row';
import { inTurn, medians } from '../rounds';
import { acted, asleep, lettersLeaveAt, minuteAfter, type Side } from '../sides/side';

/** What it takes to put one case to sleep, on a slow machine. */
export const toSleepMs = 100;

/** All cases have a digest due in one second: how long until the mail server has taken the last. Beside it as many timers and activities. */
export async function storm(arena: Arena): Promise<Row[]> {
  const measured = await inTurn(arena, 1, (side) => morning(side, arena.cases));
  const target = { of: 'ratio', atMost: 1.3 } as const;
  return [{ figure: `morning storm of ${arena.cases}, last mail`, unit: 's', ...medians(measured, (ms) => ms / 1000), target }];
}

async function morning(side: Side, cases: number): Promise<number> {
  const minute = minuteAfter(cases * toSleepMs + 5_000);
  const dueAt = lettersLeaveAt(minute);
  await asleep(side, cases, minute);
  if (Date.now() > dueAt) throw new Error(`the morning came before all ${cases} cases slept: take fewer --cases`);
  const { lastAt } = await acted(side, await side.acts(), cases * side.actsOf.woken);
  return lastAt - dueAt;
}
