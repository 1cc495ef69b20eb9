import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena';
import { atOnce, eachOf, millisecondsOf, until } from '../measuring';
import type { Row } from '../row';
import { inRounds, medians } from '../rounds';
import { say } from '../say';
import { asleep } from '../sides/side';

const mostCases = 100;
const rounds = 2;
/** Long enough that a case tries again as seldom as it ever does (effects.ts). */
const awayMs = 20_000;
const patienceMs = 120_000;

/** Ends the database while facts are told, starts it again, and measures the time until the register has the fact of each case. */
export async function away({ cases, ours, postgres }: Arena): Promise<Row[]> {
  if (postgres === undefined) {
    say('this machine has no PostgreSQL, and the database of npm start is not stopped here');
    return [];
  }
  const ids = await asleep(ours, Math.min(cases, mostCases));
  const tellAll = () => eachOf(ids, atOnce, (id) => ours.command(id));
  // A process that never had the keys of these cases could not take their facts without the database.
  await tellAll();
  const measured = await inRounds([ours], rounds, async () => {
    await postgres.stop();
    await tellAll();
    const missing = await ours.changesWaiting();
    if (missing < ids.length) throw new Error(`only ${missing} of ${ids.length} facts waited for the database`);
    await pause(awayMs);
    await postgres.start();
    return millisecondsOf(() =>
      until('the register has all facts', patienceMs, async () => ((await ours.changesWaiting()) === 0 ? true : undefined)),
    );
  });
  return [
    {
      figure: `caught up with ${ids.length} facts after the database was away`,
      unit: 's',
      values: medians(measured, (ms) => ms / 1000),
      targets: [{ atMost: 15 }],
    },
  ];
}
