import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type RawBuilder,
} from 'kysely';
import { openDatabase } from '../../src/store/connection';
import { casesOn, countsOf } from '../../src/store/lists/cases';
import { changesOn } from '../../src/store/lists/changes';
import { forecastOn } from '../../src/store/lists/forecast';
import { lateMomentsOf, outagesOn } from '../../src/store/lists/outages';
import { tasksOn } from '../../src/store/lists/tasks';
import { casesGoneFrom, casesOfMember, casesWithin, dueWithin, lateWithin, type Reach } from '../../src/store/lists/within';
import type { StoreSchema } from '../../src/store/schema';
import { onEveryEngine } from '../support/databases';

const folder = join(__dirname, '..', '..', 'src', 'store', 'lists');

/** A database that answers with no rows, and what it was asked. */
const compiled: CompiledQuery[] = [];
const compiling = new Kysely<StoreSchema>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  log: ({ query }) => void compiled.push(query),
});

describe('the condition over every list', () => {
  it.each(readdirSync(folder).filter((name) => name !== 'within.ts'))('stands before each table with cases in %s', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    expect(text.match(/pathways\.|selectFrom|\b(case_line|case_left|case_member|case_state|case_fact|late_moment)\b/g)).toBeNull();
  });

  it('is in every source of cases, as often as a case is looked for', () => {
    const reach: Reach = { known: { office: 'AN-OFFICE' }, hidden: 'none' };
    const conditions = (source: RawBuilder<unknown>) => {
      const { sql: text, parameters } = source.compile(compiling);
      return [parameters.filter((each) => each === 'AN-OFFICE').length, text.match(/\(not \(/g)?.length];
    };
    const once = [casesWithin(reach), casesOfMember(reach, 'staff-1'), dueWithin(reach), lateWithin(reach)];
    expect(once.map(conditions)).toEqual(once.map(() => [1, 1]));
    // Who could see a case once, and cannot now.
    expect(conditions(casesGoneFrom(reach))).toEqual([2, 2]);
  });
});

describe('at 10,000 cases', () => {
  onEveryEngine((open) => {
    let db: Kysely<StoreSchema>;
    beforeAll(async () => {
      const { place, asOwner } = await open('pathways_api');
      for (const statement of filled) await asOwner(statement);
      db = openDatabase(place);
    });
    afterAll(() => db.destroy());

    const moment = { now: '2027-09-20T08:00:00Z', today: '2027-09-20' };
    const office: Reach = { known: { office: 'office-3' }, hidden: { office: 'office-3' } };
    const police: Reach = { known: { office: 'office-3' }, hidden: 'none' };
    const nation: Reach = { known: 'all', hidden: 'all' };
    const kmar: Reach = { known: 'all', hidden: 'none' };
    const page = { moment, after: { due: '2027-10-01', reference: 'BT-5000' }, most: 51 };
    const open1 = { open: true };
    const classes = ['\\x01', '\\x02'].map((text) => Buffer.from(text));

    it.each<[string, (db: Kysely<StoreSchema>) => Promise<unknown>]>([
      ['the cases of an office', (on) => casesOn(on, { ...page, reach: office, filter: open1 })],
      ['its first page', (on) => casesOn(on, { ...page, after: undefined, reach: office, filter: open1 })],
      ['the cases of an office for its police', (on) => casesOn(on, { ...page, reach: police, filter: open1 })],
      ['those of one stage', (on) => casesOn(on, { ...page, reach: office, filter: { stages: ['decision'] } })],
      ['those of two stages', (on) => casesOn(on, { ...page, reach: office, filter: { stages: ['decision', 'intake'] } })],
      ['those that are escalated', (on) => casesOn(on, { ...page, reach: office, filter: { ...open1, escalated: true } })],
      ['those whose mail did not arrive', (on) => casesOn(on, { ...page, reach: office, filter: { ...open1, undelivered: true } })],
      ['those of a member', (on) => casesOn(on, { ...page, reach: office, filter: { ...open1, member: 'staff-3-1' } })],
      ['all cases', (on) => casesOn(on, { ...page, reach: nation, filter: open1 })],
      ['all cases but the hidden', (on) => casesOn(on, { ...page, reach: kmar, filter: open1 })],
      ['all cases of one stage', (on) => casesOn(on, { ...page, reach: nation, filter: { stages: ['decision'] } })],
      ['a page of a whole table', (on) => casesOn(on, { ...page, most: largestPage, reach: nation, filter: open1 })],
      ['the board', (on) => countsOf(on, { reach: office, filters: [open1, { ...open1, overdue: true }], moment, most: 1_001 })],
      ['my day', (on) => tasksOn(on, { ...tasks, reach: office, assignees: ['staff-3-1'] })],
      ['my day and that of a colleague', (on) => tasksOn(on, { ...tasks, reach: office, assignees: ['staff-3-1', 'staff-3-2'] })],
      ['the tasks of nobody', (on) => tasksOn(on, { ...tasks, reach: office, assignees: [null] })],
      ['the forecast of an office', (on) => forecastOn(on, { ...weeks, reach: office })],
      ['the forecast of the nation', (on) => forecastOn(on, { ...weeks, reach: kmar })],
      ['the feed of an office', (on) => changesOn(on, { reach: office, after: { feed: '1', reference: 'BT-1' }, most: 51 })],
      ['the feed of the nation', (on) => changesOn(on, { reach: kmar, after: { feed: '1', reference: 'BT-1' }, most: 51 })],
      ['the outages of an office', (on) => outagesOn(on, { reach: office, since: '2026-09-20T00:00:00Z', most: 51 })],
      ['an outage', (on) => lateMomentsOf(on, { reach: office, outage, most: 51 })],
    ])('%s are read by an index, and no more than a page is sorted', async (_, list) => {
      compiled.length = 0;
      await list(compiling);
      const [query] = compiled;
      const { rows: plans } = await db.executeQuery<{ 'QUERY PLAN': [{ Plan: Node }] }>({
        ...(query as CompiledQuery),
        sql: `explain (format json) ${query?.sql}`,
      });
      const nodes = nodesOf(plans[0]?.['QUERY PLAN'][0].Plan);
      const whole = nodes.filter(({ 'Node Type': type }) => type === 'Seq Scan').map((node) => node['Relation Name']);
      // So few cases have ended that their table is a page.
      expect(whole.filter((name) => name !== 'case_ended')).toEqual([]);
      const sorted = nodes.filter(({ 'Node Type': type }) => type === 'Sort').map((node) => node['Plan Rows']);
      expect(sorted.filter((rows) => rows > largestPage)).toEqual([]);
    });

    const tasks = { moment, until: '2027-09-27', overdue: false, statutory: false, after: undefined, most: 51 };
    const weeks = { from: '2027-09-20', before: '2028-03-20', classes };
    const outage = { first: new Date('2027-09-20T08:00:00Z'), until: new Date('2027-09-20T08:10:00Z') };
  });
});

/** A table is read in pages of so many rows, and one more. */
const largestPage = 501;

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly Node[];
}

