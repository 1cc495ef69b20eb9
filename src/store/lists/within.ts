/*
 * The tables of the lists, each only as far as a caller may see it. No other file of the lists names a table with cases, so no statement is
 * without the condition (a test reads them).
 */

import { sql, type RawBuilder } from 'kysely';
import { goesOn } from '../goesOn';

/** Offices by name; `all` names each. */
export type Offices = 'all' | 'none' | { readonly office: string };

/** The offices whose cases are within reach, and those whose cases are so even while the police may not know of them. */
export interface Reach {
  readonly known: Offices;
  readonly hidden: Offices;
}

/** The cases within reach, with the date by which lists have their order. */
export function casesWithin(reach: Reach): RawBuilder<unknown> {
  return sql`(select line.*, line.first_due as by_due from pathways.case_line line
    where ${within(reach, columns('line'))} and ${goesOn('line')})`;
}

/** The cases within reach in whose team somebody is. A case in which they have two roles is there twice. */
export function casesOfMember(reach: Reach, staffId: string): RawBuilder<unknown> {
  return sql`(select line.*, member.first_due as by_due from pathways.case_member member
    join pathways.case_line line on line.reference = member.reference
    where member.staff_id = ${staffId} and ${within(reach, columns('line'))} and ${goesOn('line')})`;
}

/** The open tasks and the dates of the cases within reach. */
export function dueWithin(reach: Reach): RawBuilder<unknown> {
  return sql`(select due.* from pathways.due due where ${within(reach, columns('due'))} and ${goesOn('due')})`;
}

/** The cases that were within reach once, and are not now. */
export function casesGoneFrom(reach: Reach): RawBuilder<unknown> {
  const then = { office: sql`gone.office`, hidden: sql`gone.left_by = 'others'` };
  // One look for each case: a join would read all cases for the few that left.
  return sql`(select gone.* from pathways.case_left gone where ${within(reach, then)} and
    (select not ${within(reach, columns('line'))} from pathways.case_line line where line.reference = gone.reference))`;
}

/** The cases within reach whose run somebody ended. */
export function casesEndedWithin(reach: Reach): RawBuilder<unknown> {
  return sql`(select line.* from pathways.case_line line where ${within(reach, columns('line'))} and not ${goesOn('line')})`;
}

/** The late moments of the cases that are within reach now. One that somebody ended is among them: what happened to it stays true. */
export function lateWithin(reach: Reach): RawBuilder<unknown> {
  return sql`(select late.* from pathways.late_moment late join pathways.case_line line on line.reference = late.reference
    where ${within(reach, columns('line'))})`;
}

interface Columns {
  readonly office: RawBuilder<unknown>;
  readonly hidden: RawBuilder<unknown>;
}

function columns(table: string): Columns {
  return { office: sql.ref(`${table}.office`), hidden: sql.ref(`${table}.hidden_from_police`) };
}

/** THE CONDITION. As few words as the reach allows: an index is found by `office = $1`, and not by an `or`. */
function within({ known, hidden }: Reach, { office, hidden: isHidden }: Columns): RawBuilder<boolean> {
  const among = (offices: Offices): RawBuilder<boolean> => {
    if (typeof offices === 'string') return offices === 'all' ? sql`true` : sql`false`;
    return sql`${office} = ${offices.office}`;
  };
  if (areTheSame(known, hidden)) return among(known);
  if (hidden === 'none') return sql`(not (${isHidden}) and ${among(known)})`;
  return sql`(${among(known)} and (not (${isHidden}) or ${among(hidden)}))`;
}

function areTheSame(one: Offices, other: Offices): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
