import type { Arena } from '../arena';
import { eachOf, millisecondsOf, percentile } from '../measuring';
import type { Row, Target } from '../row';
import { inRounds, medians } from '../rounds';
import { asleep, type Contender } from '../sides/side';

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
  readonly send: (contender: Contender, id: string) => Promise<unknown>;
  /** The bounds for the median and for the 95th percentile. */
  readonly targets: { readonly p50?: readonly Target[]; readonly p95?: readonly Target[] };
}

/** Measures the time of a request to a sleeping case, for each of the four contenders. */
export async function latencies(arena: Arena, { name, atOnce, send, targets: { p50 = [], p95 = [] } }: Request): Promise<Row[]> {
  const contenders = [arena.ours, arena.naive, arena.naiveSameAnswer, arena.bare];
  const cases = new Map<Contender, string[]>();
  for (const contender of contenders) cases.set(contender, await asleep(contender, Math.min(arena.cases, mostCases)));
  const measured = await inRounds(contenders, rounds, async (contender) => {
    const ids = cases.get(contender) ?? [];
    await eachOf(ids.slice(0, waking), atOnce, (id) => send(contender, id));
    return eachOf(ids, atOnce, (id) => millisecondsOf(() => send(contender, id)));
  });
  const at = (share: number) => ({ unit: 'ms', values: medians(measured, (taken) => percentile(taken, share)) });
  return [
    { figure: `${name}, p50`, ...at(0.5), targets: p50 },
    { figure: `${name}, p95`, ...at(0.95), targets: p95 },
  ];
}
