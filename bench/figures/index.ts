import type { Arena } from '../arena';
import type { Ground } from '../ground';
import type { Row } from '../row';
import { away } from './away';
import { command } from './command';
import { history } from './history';
import { intake } from './intake';
import { lists } from './lists';
import { memory } from './memory';
import { read } from './read';
import { recovery } from './recovery';
import { replay } from './replay';
import { storm } from './storm';

/** What a figure may use. The services are started for the first figure that compares them. */
interface Given {
  readonly ground: Ground;
  readonly arena: () => Promise<Arena>;
}

/** All figures, in the order in which they are measured and printed. `--only` chooses some of them. */
export const figures: Readonly<Record<string, (given: Given) => Promise<Row[]>>> = {
  intake: inArena(intake),
  command: inArena(command),
  read: inArena(read),
  storm: inArena(storm),
  history: inArena(history),
  replay: inArena(replay),
  memory: inArena(memory),
  recovery: inArena(recovery),
  away: inArena(away),
  lists: ({ ground }) => lists(ground),
};

function inArena(figure: (arena: Arena) => Promise<Row[]>) {
  return async ({ arena }: Given): Promise<Row[]> => figure(await arena());
}
