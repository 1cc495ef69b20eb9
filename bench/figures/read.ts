import type { Arena } from '../arena';
import type { Row } from '../row';
import { latencies } from './latencies';

/** Measures a GET of a pathway. For comparison: a query, over HTTP and from the client. */
export async function read(arena: Arena): Promise<Row[]> {
  return latencies(arena, { name: 'read', atOnce: 1, send: (contender, id) => contender.read(id) });
}
