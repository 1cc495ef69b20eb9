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

/** Every figure, in the order in which it is measured and told. Who wants one alone names it with `--only`. */
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
