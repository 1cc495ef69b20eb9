import { sql, type Kysely } from 'kysely';
import type { DueWrite, LineWrite } from './caseWrite';
import type { StoreSchema } from './schema';

/** All rows of a case, in the words in which they were written. */
export interface StandingRows {
  readonly state: StandingState | undefined;
  /** Also facts beyond those of the state. */
  readonly facts: readonly { readonly n: number; readonly sealed: Buffer }[];
  readonly line: StandingLine | undefined;
  readonly members: readonly { readonly role: string; readonly staffId: string; readonly firstDue: string | null }[];
  readonly due: readonly StandingDue[];
}

interface Versioned {
  readonly revision: number;
  readonly form: number;
  readonly writtenAt: string;
}

export interface StandingState extends Versioned {
  readonly edition: Buffer;
  readonly entries: number;
  readonly sealed: Buffer;
}

export type StandingLine = LineWrite & Versioned;

export interface StandingDue extends DueWrite {
  readonly office: string;
  readonly hiddenFromPolice: boolean;
}

/** A row as JSON: bytes in hexadecimal digits, dates and instants as text. */
type Row = Readonly<Record<string, string | number | boolean | null>>;

interface Found {
  readonly state: Row | null;
  readonly line: Row | null;
  readonly facts: readonly Row[];
  readonly members: readonly Row[];
  readonly due: readonly Row[];
}

/** One statement reads them all: a case that is written meanwhile would otherwise look damaged. */
export async function standingRows(db: Kysely<StoreSchema>, reference: string): Promise<StandingRows> {
  const { rows } = await sql<Found>`select
    (select to_jsonb(s) from pathways.case_state s where s.reference = asked.reference) as state,
    (select to_jsonb(l) from pathways.case_line l where l.reference = asked.reference) as line,
    (select coalesce(jsonb_agg(f), '[]') from pathways.case_fact f where f.reference = asked.reference) as facts,
    (select coalesce(jsonb_agg(m), '[]') from pathways.case_member m where m.reference = asked.reference) as members,
    (select coalesce(jsonb_agg(d), '[]') from pathways.due d where d.reference = asked.reference) as due
    from (select ${reference}::text as reference) as asked`.execute(db);
  const found = rows[0];
  return {
    state: found?.state ? stateIn(found.state) : undefined,
    line: found?.line ? lineIn(found.line) : undefined,
    facts: (found?.facts ?? []).map((row) => ({ n: Number(row['n']), sealed: bytes(row['sealed']) })),
    members: (found?.members ?? []).map((row) => ({
      role: text(row['role']),
      staffId: text(row['staff_id']),
      firstDue: date(row['first_due']),
    })),
    due: (found?.due ?? []).map(dueIn),
  };
}

function versionIn(row: Row): Versioned {
  return { revision: Number(row['revision']), form: Number(row['form']), writtenAt: new Date(text(row['written_at'])).toISOString() };
}

function stateIn(row: Row): StandingState {
  return { ...versionIn(row), edition: bytes(row['edition']), entries: Number(row['entries']), sealed: bytes(row['sealed']) };
}

function lineIn(row: Row): StandingLine {
  return {
    ...versionIn(row),
    office: text(row['office']),
    stage: text(row['stage']),
    since: text(row['since']),
    openedOn: text(row['opened_on']),
    firstDue: date(row['first_due']),
    overdueFrom: instant(row['overdue_from']),
    statutoryOverdueFrom: instant(row['statutory_overdue_from']),
    deadlinePassedFrom: instant(row['deadline_passed_from']),
    escalatesAt: row['escalates_at'] === '-infinity' ? 'escalated' : instant(row['escalates_at']),
    decisionNeeded: row['decision_needed'] === true,
    unassigned: Number(row['unassigned']),
    undelivered: Number(row['undelivered']),
    hiddenFromPolice: row['hidden_from_police'] === true,
  };
}

function dueIn(row: Row): StandingDue {
  return {
    kind: row['kind'] as DueWrite['kind'],
    item: bytes(row['item']),
    owner: textOrNull(row['owner']),
    assignee: textOrNull(row['assignee']),
    office: text(row['office']),
    dueOn: text(row['due_on']),
    dueAt: instant(row['due_at']),
    statutory: row['statutory'] === true,
    forecast: row['forecast'] === null ? null : bytes(row['forecast']),
    hiddenFromPolice: row['hidden_from_police'] === true,
    mark: bytes(row['mark']),
    sealed: bytes(row['sealed']),
  };
}

type Value = Row[string] | undefined;

function text(value: Value): string {
  return String(value);
}

function textOrNull(value: Value): string | null {
  return value === null ? null : text(value);
}

function date(value: Value): string | null {
  return value === 'infinity' ? null : textOrNull(value);
}

/** As the domain writes it, without a fraction of a second that is none. */
function instant(value: Value): string | null {
  if (value === null || value === 'infinity') return null;
  return new Date(text(value)).toISOString().replace('.000Z', 'Z');
}

function bytes(value: Value): Buffer {
  return Buffer.from(text(value).slice('\\x'.length), 'hex');
}
