import type { Statistics } from '../casework/ports/statistics';
import { instantOf } from '../domain/basics/calendar';
import type { Publication } from '../statistics/publication';
import { isTable } from '../statistics/tables';
import type { PublicationRow, StatisticsTables } from '../store/statistics';
import { refusedWhileAway } from './refusedWhileAway';

/** The statistics that the database counts and keeps. */
export function openStatistics(tables: StatisticsTables): Statistics {
  return {
    counts: (table, months) => tables.counts(table, months).catch(refusedWhileAway),
    nationalities: () => tables.nationalities().catch(refusedWhileAway),
    publications: async () => (await tables.publications().catch(refusedWhileAway)).flatMap(publicationOf),
    publish: ({ content, ...publication }) => tables.publish({ ...publication, body: content }).catch(refusedWhileAway),
  };
}

/** Only this service writes publications. One of a table that a later version knows is left out. */
function publicationOf({ table, madeAt, body, ...row }: PublicationRow): Publication[] {
  return isTable(table) ? [{ ...row, table, madeAt: instantOf(Date.parse(madeAt)), content: body as Publication['content'] }] : [];
}
