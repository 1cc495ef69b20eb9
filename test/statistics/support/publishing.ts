import { protect, type CountTable, type Frozen, type ProtectedTable } from '../../../src/statistics/protection/protect';
import { faultsOf } from './audit';
import { foundByTryingEveryTable } from './everyTable';

/** Publishes the tables one after the other, as the service does: each knows those before it. */
export async function published(tables: readonly CountTable[]): Promise<readonly ProtectedTable[]> {
  const frozen: Frozen[] = [];
  for (const exact of tables) frozen.push({ exact, shown: await protect(exact, frozen) });
  return frozen.map(({ shown }) => shown);
}

/** All faults that are there after one of the publications. */
export async function faultsAfterEach(shown: readonly ProtectedTable[]): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const number of shown.keys()) faults.push(...(await faultsOf(shown.slice(0, number + 1))));
  return [...faults, ...shown.filter(isTiny).flatMap(foundByTryingEveryTable)];
}

function isTiny({ table, rows, columns }: ProtectedTable): boolean {
  return table === 'tiny' && rows.length <= 3 && columns.length <= 3;
}
