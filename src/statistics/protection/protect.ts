import { numbersToHide } from './hide';
import { whatIsKnown } from './linked';
import { countOf } from './numbers';
import { solver } from './solver';
import { withheld, type CountTable, type Frozen, type ProtectedTable } from './tables';

export type { CountTable, Frozen, ProtectedTable, Shape } from './tables';

/**
 * Hides numbers of a table until its small ones stay unknown, also to somebody who knows every publication that overlaps it. The hidden
 * numbers of the publications stay unknown too. Method, limits and figures: docs/decisions/0034. The solver blocks for milliseconds at a time,
 * and `pause` is awaited in between.
 */
export async function protect(table: CountTable, frozen: readonly Frozen[], pause: () => Promise<void> = noPause): Promise<ProtectedTable> {
  const { known, placed } = whatIsKnown(table, frozen);
  const hidden = await numbersToHide(await solver(), known, pause);
  if (hidden === null) return withheld(table);
  const shown = (number: number) => (hidden.has(number) ? null : countOf(known, number));
  const { counts: _, ...shape } = table;
  return {
    ...shape,
    counts: placed.counts.map((row) => row.map(shown)),
    rowTotals: placed.rowTotals.map(shown),
    columnTotals: placed.columnTotals.map(shown),
    total: shown(placed.total),
  };
}

async function noPause(): Promise<void> {
  // The caller has nothing else to do.
}
