import { sql, type Kysely } from 'kysely';
import { makeRole } from './0001-keys';

/**
 * The register: each case as it was last written, and beside it the few plain columns that lists need (docs/decisions/0033-the-register.md).
 *
 * The clock changes none of these rows. A list compares their dates with today, and `infinity` stands for a date that there is not: a null
 * would break the comparison of rows by which pages are read.
 */
export const register = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await makeRole(db, 'pathways_register');
    for (const statement of [...tables, ...indexes, writeCase, ...grants]) await sql.raw(statement).execute(db);
  },
};

const tables = [
  `create table pathways.edition (hash bytea primary key, name text not null, body text not null)`,
  // A revision is of milliseconds since 1970. \`entries\`: the number of facts that belong to this revision.
  `create table pathways.case_state (
    reference text primary key, revision bigint not null, form integer not null, written_at timestamptz not null,
    edition bytea not null references pathways.edition (hash), entries integer not null, sealed bytea not null)`,
  `create table pathways.case_fact (reference text not null, n integer not null, sealed bytea not null, primary key (reference, n))`,
  `create table pathways.case_line (
    reference text primary key, revision bigint not null, form integer not null, written_at timestamptz not null, office text not null,
    stage text not null, since date not null, opened_on date not null, first_due date not null, overdue_from timestamptz not null,
    statutory_overdue_from timestamptz not null, deadline_passed_from timestamptz not null, escalates_at timestamptz not null,
    decision_needed boolean not null, unassigned integer not null, undelivered integer not null, hidden_from_police boolean not null,
    feed xid8 not null)`,
  // Who could see a case once: all of a former office, or all but its police where the case was hidden from them; and the police alone
  // of an office whose case was hidden again.
  `create table pathways.case_left (
    reference text not null, office text not null, left_by text not null check (left_by in ('all', 'police', 'others')),
    revision bigint not null, written_at timestamptz not null, feed xid8 not null, primary key (reference, office, left_by))`,
  `create table pathways.case_member (
    reference text not null, role text not null, staff_id text not null, first_due date not null, primary key (reference, role))`,
  // \`mark\` is a keyed hash of all that the row says. It tells whether a row changed, since sealed bytes differ each time.
  `create table pathways.due (
    reference text not null, kind text not null check (kind in ('task', 'deadline', 'other')), item bytea not null, owner text, assignee text,
    office text not null, due_on date not null, due_at timestamptz, statutory boolean not null, forecast bytea,
    hidden_from_police boolean not null, mark bytea not null, sealed bytea not null, primary key (reference, kind, item))`,
  `create table pathways.late_moment (
    reference text not null, office text not null, hidden_from_police boolean not null, planned_at timestamptz not null,
    happened_at timestamptz not null, sealed bytea not null, primary key (reference, planned_at))`,
  // Until a register holds every case no list may be read from it. A service without cases has nothing to fill.
  `create table pathways.register_filled (single boolean primary key default true check (single), at timestamptz)`,
  `insert into pathways.register_filled (at) select case when exists (select from pathways.case_key) then null else now() end`,
  // The cases whose run somebody ended: the register knows their facts, and nobody may read them as if the case went on.
  `create table pathways.case_ended (reference text primary key)`,
  // The last comparison of the register with the cases.
  `create table pathways.register_compared (
    single boolean primary key default true check (single), at timestamptz not null, cases integer not null, differing integer not null)`,
];

const indexes = [
  'create index case_state_form on pathways.case_state (form)',
  'create index case_line_office_due on pathways.case_line (office, first_due, reference)',
  'create index case_line_office_stage on pathways.case_line (office, stage, first_due, reference)',
  'create index case_line_due on pathways.case_line (first_due, reference)',
  'create index case_line_stage on pathways.case_line (stage, first_due, reference)',
  'create index case_line_undelivered on pathways.case_line (office, first_due, reference) where undelivered > 0',
  'create index case_line_feed on pathways.case_line (feed, reference)',
  'create index case_left_feed on pathways.case_left (feed, reference)',
  'create index case_left_office on pathways.case_left (office, feed, reference)',
  'create index case_member_staff on pathways.case_member (staff_id, first_due, reference)',
  "create index due_assignee on pathways.due (assignee, due_on, reference, item) where kind = 'task'",
  'create index due_office on pathways.due (office, kind, due_on)',
  'create index due_kind on pathways.due (kind, due_on)',
  'create index due_case on pathways.due (reference, due_on)',
  "create index due_unassigned on pathways.due (office, due_on, reference, item) where kind = 'task' and assignee is null",
  'create index late_moment_happened on pathways.late_moment (happened_at)',
];

/**
 * Writes all of a case in one call, and answers whether it was the newest. The row of the state comes first: who waits for it reads in each
 * statement after it what the other has written. `over` is the revision of a row that is made anew. Where another revision stands by then, that
 * one is newer, and stays. A function of 0006-statistics counts the person.
 */
