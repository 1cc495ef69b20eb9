import type { Arena } from '../arena';
import { eachOf, millisecondsOf, percentile } from '../measuring';
import type { Row, Target } from '../row';
import { inRounds, medians } from '../rounds';
import { asleep, type Door } from '../sides/side';

/** Enough requests for a meaningful 95th percentile. More would only take longer. */
const mostCases = 100;
/** There are more rounds than elsewhere: each is short, and we look for a ratio of a few percent. */
const rounds = 8;
/** A process that waited while others were measured is slow at first. This many requests wake it, and are not counted. */
const waking = 10;

interface Request {
  readonly name: string;
  /** The number of requests under way at once, each to another case. */
  readonly atOnce: number;
  readonly send: (door: Door, id: string) => Promise<unknown>;
  /** The bound for the median. */
  readonly target?: Target;
}

/** Measures the time of a request to a sleeping case, at each of the four doors. */
export async function latencies(arena: Arena, { name, atOnce, send, target }: Request): Promise<Row[]> {
  const doors = [arena.ours, arena.naive, arena.naiveSameAnswer, arena.bare];
  const cases = new Map<Door, string[]>();
  for (const door of doors) cases.set(door, await asleep(door, Math.min(arena.cases, mostCases)));
  const measured = await inRounds(doors, rounds, async (door) => {
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
