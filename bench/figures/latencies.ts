import type { Arena } from '../arena';
import { eachOf, millisecondsOf, percentile } from '../measuring';
import type { Row } from '../row';
import { inTurn, medians, rounds } from '../rounds';
import { asleep, type Side } from '../sides/side';

/** Enough for the 95th of a hundred to mean something; more only take longer. */
const mostCases = 100;

type Request = (side: Side, id: string) => Promise<unknown>;

/** How long a request to a sleeping case takes. Requests that are under way together go to different cases. */
export async function latencies(arena: Arena, name: string, most: number, request: Request): Promise<Row[]> {
  const cases = new Map<Side, string[]>();
  for (const side of arena.sides) cases.set(side, await asleep(side, Math.min(arena.cases, mostCases)));
  const measured = await inTurn(arena, rounds, (side) =>
    eachOf(cases.get(side) ?? [], most, (id) => millisecondsOf(() => request(side, id))),
  );
  return [
    { figure: `${name}, p50`, unit: 'ms', ...medians(measured, (taken) => percentile(taken, 0.5)), target: null },
    {
      figure: `${name}, p95`,
      unit: 'ms',
      ...medians(measured, (taken) => percentile(taken, 0.95)),
      target: { of: 'ratio', atMost: 1.3 },
    },
  ];
}
