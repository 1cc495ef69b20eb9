import { sql, type Kysely } from 'kysely';
import type { StoreSchema } from './schema';

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
  /** Whether the register holds every case. */
  isFilled(): Promise<boolean>;
  markFilled(): Promise<void>;
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
  /** The facts of this revision, in their order. Fewer than there should be only if somebody removed one. */
  readonly facts: readonly Buffer[];
}

/** All rows of a case. Dates are `2027-11-30`, instants `2027-11-30T08:00:00Z`; null stands for none. */
export interface CaseWrite {
  readonly reference: string;
  /** Milliseconds since 1970. */
  readonly revision: number;
  readonly state: {
    readonly form: number;
    readonly writtenAt: string;
    readonly edition: Buffer;
    readonly entries: number;
    readonly sealed: Buffer;
  };
  /** Facts that may be missing yet, by number from 1. */
  readonly facts: readonly { readonly n: number; readonly sealed: Buffer }[];
  readonly line: LineWrite;
  readonly members: readonly { readonly role: string; readonly staffId: string }[];
  readonly due: readonly DueWrite[];
  readonly late: readonly LateWrite[];
  /** The person as statistics count them, under an id that names nobody; null for a person who is not counted, or no longer. */
  readonly person: { readonly id: Buffer; readonly row: object | null };
}

export interface LineWrite {
  readonly office: string;
  readonly stage: string;
  readonly since: string;
  readonly openedOn: string;
  readonly firstDue: string | null;
  readonly overdueFrom: string | null;
  readonly statutoryOverdueFrom: string | null;
  readonly deadlinePassedFrom: string | null;
  /** `escalated`: it is, whatever the hour. */
  readonly escalatesAt: string | null;
  readonly decisionNeeded: boolean;
  readonly unassigned: number;
  readonly undelivered: number;
  readonly hiddenFromPolice: boolean;
}

export interface DueWrite {
  readonly kind: 'task' | 'deadline' | 'other';
  readonly item: Buffer;
  readonly owner: string | null;
  readonly assignee: string | null;
  readonly dueOn: string;
  readonly dueAt: string | null;
  readonly statutory: boolean;
  readonly forecast: Buffer | null;
  /** Changes with anything that the row says. */
  readonly mark: Buffer;
  readonly sealed: Buffer;
}

/** A moment of the clock that came late. */
export interface LateWrite {
  readonly plannedAt: string;
  readonly happenedAt: string;
  readonly sealed: Buffer;
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
        .select(
          sql<Buffer[]>`array(select f.sealed from pathways.case_fact f where f.reference = case_state.reference
            and f.n <= case_state.entries order by f.n)`.as('facts'),
        )
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
    isFilled: async () => (await db.selectFrom('register_filled').select('at').executeTakeFirstOrThrow()).at !== null,
    markFilled: async () => {
      await db
        .updateTable('register_filled')
        .set({ at: sql<Date>`now()` })
        .execute();
    },
  };
}

/** A comparison of rows with a null in them is never true, so a missing date is one that never comes. */
const never = 'infinity';
const always = '-infinity';

/** What `write_case` takes: the names of columns, and bytes in base64. */
function inColumns({ reference, revision, state, facts, line, members, due, late, person }: CaseWrite): object {
  return {
    reference,
    revision,
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