const writeCase = `
create function pathways.write_case(c jsonb) returns boolean language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  ref constant text := c->>'reference';
  rev constant bigint := c->>'revision';
  over constant bigint := c->>'over';
  is_newest boolean;
begin
  insert into pathways.case_state as kept (reference, revision, form, written_at, edition, entries, sealed)
    select ref, rev, s.form, s.written_at, decode(s.edition, 'base64'), s.entries, decode(s.sealed, 'base64')
    from jsonb_to_record(c->'state') as s(form integer, written_at timestamptz, edition text, entries integer, sealed text)
    on conflict (reference) do update set revision = rev, form = excluded.form, written_at = excluded.written_at,
      edition = excluded.edition, entries = excluded.entries, sealed = excluded.sealed
    where kept.revision < rev or kept.revision = over;
  is_newest := found;
  insert into pathways.case_fact (reference, n, sealed)
    select ref, f.n, decode(f.sealed, 'base64') from jsonb_to_recordset(c->'facts') as f(n integer, sealed text)
    on conflict do nothing;
  insert into pathways.late_moment (reference, office, hidden_from_police, planned_at, happened_at, sealed)
    select ref, c->'line'->>'office', (c->'line'->>'hidden_from_police')::boolean, l.planned_at, l.happened_at, decode(l.sealed, 'base64')
    from jsonb_to_recordset(c->'late') as l(planned_at timestamptz, happened_at timestamptz, sealed text)
    on conflict do nothing;
  if not is_newest then return false; end if;

  insert into pathways.case_left as gone (reference, office, left_by, revision, written_at, feed)
    select ref, line.office,
      case when line.hidden_from_police then 'others' when line.office = c->'line'->>'office' then 'police' else 'all' end,
      rev, (c->'state'->>'written_at')::timestamptz, pg_current_xact_id()
    from pathways.case_line line
    where line.reference = ref and (line.office <> c->'line'->>'office'
      or ((c->'line'->>'hidden_from_police')::boolean and not line.hidden_from_police))
    on conflict (reference, office, left_by) do update set revision = rev, written_at = excluded.written_at, feed = excluded.feed;
  insert into pathways.case_line as kept
    select ref, rev, (c->'state'->>'form')::integer, (c->'state'->>'written_at')::timestamptz, l.*, pg_current_xact_id()
    from jsonb_to_record(c->'line') as l(office text, stage text, since date, opened_on date, first_due date, overdue_from timestamptz,
      statutory_overdue_from timestamptz, deadline_passed_from timestamptz, escalates_at timestamptz, decision_needed boolean,
      unassigned integer, undelivered integer, hidden_from_police boolean)
    on conflict (reference) do update set revision = rev, form = excluded.form, written_at = excluded.written_at, office = excluded.office,
      stage = excluded.stage, since = excluded.since, opened_on = excluded.opened_on, first_due = excluded.first_due,
      overdue_from = excluded.overdue_from, statutory_overdue_from = excluded.statutory_overdue_from,
      deadline_passed_from = excluded.deadline_passed_from, escalates_at = excluded.escalates_at,
      decision_needed = excluded.decision_needed, unassigned = excluded.unassigned, undelivered = excluded.undelivered,
      hidden_from_police = excluded.hidden_from_police,
      feed = case when (kept.revision, kept.office, kept.hidden_from_police) = (rev, excluded.office, excluded.hidden_from_police)
        then kept.feed else excluded.feed end;

  delete from pathways.case_member where reference = ref and role not in
    (select m.role from jsonb_to_recordset(c->'members') as m(role text));
  insert into pathways.case_member as kept (reference, role, staff_id, first_due)
    select ref, m.role, m.staff_id, (c->'line'->>'first_due')::date
    from jsonb_to_recordset(c->'members') as m(role text, staff_id text)
    on conflict (reference, role) do update set staff_id = excluded.staff_id, first_due = excluded.first_due
    where (kept.staff_id, kept.first_due) is distinct from (excluded.staff_id, excluded.first_due);

  delete from pathways.due where reference = ref and (kind, item) not in
    (select d.kind, decode(d.item, 'base64') from jsonb_to_recordset(c->'due') as d(kind text, item text));
  insert into pathways.due as kept
    select ref, d.kind, decode(d.item, 'base64'), d.owner, d.assignee, c->'line'->>'office', d.due_on, d.due_at, d.statutory,
      decode(d.forecast, 'base64'), (c->'line'->>'hidden_from_police')::boolean, decode(d.mark, 'base64'), decode(d.sealed, 'base64')
    from jsonb_to_recordset(c->'due') as d(kind text, item text, owner text, assignee text, due_on date, due_at timestamptz,
      statutory boolean, forecast text, mark text, sealed text)
    on conflict (reference, kind, item) do update set owner = excluded.owner, assignee = excluded.assignee, office = excluded.office,
      due_on = excluded.due_on, due_at = excluded.due_at, statutory = excluded.statutory, forecast = excluded.forecast,
      hidden_from_police = excluded.hidden_from_police, mark = excluded.mark, sealed = excluded.sealed
    where kept.mark <> excluded.mark or over is not null;
  perform pathways.count_person(decode(c->'person'->>'id', 'base64'), rev, over, nullif(c->'person'->'row', 'null'));
  return true;
end $$`;

const writers = 'pathways_api, pathways_worker, pathways_register';
const grants = [
  `grant usage on schema pathways to pathways_register`,
  `grant select on pathways.kysely_migration, pathways.case_key to pathways_register`,
  `grant select, insert on pathways.sealed_value to pathways_register`,
  `grant execute on function pathways.audit_append to pathways_register`,
  `revoke execute on function pathways.write_case from public`,
  `grant execute on function pathways.write_case to ${writers}`,
  `grant select, insert on pathways.edition, pathways.case_fact, pathways.late_moment to ${writers}`,
  `grant select, insert, update on pathways.case_state, pathways.case_line, pathways.case_left to ${writers}`,
  `grant select, insert, update, delete on pathways.case_member, pathways.due to ${writers}`,
  `grant select on pathways.register_filled, pathways.case_ended, pathways.register_compared to ${writers}`,
  `grant insert, delete on pathways.case_ended to pathways_worker`,
  `grant update on pathways.register_filled to pathways_register`,
  `grant insert, update on pathways.register_compared to pathways_register`,
];
