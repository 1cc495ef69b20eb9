import type { Arena } from '../arena';
import { eachOf, millisecondsOf, percentile } from '../measuring';
import type { Row, Target } from '../row';
import { inTurn, medians } from '../rounds';
import { asleep, type Door } from '../sides/side';

/** Enough for the 95th of a hundred to mean something; more only take longer. */
const mostCases = 100;
/** Each is short, and a ratio of a few percent is looked for: so more of them than elsewhere. */
const rounds = 8;
/** A process that waited while others were measured is slow at first: so many requests wake it, and are not counted. */
const waking = 10;

interface Request {
  readonly name: string;
  /** How many are under way at once, each to another case. */
  readonly atOnce: number;
  readonly send: (door: Door, id: string) => Promise<unknown>;
  /** What the median has to hold. */
  readonly target?: Target;
}

/** How long a request to a sleeping case takes, at each of the four doors. */
export async function latencies(arena: Arena, { name, atOnce, send, target }: Request): Promise<Row[]> {
  const doors = [arena.ours, arena.naive, arena.naiveSameAnswer, arena.bare];
  const cases = new Map<Door, string[]>();
  for (const door of doors) cases.set(door, await asleep(door, Math.min(arena.cases, mostCases)));
  const measured = await inTurn(doors, rounds, async (door) => {
    const ids = cases.get(door) ?? [];
    await eachOf(ids.slice(0, waking), atOnce, (id) => send(door, id));
    return eachOf(ids, atOnce, (id) => millisecondsOf(() => send(door, id)));
  });
  const at = (share: number) => ({ unit: 'ms', values: medians(measured, (taken) => percentile(taken, share)) });
  return [
    { figure: `${name}, p50`, ...at(0.5), ...(target === undefined ? {} : { target }) },
    { figure: `${name}, p95`, ...at(0.95) },
  ];
}
