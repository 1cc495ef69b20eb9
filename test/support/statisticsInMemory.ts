import type { Statistics } from '../../src/casework/ports/statistics';
import type { Count } from '../../src/statistics/figures';
import type { Publication } from '../../src/statistics/publication';
import type { TableId } from '../../src/statistics/tables';

/** Statistics in memory: the counts that a test hands in, whichever the months, and what was published. */
export function statisticsInMemory(counts: Readonly<Partial<Record<TableId, readonly Count[]>>> = {}) {
  const published: Publication[] = [];
  const statistics: Statistics = {
    counts: async (table) => counts[table] ?? [],
    nationalities: async () => [],
    publications: async () => [...published],
    publicationsWithCounts: async () => [...published],
    publish: async (publication) => {
      const isTaken = published.some(
        ({ number, table, period }) => number === publication.number || (table === publication.table && period === publication.period),
      );
      if (!isTaken) published.push(publication);
      return !isTaken;
    },
  };
  return { statistics, published };
}
