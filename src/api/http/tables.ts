import { csvOf, type CsvCell } from './csv';
import type { Asked } from './endpoint';
import { queryOf } from './query';
import { ok, text, type Reply } from './replies';

/** A column of a list as CSV: its heading and its cell. */
export type Columns<Item> = Readonly<Record<string, (item: Item) => CsvCell>>;

interface Listed<Item> {
  readonly items: readonly Item[];
  /** The cursor behind the last item, if there is one. */
  readonly next?: string | null;
  readonly columns: Columns<Item>;
  /** The answer as JSON. */
  readonly body: object;
}

/** A list as JSON, or all of it as CSV. Both are in the language that the caller prefers. */
export function listReply<Item>(
  { whole, language, options }: Pick<Asked, 'whole' | 'language' | 'options'>,
  { items, next, columns, body }: Listed<Item>,
): Reply {
  const headers = { 'Content-Language': language, Vary: 'Accept, Accept-Language' };
  if (!whole) return ok(body, headers);
  const cells = Object.values(columns);
  const table = csvOf(
    Object.keys(columns),
    items.map((item) => cells.map((cell) => cell(item))),
  );
  // Behind the last row there may be more: the same list from this cursor on (RFC 8288).
  const link = typeof next === 'string' ? { Link: `<${queryOf({ ...(options as object), cursor: next })}>; rel="next"` } : {};
  return text(table, 'text/csv; charset=utf-8; header=present', { ...headers, ...link });
}
