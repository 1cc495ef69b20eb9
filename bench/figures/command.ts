import type { Arena } from '../arena';
import { atOnce } from '../measuring';
import type { Row } from '../row';
import { latencies } from './latencies';

/** POST of the fact that a task is done; beside it an update with a validator, from the client to the worker and back. */
export async function command(arena: Arena): Promise<Row[]> {
  return [
    ...(await latencies(arena, 'command, serial', 1, (side, id) => side.command(id))),
    ...(await latencies(arena, `command, ${atOnce} at a time`, atOnce, (side, id) => side.command(id))),
  ];
}
