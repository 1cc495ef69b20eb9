import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { StoreSchema } from '../schema';
import { casesOfMember, casesWithin, dueWithin, type Reach } from './within';

/** The cases that a list shows. What is left out does not matter. */
export interface CaseFilter {
  readonly stages?: readonly string[] | undefined;
  /** Left out, closed cases too. */
  readonly open?: boolean | undefined;
  /** Somebody of the team. */
  readonly member?: string | undefined;
  readonly dueBefore?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly statutoryOverdue?: boolean | undefined;
  readonly deadlinePassed?: boolean | undefined;
  readonly escalated?: boolean | undefined;
  readonly decisionNeeded?: boolean | undefined;
  readonly unassigned?: boolean | undefined;
  readonly undelivered?: boolean | undefined;
}

/** A list is of one moment: the instant, and its date in Amsterdam. */
export interface Moment {
  readonly now: string;
  readonly today: string;
}

/** A place between two cases: `infinity` for no date. */
export interface CasePosition {
  readonly due: string;
  readonly reference: string;
}

export interface CaseRow extends CasePosition {
  readonly office: string;
  readonly stage: string;
  readonly since: string;
  /** The first date from today on. */
  readonly next: string | null;
  readonly overdue: boolean;
  readonly escalated: boolean;
  readonly decisionNeeded: boolean;
  readonly unassigned: number;
  readonly undelivered: number;
}

interface Asked {
  readonly reach: Reach;
  readonly moment: Moment;
}

interface CasesAsked extends Asked {
  readonly filter: CaseFilter;
  readonly after: CasePosition | undefined;
  readonly most: number;
}

/** A page of cases, by their first date. */
export async function casesOn(db: Kysely<StoreSchema>, { reach, filter, moment, after, most }: CasesAsked): Promise<readonly CaseRow[]> {
  const { source, conditions } = matching(reach, filter, moment);
  if (after !== undefined) conditions.push(sql`(line.by_due, line.reference) > (${after.due}::date, ${after.reference})`);
  // Somebody with two roles in a case is in its team once. An output name in the order would be sorted as text, past the index.
  const page = sql`select distinct on (line.by_due, line.reference) line.* from ${source} line where ${allOf(conditions)}
    order by line.by_due, line.reference limit ${most}`;
  const { rows } = await sql<CaseRow>`
    select page.reference, page.office, page.stage, page.since::text as since, page.by_due::text as due,
      (select min(due.due_on)::text from ${dueWithin(reach)} due
        where due.reference = page.reference and due.kind <> 'other' and due.due_on >= ${moment.today}::date) as next,
      page.overdue_from <= ${moment.now}::timestamptz as overdue, page.escalates_at <= ${moment.now}::timestamptz as escalated,
      page.decision_needed as "decisionNeeded", page.unassigned, page.undelivered
    from (${page}) page order by page.by_due, page.reference`.execute(db);
  return rows;
}

/** The number of cases that each filter finds, counted no further than this. The counts are of one moment. */
export async function countsOf(
  db: Kysely<StoreSchema>,
  { reach, filters, moment, most }: Asked & { readonly filters: readonly CaseFilter[]; readonly most: number },
): Promise<readonly number[]> {
  const counts = filters.map((filter) => {
    const { source, conditions } = matching(reach, filter, moment);
    return sql`(select count(*)::integer from (select from ${source} line where ${allOf(conditions)} limit ${most}) counted)`;
  });
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}] as counts`.execute(db);
  return rows[0]?.counts ?? [];
}

function matching(reach: Reach, filter: CaseFilter, { now }: Moment) {
  const { stages, member, dueBefore } = filter;
  const past = (column: string) => sql<boolean>`${sql.ref(`line.${column}`)} <= ${now}::timestamptz`;
  const conditions: RawBuilder<boolean>[] = [];
  if (filter.open === true) conditions.push(sql`line.stage <> 'closed'`);
  if (stages !== undefined) conditions.push(inOneOf(stages));
  if (dueBefore !== undefined) conditions.push(sql`line.by_due < ${dueBefore}::date`);
  if (filter.overdue === true) conditions.push(past('overdue_from'));
  if (filter.statutoryOverdue === true) conditions.push(past('statutory_overdue_from'));
  if (filter.deadlinePassed === true) conditions.push(past('deadline_passed_from'));
  if (filter.escalated === true) conditions.push(past('escalates_at'));
  if (filter.decisionNeeded === true) conditions.push(sql`line.decision_needed`);
  if (filter.unassigned === true) conditions.push(sql`line.unassigned > 0`);
  if (filter.undelivered === true) conditions.push(sql`line.undelivered > 0`);
  return { source: member === undefined ? casesWithin(reach) : casesOfMember(reach, member), conditions };
}

/** One stage is named by itself, so that its index gives the order. */
function inOneOf(stages: readonly string[]): RawBuilder<boolean> {
  const [only] = stages;
  return stages.length === 1 && only !== undefined ? sql`line.stage = ${only}` : sql`line.stage = any(${stages}::text[])`;
}

function allOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}
