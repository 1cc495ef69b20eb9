import type { Arena } from '../arena';
import { atOnce } from '../measuring';
import type { Row } from '../row';
import type { Contender } from '../sides/side';
import { latencies } from './latencies';

/** Measures a GET of a pathway. For comparison: a query, over HTTP and from the client. */
export async function read(arena: Arena): Promise<Row[]> {
  const send = (contender: Contender, id: string) => contender.read(id);
  const alone = { p95: [{ atMost: 10 }, { to: 'naiveSameAnswer', atMost: 0.7 }] } as const;
  const together = { p50: [{ to: 'naiveSameAnswer', atMost: 0.8 }], p95: [{ to: 'naiveSameAnswer', atMost: 1.1 }] } as const;
  return [
    ...(await latencies(arena, { name: 'read, one at a time', atOnce: 1, send, targets: alone })),
    ...(await latencies(arena, { name: `read, ${atOnce} at a time`, atOnce, send, targets: together })),
  ];
}
