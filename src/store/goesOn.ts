import { sql, type RawBuilder } from 'kysely';

/** The condition that nobody ended the run of a case. `table`: the name in the statement of a table with references. */
export function goesOn(table: string): RawBuilder<boolean> {
  return sql`not exists (select from pathways.case_ended ended where ended.reference = ${sql.ref(`${table}.reference`)})`;
}
