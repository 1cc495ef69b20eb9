import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { StatisticsRow } from '../../src/domain/views/statisticsRow';
import { openPatiently, type StorePlace } from '../../src/store/connection';

/** Counts persons, or takes them back, as the writing of a case does. */
export async function countPersons(
  place: StorePlace,
  persons: readonly { readonly id: string; readonly revision?: number; readonly row: Partial<StatisticsRow> | null }[],
): Promise<void> {
  const db = openPatiently(place);
  try {
    for (const { id, revision = 1, row } of persons) {
      const key = createHash('sha256').update(id).digest();
      await sql`select pathways.count_person(${key}, ${revision}::bigint, null, ${row === null ? null : JSON.stringify(row)}::jsonb)`.execute(
        db,
      );
    }
  } finally {
    await db.destroy();
  }
}

/** Somebody who was registered, and of whom nothing more is known. */
export const somebody = {
  ...{ registeredMonth: '2026-05-01', nationality: 'HU', sex: 'female', ageGroup: 'adult', sector: 'sexual', indicatedBy: 'police' },
  ...{ tasksEnded: 0, tasksInTime: 0, returned: false, followUpsDue: 0, followUpsMade: 0 },
} as const satisfies Partial<StatisticsRow>;
