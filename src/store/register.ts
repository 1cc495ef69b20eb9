import { sql, type Kysely } from 'kysely';
import type { CaseWrite } from './caseWrite';
import { goesOn } from './goesOn';
import type { StoreSchema } from './schema';
import { standingRows, type StandingRows } from './standingRows';

/** The register: each case as it was last written, and its plain rows. Every method rejects with `StoreAway` while the database does not answer. */
export interface RegisterTable {
  /** Writes all of a case in one statement. False: a newer revision stands, and nothing but missing facts was added. */
  write(written: CaseWrite): Promise<boolean>;
  ofReference(reference: string): Promise<CaseStateRow | undefined>;
  /** The revision of each of these cases that the register has. */
  revisionsOf(references: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Keeps an edition of the policy by the hash of its body. */
  putEdition(edition: EditionRow): Promise<void>;
  editionOf(hash: Buffer): Promise<EditionRow | undefined>;
  /** All rows of a case as they stand, of one moment. */
  standing(reference: string): Promise<StandingRows>;
  /** Whether statistics count the person of a case as the case says. */
  isCounted(person: CaseWrite['person'] & { readonly revision: number }): Promise<boolean>;
  /** Whether the rows of a case that goes on have an older form than this one. */
  hasOlderForms(form: number): Promise<boolean>;
  /** Every case of which there is a row. */
  references(): Promise<readonly string[]>;
  /** Whether the register holds every case. */
  isFilled(): Promise<boolean>;
  markFilled(): Promise<void>;
  /** The cases that are marked as ended. */
  endedCases(): Promise<readonly string[]>;
  /** Marks cases as ended, and takes back the mark of those that go on. Both are news to whoever keeps a copy. */
  markEnded(marks: { readonly ended: readonly string[]; readonly goOn: readonly string[] }): Promise<void>;
  /** Keeps the result of a comparison, in place of the one before. */
  keepComparison(compared: { readonly cases: number; readonly differing: number }): Promise<void>;
}

export interface EditionRow {
  readonly hash: Buffer;
  readonly name: string;
  readonly body: string;
}

/** What the register has of a case: sealed under its key. */
export interface CaseStateRow {
  readonly revision: number;
  readonly form: number;
  /** The instant at which the plain rows were made. */
  readonly writtenAt: string;
  readonly edition: Buffer;
  readonly sealed: Buffer;
  /** The run of the case was ended, so the case itself says how it stands. */
  readonly isEnded: boolean;
  /** The facts of this revision, in their order. Fewer than there should be only if somebody removed one. */
  readonly facts: readonly Buffer[];
}

export function registerTable(db: Kysely<StoreSchema>): RegisterTable {
  return {
    write: async (written) => {
      const { rows } = await sql<{ newest: boolean }>`select pathways.write_case(${JSON.stringify(inColumns(written))}) as newest`.execute(
        db,
      );
      return rows[0]?.newest === true;
    },
    ofReference: async (reference) => {
      const found = await db
        .selectFrom('case_state')
        .where('reference', '=', reference)
        .select(['revision', 'form', 'written_at', 'edition', 'sealed'])
        .select([
          sql<Buffer[]>`array(select f.sealed from pathways.case_fact f where f.reference = case_state.reference
            and f.n <= case_state.entries order by f.n)`.as('facts'),
          sql<boolean>`exists (select from pathways.case_ended e where e.reference = case_state.reference)`.as('isEnded'),
        ])
        .executeTakeFirst();
      if (found === undefined) return undefined;
      const { revision, written_at: writtenAt, ...rest } = found;
      return { ...rest, revision: Number(revision), writtenAt: writtenAt.toISOString() };
    },
    revisionsOf: async (references) => {
      const found = await db.selectFrom('case_state').where('reference', 'in', references).select(['reference', 'revision']).execute();
      return new Map(found.map(({ reference, revision }) => [reference, Number(revision)]));
    },
    putEdition: async (edition) => {
      await db
        .insertInto('edition')
        .values(edition)
        .onConflict((conflict) => conflict.column('hash').doNothing())
        .execute();
    },
    editionOf: (hash) => db.selectFrom('edition').selectAll().where('hash', '=', hash).executeTakeFirst(),
    standing: (reference) => standingRows(db, reference),
    isCounted: async ({ id, revision, row }) => {
      const person = row === null ? null : JSON.stringify(row);
      const { rows } = await sql<{ same: boolean }>`
        select pathways.is_counted(${id}, ${revision}::bigint, ${person}::jsonb) as same`.execute(db);
      return rows[0]?.same === true;
    },
    hasOlderForms: async (form) =>
      (await db
        .selectFrom('case_state')
        .where('form', '<', form)
        .where(goesOn('case_state'))
        .select('form')
        .limit(1)
        .executeTakeFirst()) !== undefined,
    references: async () => {
      const { rows } = await sql<{ reference: string }>`
        select reference from pathways.case_state union select reference from pathways.case_fact
        union select reference from pathways.case_line union select reference from pathways.case_member
        union select reference from pathways.due order by reference`.execute(db);
      return rows.map(({ reference }) => reference);
    },
    isFilled: async () => (await db.selectFrom('register_filled').select('at').executeTakeFirstOrThrow()).at !== null,
    markFilled: async () => {
      await db
        .updateTable('register_filled')
        .set({ at: sql<Date>`now()` })
        .execute();
    },
    endedCases: async () => (await db.selectFrom('case_ended').select('reference').execute()).map(({ reference }) => reference),
    markEnded: async ({ ended, goOn }) => {
      await sql`
        with back as (delete from pathways.case_ended where reference = any(${goOn}::text[]) returning reference), newly as (
          insert into pathways.case_ended select unnest(${ended}::text[]) on conflict do nothing returning reference)
        update pathways.case_line set feed = pg_current_xact_id()
          where reference in (select reference from back union all select reference from newly)`.execute(db);
    },
    keepComparison: async (compared) => {
      const row = { ...compared, at: sql<Date>`now()` };
      await db
        .insertInto('register_compared')
        .values(row)
        .onConflict((conflict) => conflict.column('single').doUpdateSet(row))
        .execute();
    },
  };
}

/** A comparison of rows with a null in them is never true, so a missing date is one that never comes. */
const never = 'infinity';
const always = '-infinity';

/** What `write_case` takes: the names of columns, and bytes in base64. */
function inColumns({ reference, revision, over, state, facts, line, members, due, late, person }: CaseWrite): object {
  return {
    reference,
    revision,
    over,
    state: {
      form: state.form,
      written_at: state.writtenAt,
      edition: text(state.edition),
      entries: state.entries,
      sealed: text(state.sealed),
    },
    facts: facts.map(({ n, sealed }) => ({ n, sealed: text(sealed) })),
    line: {
      office: line.office,
      stage: line.stage,
      since: line.since,
      opened_on: line.openedOn,
      first_due: line.firstDue ?? never,
      overdue_from: line.overdueFrom ?? never,
      statutory_overdue_from: line.statutoryOverdueFrom ?? never,
      deadline_passed_from: line.deadlinePassedFrom ?? never,
      escalates_at: line.escalatesAt === 'escalated' ? always : (line.escalatesAt ?? never),
      decision_needed: line.decisionNeeded,
      unassigned: line.unassigned,
      undelivered: line.undelivered,
      hidden_from_police: line.hiddenFromPolice,
    },
    members: members.map(({ role, staffId }) => ({ role, staff_id: staffId })),
    due: due.map(({ kind, item, owner, assignee, dueOn, dueAt, statutory, forecast, mark, sealed }) => ({
      ...{ kind, item: text(item), owner, assignee, due_on: dueOn, due_at: dueAt, statutory },
      ...{ forecast: forecast === null ? null : text(forecast), mark: text(mark), sealed: text(sealed) },
    })),
    late: late.map(({ plannedAt, happenedAt, sealed }) => ({ planned_at: plannedAt, happened_at: happenedAt, sealed: text(sealed) })),
    person: { id: text(person.id), row: person.row },
  };
}

function text(bytes: Buffer): string {
  return bytes.toString('base64');
}
