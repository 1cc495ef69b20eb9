import { cursorsUnder } from '../../src/register/cursors';
import { pagesFrom } from '../../src/register/pages';
import { testKey } from '../support/key';
import { callers } from './support/listing';

/* Pages of a list of numbers, without a database. */

describe('a whole list', () => {
  it.each([0, 1, 499, 500, 501, 9_999, 10_000])('of %i rows comes in one, each row once and in order', async (count) => {
    const { items, next, pages } = await whole(count);
    expect(items).toEqual(numbersTo(count));
    expect(next).toBeNull();
    expect(Math.max(...pages)).toBe(501);
  });

  it('of more than ten thousand rows ends there, and its cursor leads to the rest', async () => {
    const first = await whole(10_003);
    expect(first.items).toEqual(numbersTo(10_000));
    const rest = await whole(10_003, first.next ?? undefined);
    expect(rest.items).toEqual([10_001, 10_002, 10_003]);
    expect(rest.next).toBeNull();
  });
});

function numbersTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, place) => place + 1);
}

async function whole(count: number, cursor?: string) {
  const pages: number[] = [];
  const readPage = pagesFrom({ origin: async () => ({ id: 'here', filled: true, xmin: '1' }) }, cursorsUnder(testKey));
  const asked = { reach: { known: 'all', hidden: 'all' }, now: '2027-09-20T08:00:00Z', caller: callers.ind, wanted: {} } as const;
  const page = await readPage({
    list: 'numbers',
    asked: { ...asked, cursor, most: 'all' },
    read: async (after: { readonly at: number } | undefined, most) => {
      pages.push(most);
      return numbersTo(count).slice(after?.at ?? 0, (after?.at ?? 0) + most);
    },
    positionOf: (at) => ({ at }),
    itemsOf: (rows) => rows,
  });
  return { ...page, pages };
}
