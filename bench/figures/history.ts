import type { Arena } from '../arena';
import type { Row } from '../row';

/** Measures the history of a case, over all its runs. A bare workflow has no facts, tasks or letters to compare. */
export async function history({ played }: Arena): Promise<Row[]> {
  return (await played()).flatMap(({ name, events, bytes }) => [
    { figure: `history of ${name}`, unit: 'events', values: { ours: events } },
    { figure: `history of ${name}`, unit: 'kB', values: { ours: bytes / 1000 }, targets: name === 'cooperates' ? [{ atMost: 300 }] : [] },
  ]);
}
