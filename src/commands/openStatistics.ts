import type { Statistics } from '../casework/ports/statistics';
import { instantOf } from '../domain/basics/calendar';
import { sealed, unsealed } from '../privacy/aesGcm';
import { derivedKey, type SystemKey } from '../privacy/key';
import type { Publication } from '../statistics/publication';
import { isTable } from '../statistics/tables';
import type { PublicationRow, StatisticsTables } from '../store/statistics';
import { refusedWhileAway } from './refusedWhileAway';

/** The statistics that the database counts and keeps. The exact counts of a publication are sealed under a key of their own. */
export function openStatistics(tables: StatisticsTables, systemKey: SystemKey): Statistics {
  const key = derivedKey(systemKey, 'publication');
  return {
    counts: (table, months) => tables.counts(table, months).catch(refusedWhileAway),
    nationalities: () => tables.nationalities().catch(refusedWhileAway),
    publications: async () => (await tables.publications().catch(refusedWhileAway)).flatMap((row) => publicationIn(row, key)),
    publish: (publication) => tables.publish(rowOf(publication, key)).catch(refusedWhileAway),
  };
}

function rowOf({ content, ...publication }: Publication, key: Buffer): PublicationRow {
  if ('days' in content) return { ...publication, body: content, exact: null };
  const { exact, ...shown } = content;
  return { ...publication, body: shown, exact: sealed(key, Buffer.from(JSON.stringify(exact)), wordsOf(publication)) };
}

/** Only this service writes publications. One of a table that a later version knows is left out. */
function publicationIn({ table, madeAt, body, exact, ...row }: PublicationRow, key: Buffer): Publication[] {
  if (!isTable(table)) return [];
  const opened = exact && { exact: JSON.parse(unsealed(key, exact, wordsOf(row)).toString()) as unknown };
  return [{ ...row, table, madeAt: instantOf(Date.parse(madeAt)), content: { ...body, ...opened } as Publication['content'] }];
}

function wordsOf({ id }: Pick<Publication, 'id'>): readonly string[] {
  return ['statistics_publication', id];
}
