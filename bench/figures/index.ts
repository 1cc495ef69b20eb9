import type { Arena } from '../arena';
import type { Row } from '../row';
import { command } from './command';
import { history } from './history';
import { intake } from './intake';
import { memory } from './memory';
import { read } from './read';
import { recovery } from './recovery';
import { replay } from './replay';
import { storm } from './storm';

/** All figures, in the order in which they are measured and printed. `--only` chooses some of them. */
export const figures: Readonly<Record<string, (arena: Arena) => Promise<Row[]>>> = {
  intake,
  command,
  read,
  storm,
  history,
  replay,
  memory,
  recovery,
};
