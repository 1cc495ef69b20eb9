import type { Statistics } from '../casework/ports/statistics';
import { instantOf } from '../domain/basics/calendar';
import { sealed, unsealed } from '../privacy/aesGcm';
import { derivedKey, type SystemKey } from '../privacy/key';
import type { Publication, ShownPublication } from '../statistics/publication';
import { isTable } from '../statistics/tables';
import type { PublicationRow, StatisticsTables } from '../store/statistics';
import { refusedWhileAway } from './refusedWhileAway';

/** The statistics that the database counts and keeps. The exact counts of a publication are sealed, and opened only to protect the next one. */
export function openStatistics(tables: StatisticsTables, systemKey: SystemKey): Statistics {
  const key = derivedKey(systemKey, 'publication');
  const rows = () => tables.publications().catch(refusedWhileAway);
  return {
    counts: (table, months) => tables.counts(table, months).catch(refusedWhileAway),
    nationalities: () => tables.nationalities().catch(refusedWhileAway),
    publications: async () => (await rows()).flatMap(shownIn),
    publicationsWithCounts: async () => (await rows()).flatMap((row) => shownIn(row).map((shown) => withCounts(shown, row, key))),
    publish: (publication) => tables.publish(rowOf(publication, key)).catch(refusedWhileAway),
  };
}

function rowOf({ content, ...publication }: Publication, key: Buffer): PublicationRow {
  if ('days' in content) return { ...publication, body: content, exact: null };
  const { exact, ...shown } = content;
  return { ...publication, body: shown, exact: sealed(key, Buffer.from(JSON.stringify(exact)), wordsOf(publication)) };
}

/** Only this service writes publications. One of a table that a later version knows is left out. */
function shownIn({ table, madeAt, body, exact: _, ...row }: PublicationRow): ShownPublication[] {
  return isTable(table) ? [{ ...row, table, madeAt: instantOf(Date.parse(madeAt)), content: body as ShownPublication['content'] }] : [];
}

function withCounts(shown: ShownPublication, { exact }: PublicationRow, key: Buffer): Publication {
  const opened = exact && { exact: JSON.parse(unsealed(key, exact, wordsOf(shown)).toString()) as unknown };
  return { ...shown, content: { ...shown.content, ...opened } as Publication['content'] };
}

function wordsOf({ id }: Pick<Publication, 'id'>): readonly string[] {
  return ['statistics_publication', id];
}
