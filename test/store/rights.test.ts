import { sql } from 'kysely';
import { embeddedRole } from '../../src/embedded/embeddedRole';
import { openPatiently } from '../../src/store/connection';
import { onEveryEngine, type Role } from '../support/databases';

const statements = {
  'read the keys': 'select * from pathways.case_key',
  'add a key': `insert into pathways.case_key (key_id, reference, office, wrapped, master_key)
    values ('0123456789abcdef', 'BT-1', 'a', 'w', 'm')`,
  'name the office of a case': "update pathways.case_key set office = 'b'",
  'wrap a key anew': "update pathways.case_key set wrapped = 'w', master_key = 'm'",
  'give a key to another case': "update pathways.case_key set reference = 'BT-2'",
  'remove a key': 'delete from pathways.case_key',
  'read a sealed value': 'select * from pathways.sealed_value',
  'keep a sealed value': "insert into pathways.sealed_value (name, value) values ('key', 'v')",
  'change a sealed value': "update pathways.sealed_value set value = 'v'",
  'read the sessions': 'select * from pathways.session',
  'keep a session': "insert into pathways.session (id, sealed, expires_at) values ('i', 's', now())",
  'end a session': 'delete from pathways.session',
  'add a line to the audit': "select pathways.audit_append(array['{}'], true)",
  'read the audit': 'select * from pathways.audit_line, pathways.audit_head',
  'write into the audit by hand': "insert into pathways.audit_line values (99, now(), '{}', '')",
  'change a line of the audit': "update pathways.audit_line set line = '{}'",
  'remove a line of the audit': 'delete from pathways.audit_line',
  'empty the audit': 'truncate pathways.audit_line',
  'move the head of the audit': 'update pathways.audit_head set seq = 0',
  'write another audit function':
    'create or replace function pathways.audit_append(lines text[], durable boolean) returns int language sql as $$ select 1 $$',
  'write a fact': "insert into pathways.case_fact values ('BT-1', 1, 's')",
  'change a fact': "update pathways.case_fact set sealed = 's'",
  'remove a fact': 'delete from pathways.case_fact',
  'mark a case as ended': "insert into pathways.case_ended values ('BT-1')",
  'say that the register is filled': 'update pathways.register_filled set at = now()',
  'keep a comparison of the register': 'insert into pathways.register_compared values (true, now(), 1, 0)',
  'read which migrations have run': 'select name from pathways.kysely_migration',
  'claim that a migration has run': "insert into pathways.kysely_migration (name, timestamp) values ('9999', 'now')",
  'read the persons counted': 'select * from pathways.statistics_person',
  'change a person counted': 'update pathways.statistics_person set revision = 0',
  'count a person': "select pathways.count_person('0123456789abcdef', 1, null, null)",
  'ask whether a person is counted': "select pathways.is_counted('0123456789abcdef', 1, null)",
  'hear the counts of a table': "select * from pathways.statistics_counts('sex', '2026-01-01', '2026-12-01')",
  'write another function of counts':
    'create or replace function pathways.statistics_counts(text, date, date) returns int language sql as $$ select 1 $$',
  'read the publications': 'select * from pathways.statistics_publication',
  publish: `insert into pathways.statistics_publication (id, number, "table", period, made_at, made_by, body)
    values ('i', 1, 'sex', '2026', now(), 'r', '{}')`,
  'change a publication': "update pathways.statistics_publication set body = '{}'",
  'remove a publication': 'delete from pathways.statistics_publication',
  'read the nationalities of others': 'select * from pathways.statistics_published_nationality',
  'import nationalities': "insert into pathways.statistics_published_nationality values (2010, 1, 'NL', 1, 's')",
  'make a table': 'create table pathways.mine (id int)',
};
type Doing = keyof typeof statements;

const everybody: readonly Doing[] = ['read the keys', 'read a sealed value', 'keep a sealed value', 'read which migrations have run'];
const auditing: readonly Doing[] = ['add a line to the audit', 'read the audit'];
const statistics: readonly Doing[] = ['hear the counts of a table', 'read the publications', 'publish', 'read the nationalities of others'];
const sessions: readonly Doing[] = ['read the sessions', 'keep a session', 'end a session'];

const registers: readonly Doing[] = [
  ...(['write a fact', 'say that the register is filled', 'keep a comparison of the register'] as const),
  ...(['count a person', 'ask whether a person is counted'] as const),
  ...(['read the nationalities of others', 'import nationalities'] as const),
];

const rights: readonly (readonly [Role, readonly Doing[]])[] = [
  ['pathways_api', [...everybody, 'add a key', 'write a fact', ...auditing, 'count a person', ...statistics]],
  ['pathways_worker', [...everybody, 'name the office of a case', 'write a fact', 'mark a case as ended', 'count a person']],
  ['pathways_door', [...everybody, ...sessions, 'add a line to the audit']],
  ['pathways_release', [...everybody, 'add a line to the audit']],
  ['pathways_register', [...everybody, ...registers, 'add a line to the audit']],
  [
    embeddedRole,
    [
      ...[...everybody, ...sessions, ...auditing, ...registers, ...statistics],
      ...(['add a key', 'name the office of a case', 'wrap a key anew', 'mark a case as ended'] as const),
    ],
  ],
];

describe('a login of the database', () => {
  onEveryEngine((open) => {
    it.each(rights)('%s may do what its process needs, and nothing else', async (role, needs) => {
      const db = openPatiently((await open(role)).place);
      const done: string[] = [];
      for (const [doing, statement] of Object.entries(statements)) {
        const refusal = await sql
          .raw(statement)
          .execute(db)
          .then(
            () => undefined,
            (error: unknown) => error,
          );
        if (refusal === undefined) done.push(doing);
        else expect(refusal).toMatchObject({ code: permissionDenied });
      }
      await db.destroy();
      expect(done.toSorted()).toEqual([...new Set(needs)].toSorted());
    });
  });
});

/** The SQLSTATE of a statement that the login has no right to. */
const permissionDenied = '42501';
