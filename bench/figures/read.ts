import type { Arena } from '../arena';
import type { Row } from '../row';
import { latencies } from './latencies';

/** GET of a pathway; beside it a query. */
export async function read(arena: Arena): Promise<Row[]> {
  return latencies(arena, 'read', 1, (side, id) => side.read(id));
}
