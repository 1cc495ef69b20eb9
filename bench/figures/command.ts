import type { Arena } from '../arena';
import { atOnce } from '../measuring';
import type { Row } from '../row';
import type { Contender } from '../sides/side';
import { latencies } from './latencies';

/** Measures a POST of the fact that a task is done. For comparison: an update with a validator, over HTTP and from the client. */
export async function command(arena: Arena): Promise<Row[]> {
  const send = (contender: Contender, id: string) => contender.command(id);
  // The naive service writes no register.
  const ofNaive = [{ to: 'naiveSameAnswer', atMost: 1.45 }] as const;
  const targets = { p50: ofNaive, p95: ofNaive };
  return [
    ...(await latencies(arena, { name: 'command, one at a time', atOnce: 1, send, targets })),
    ...(await latencies(arena, { name: `command, ${atOnce} at a time`, atOnce, send, targets })),
  ];
}
