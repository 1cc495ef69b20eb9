import { sql, type Kysely } from 'kysely';
import type { StoreSchema } from '../schema';
import type { Moment } from './cases';
import { casesWithin, dueWithin, type Reach } from './within';

export interface TaskPosition {
  readonly due: string;
  readonly reference: string;
  /** The keyed hash of the task, in hexadecimal digits. */
  readonly item: string;
}

export interface TaskRow extends TaskPosition {
  readonly stage: string;
  readonly dueAt: Date | null;
  readonly overdue: boolean;
  readonly statutory: boolean;
  readonly owner: string;
  readonly assignee: string | null;
  /** What it is, under the key of its case. */
  readonly sealed: Buffer;
}

export interface TasksAsked {
  readonly reach: Reach;
  readonly moment: Moment;
  /** Whose tasks; null: those of a role that nobody holds. */
  readonly assignees: readonly (string | null)[];
  readonly until: string;
  readonly overdue: boolean;
  readonly statutory: boolean;
  readonly after: TaskPosition | undefined;
  readonly most: number;
}

/** A page of open tasks across cases, by date. */
export async function tasksOn(db: Kysely<StoreSchema>, asked: TasksAsked): Promise<readonly TaskRow[]> {
  const { reach, moment, assignees, until, after, most } = asked;
  const past = sql<boolean>`coalesce(task.due_at <= ${moment.now}::timestamptz, task.due_on < ${moment.today}::date)`;
  const conditions = sql`task.kind = 'task' and task.due_on <= ${until}::date
    ${asked.statutory ? sql`and task.statutory` : sql``} ${asked.overdue ? sql`and ${past}` : sql``}
    ${after === undefined ? sql`` : sql`and (task.due_on, task.reference, task.item) > (${after.due}::date, ${after.reference}, decode(${after.item}, 'hex'))`}`;
  // One range of the index for each person: together in a single condition their tasks would have to be sorted.
  const ofEach = assignees.map(
    (assignee) => sql`(select task.* from ${dueWithin(reach)} task
      where ${assignee === null ? sql`task.assignee is null` : sql`task.assignee = ${assignee}`} and ${conditions}
      order by task.due_on, task.reference, task.item limit ${most})`,
  );
  const { rows } = await sql<TaskRow>`
    select task.reference, task.due_on::text as due, encode(task.item, 'hex') as item, line.stage, task.due_at as "dueAt", ${past} as overdue,
      task.statutory, task.owner, task.assignee, task.sealed
    from (select * from (${sql.join(ofEach, sql` union all `)}) each_ones order by due_on, reference, item limit ${most}) task
    join ${casesWithin(reach)} line on line.reference = task.reference
    order by task.due_on, task.reference, task.item`.execute(db);
  return rows;
}
