import type { Statistics } from '../casework/ports/statistics';
import { Refused } from '../casework/refused';
import { instantOf } from '../domain/basics/calendar';
import type { Publication } from '../statistics/publication';
import { isTable } from '../statistics/tables';
import type { PublicationRow, StatisticsTables } from '../store/statistics';
import { StoreAway } from '../store/storeAway';

/** The statistics that the database counts and keeps. */
export function openStatistics(tables: StatisticsTables): Statistics {
  return {
    counts: (table, months) => tables.counts(table, months).catch(refuse),
    nationalities: () => tables.nationalities().catch(refuse),
    publications: async () => (await tables.publications().catch(refuse)).flatMap(publicationOf),
    publish: ({ content, ...publication }) => tables.publish({ ...publication, body: content }).catch(refuse),
  };
}

/** Only this service writes publications. One of a table that a later version knows is left out. */
function publicationOf({ table, madeAt, body, ...row }: PublicationRow): Publication[] {
  return isTable(table) ? [{ ...row, table, madeAt: instantOf(Date.parse(madeAt)), content: body as Publication['content'] }] : [];
}

function refuse(failure: unknown): never {
  throw failure instanceof StoreAway ? new Refused('no-answer') : failure;
}
