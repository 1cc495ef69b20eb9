/* Pages of a list, read by the position of its last row. */

import type { Page, Paged } from '../casework/ports/lists';
import { Refused } from '../casework/refused';
import type { ListTables } from '../store/lists/lists';
import type { Cursors } from './cursors';

/** A whole list is read in pages of so many rows, and no further than so many; ours. */
const wholePage = 500;
const wholeMost = 10_000;

interface Reading<Row, Position extends object, Item> {
  readonly list: string;
  readonly asked: Paged;
  readonly read: (after: Position | undefined, most: number) => Promise<readonly Row[]>;
  readonly positionOf: (row: Row) => Position;
  /** The items of some rows; there may be fewer. */
  readonly itemsOf: (rows: readonly Row[]) => Promise<readonly Item[]> | readonly Item[];
  /** Whether a reader may ask again behind the last row. */
  readonly goesOn?: true;
  /** Whether the database has come so far: one whose files were put back has not. */
  readonly hasCome?: (to: Position, xmin: string) => boolean;
}

export type ReadPage = <Row, Position extends object, Item>(reading: Reading<Row, Position, Item>) => Promise<Page<Item>>;

/** Reads the pages of lists. A register that lacks cases answers with none. */
export function pagesFrom(tables: Pick<ListTables, 'origin'>, cursors: Cursors): ReadPage {
  return async ({ list, asked, read, positionOf, itemsOf, goesOn, hasCome }) => {
    const { cursor, caller, wanted, most } = asked;
    const { id: origin, xmin } = await filledOrigin(tables);
    const ofCaller = { list, wanted, caller };
    const after = cursor === undefined ? null : (cursors.open(cursor, ofCaller, origin) as ReturnType<typeof positionOf> | null);
    if (after !== null && hasCome?.(after, xmin) === false) throw new Refused('cursor-expired');
    const perPage = most === 'all' ? wholePage : most;
    const limit = most === 'all' ? wholeMost : most;
    const items: Awaited<ReturnType<typeof itemsOf>>[number][] = [];
    let position = after ?? undefined;
    let hasMore = true;
    for (let count = 0; hasMore && count < limit; count += perPage) {
      // One row more than a page holds tells that there is another page.
      const rows = await read(position, perPage + 1);
      const shown = rows.slice(0, perPage);
      hasMore = rows.length > perPage;
      items.push(...(await itemsOf(shown)));
      position = shown.length === 0 ? position : positionOf(shown.at(-1) as (typeof shown)[number]);
    }
    return { items, next: hasMore || goesOn === true ? cursors.seal(position ?? null, ofCaller, origin) : null };
  };
}

/** The database, once every case is in it. */
export async function filledOrigin(tables: Pick<ListTables, 'origin'>): Promise<Awaited<ReturnType<ListTables['origin']>>> {
  const origin = await tables.origin();
  if (!origin.filled) throw new Refused('register-filling');
  return origin;
}
