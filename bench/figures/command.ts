import type { Arena } from '../arena';
import { atOnce } from '../measuring';
import type { Row } from '../row';
import type { Contender } from '../sides/side';
import { latencies } from './latencies';

/** Measures a POST of the fact that a task is done. For comparison: an update with a validator, over HTTP and from the client. */
export async function command(arena: Arena): Promise<Row[]> {
  const send = (contender: Contender, id: string) => contender.command(id);
  return [
    ...(await latencies(arena, { name: 'command, serial', atOnce: 1, send, target: { to: 'naive', atMost: 1.2 } })),
    ...(await latencies(arena, { name: `command, ${atOnce} at a time`, atOnce, send, target: { to: 'naive', atMost: 1.35 } })),
  ];
}