function nodesOf(node: Node | undefined): readonly Node[] {
  return node === undefined ? [] : [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** 10,000 cases in ten offices, each with a team of four and twelve dates, a third of them closed. */
const filled = [
  `insert into pathways.case_line select 'BT-' || n, n, 1, now(), 'office-' || n % 10,
     case when n % 3 = 0 then 'closed' when n % 7 = 0 then 'decision' when n % 2 = 0 then 'reflection' else 'intake' end,
     '2027-01-01', '2027-01-01', case when n % 3 = 0 then 'infinity' else date '2027-06-01' + (n * 7919) % 400 end,
     timestamptz '2027-06-01' + (n * 7919) % 400 * interval '1 day', 'infinity', 'infinity',
     case when n % 20 = 0 then timestamptz '2027-09-01' else 'infinity' end, n % 7 = 0, n % 5, case when n % 100 = 0 then 1 else 0 end,
     n % 11 = 0, (n * 7919 % 10000 + 1)::text::xid8 from generate_series(1, 10000) n`,
  `insert into pathways.case_member select line.reference, 'role-' || m, 'staff-' || split_part(line.office, '-', 2) || '-' || (line.revision / 10 + m) % 25,
     line.first_due from pathways.case_line line, generate_series(1, 4) m`,
  `insert into pathways.due select line.reference, (array['task', 'deadline', 'other'])[1 + d % 3], decode(md5(line.reference || d), 'hex'), 'caseworker',
     case when d = 11 then null else 'staff-' || split_part(line.office, '-', 2) || '-' || (line.revision / 10 + d) % 25 end, line.office,
     date '2027-06-01' + ((line.revision * 7919 + d * 97) % 1000)::integer, null, false, '\\x01', line.hidden_from_police, '\\x01', '\\x01'
     from pathways.case_line line, generate_series(1, 12) d where line.stage <> 'closed'`,
  `insert into pathways.late_moment select reference, office, false, timestamptz '2022-01-01' + revision * interval '5 hours',
     timestamptz '2022-01-01' + revision * interval '5 hours' + interval '20 minutes', '\\x01' from pathways.case_line`,
  `insert into pathways.case_left select reference, 'office-' || (revision + 1) % 10, 'all', revision, now(), feed from pathways.case_line where revision % 3 = 0`,
  'vacuum analyze',
];
