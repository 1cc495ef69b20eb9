import type { ProtectedTable } from '../../../src/statistics/protection/protect';

/** More than any count in a small table. A number that may be as great as this is unknown. */
const greatest = 40;

/**
 * The hidden counts of one small table that are known too well. It needs no solver: it tries one table after the other until one fits what is
 * shown. This is only for tables of 3 x 3 at most, with counts to 15.
 */
export function foundByTryingEveryTable(shown: ProtectedTable): readonly string[] {
  const hidden = shown.counts.flat().flatMap((count, cell) => (count === null ? [cell] : []));
  return hidden.flatMap((cell) => {
    const values = Array.from({ length: greatest + 1 }, (_, value) => value);
    const isPossible = (value: number) => someTableFits(shown, cell, value);
    const least = values.find(isPossible) ?? greatest;
    return values.some((value) => value >= least + 10 && isPossible(value)) ? [] : [`count ${cell} is ${least} or little more`];
  });
}

/** A total that is shown: what its hidden counts add up to, and which they are. */
interface Sum {
  left: number;
  readonly cells: ReadonlySet<number>;
  readonly hidden: Set<number>;
}

function someTableFits(shown: ProtectedTable, cell: number, value: number): boolean {
  const sums = sumsOf(shown);
  const hidden = shown.counts.flat().flatMap((count, each) => (count === null && each !== cell ? [each] : []));
  const least = shown.outcomes ? 0 : 1;
  const [from, to] = bounds(sums, cell, least);
  if (value < from || value > to) return false;
  take(sums, cell, value);
  return fits(sums, hidden, least);
}

/** Tries every value of the first hidden count, and with each every value of the next. */
function fits(sums: readonly Sum[], hidden: readonly number[], least: number): boolean {
  const [cell, ...others] = hidden;
  if (cell === undefined) return sums.every(({ left }) => left === 0);
  const [from, to] = bounds(sums, cell, least);
  for (let value = from; value <= to; value += 1) {
    take(sums, cell, value);
    const found = fits(sums, others, least);
    giveBack(sums, cell, value);
    if (found) return true;
  }
  return false;
}

/** The values of a count with which no total is wrong at once. */
function bounds(sums: readonly Sum[], cell: number, least: number): readonly [number, number] {
  const own = sums.filter(({ hidden }) => hidden.has(cell));
  const from = own.map(({ left, hidden }) => left - (hidden.size - 1) * greatest);
  const to = own.map(({ left, hidden }) => left - (hidden.size - 1) * least);
  return [Math.max(least, ...from), Math.min(greatest, ...to)];
}

function take(sums: readonly Sum[], cell: number, value: number): void {
  for (const sum of sums) if (sum.hidden.delete(cell)) sum.left -= value;
}

function giveBack(sums: readonly Sum[], cell: number, value: number): void {
  for (const sum of sums)
    if (sum.cells.has(cell)) {
      sum.hidden.add(cell);
      sum.left += value;
    }
}

function sumsOf({ rows, columns, counts, rowTotals, columnTotals, total }: ProtectedTable): readonly Sum[] {
  const cells = rows.flatMap((_, r) => columns.map((__, c) => ({ r, c, cell: r * columns.length + c, count: counts[r]?.[c] ?? null })));
  const sumOf = (whole: number | null | undefined, parts: typeof cells): Sum[] =>
    whole === null || whole === undefined
      ? []
      : [
          {
            left: whole - parts.reduce((sum, { count }) => sum + (count ?? 0), 0),
            cells: new Set(parts.map(({ cell }) => cell)),
            hidden: new Set(parts.flatMap(({ cell, count }) => (count === null ? [cell] : []))),
          },
        ];
  return [
    ...rows.flatMap((_, r) =>
      sumOf(
        rowTotals[r],
        cells.filter((each) => each.r === r),
      ),
    ),
    ...columns.flatMap((_, c) =>
      sumOf(
        columnTotals[c],
        cells.filter((each) => each.c === c),
      ),
    ),
    ...sumOf(total, cells),
  ];
}
