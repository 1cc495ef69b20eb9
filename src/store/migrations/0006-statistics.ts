import { sql, type Kysely } from 'kysely';
import { schemaName } from '../schema';

/**
 * What statistics count: a row of coarse fields for each registered person, the publications, and what others published of the years before.
 * The rows of persons are in clear. So no process reads or writes one: a function takes one row, another counts many.
 */
export const statistics = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of [personTable, ...publishedTables]) await statement.execute(db);
    for (const statement of [countPerson, isCounted, countsOf]) await statement.execute(db);
    for (const rights of grants) await sql.raw(rights).execute(db);
  },
};

const named = (name: string) => sql.id(schemaName, name);
const [persons, publications, nationalities] = [
  named('statistics_person'),
  named('statistics_publication'),
  named('statistics_published_nationality'),
];

/** The columns of a person, each with its member in the view and its type. A code is letters only, so no name and no number passes for one. */
const columns = [
  ['registered_month', 'registeredMonth', 'date'],
  ['nationality', 'nationality', 'text'],
  ['sex', 'sex', 'text'],
  ['age_group', 'ageGroup', 'text'],
  ['sector', 'sector', 'text'],
  ['indicated_by', 'indicatedBy', 'text'],
  ['offer_month', 'offerMonth', 'date'],
  ['offer_outcome', 'offerOutcome', 'text'],
  ['days_to_offer', 'daysToOffer', 'integer'],
  ['period_end', 'periodEnd', 'text'],
  ['days_in_intake', 'daysInIntake', 'integer'],
  ['days_in_reflection', 'daysInReflection', 'integer'],
  ['days_in_decision', 'daysInDecision', 'integer'],
  ['days_in_permit_application', 'daysInPermitApplication', 'integer'],
  ['days_in_permit', 'daysInPermit', 'integer'],
  ['days_in_safe_return', 'daysInSafeReturn', 'integer'],
  ['days_in_aftercare', 'daysInAftercare', 'integer'],
  ['days_in_assistance', 'daysInAssistance', 'integer'],
  ['days_in_other_procedure', 'daysInOtherProcedure', 'integer'],
  ['days_in_contact_lost', 'daysInContactLost', 'integer'],
  ['tasks_ended', 'tasksEnded', 'integer'],
  ['tasks_in_time', 'tasksInTime', 'integer'],
  ['returned', 'returned', 'boolean'],
  ['follow_ups_due', 'followUpsDue', 'integer'],
  ['follow_ups_made', 'followUpsMade', 'integer'],
  ['result_month', 'resultMonth', 'date'],
] as const;

const checks: Readonly<Record<(typeof columns)[number][2], (column: string) => string>> = {
  text: (column) => ` check (${column} ~ '^[A-Za-z]{1,30}$')`,
  date: (column) => ` check (extract(day from ${column}) = 1)`,
  integer: () => '',
  boolean: () => '',
};

/** A row without a month is one that was taken back. It keeps its revision, so that an older one does not bring it back. */
const personTable = sql`
  create table ${persons} (
    id bytea primary key check (octet_length(id) between 16 and 32),
    revision bigint not null,
    ${sql.raw(columns.map(([column, , type]) => `${column} ${type}${checks[type](column)}`).join(', '))}
  )`;

const publishedTables = [
  sql`
    create table ${publications} (
      id text primary key,
      number integer not null unique,
      "table" text not null,
      period text not null,
      made_at timestamptz not null,
      made_by text not null,
      body jsonb not null,
      exact bytea,
      unique ("table", period)
    )`,
  sql`
    create table ${nationalities} (
      year integer not null,
      rank integer not null,
      nationality text not null check (nationality ~ '^[A-Z]{2}$'),
      count integer not null check (count > 0),
      source text not null,
      primary key (year, rank, nationality)
    )`,
];

const names = columns.map(([column]) => column);
const values = columns.map(([, member, type]) => `(count_person.person->>'${member}')::${type}`);

/**
 * The newest revision of a person wins, whichever arrives first. Without a person the row is taken back. `over` is the revision of a row that is
 * made anew, whatever it says.
 */
const countPerson = sql`
  create function ${named('count_person')}(id bytea, revision bigint, over bigint, person jsonb) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    insert into ${persons} as kept (id, revision, ${sql.raw(names.join(', '))})
    values (count_person.id, count_person.revision, ${sql.raw(values.join(', '))})
    on conflict on constraint statistics_person_pkey do update
    set (revision, ${sql.raw(names.join(', '))}) = (excluded.revision, ${sql.raw(names.map((name) => `excluded.${name}`).join(', '))})
    where kept.revision <= excluded.revision or kept.revision = count_person.over
  $$`;

/** Whether a person is counted as somebody who holds the case says. It tells them nothing that they do not know. */
const isCounted = sql`
  create function ${named('is_counted')}(id bytea, revision bigint, person jsonb) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (select from ${persons} as kept where kept.id = is_counted.id and kept.revision = is_counted.revision
      and (${sql.raw(names.map((name) => `kept.${name}`).join(', '))}) is not distinct from
        (${sql.raw(values.join(', ').replaceAll('count_person.person', 'is_counted.person'))}))
  $$`;

/** The fewest persons of whom a median is made; ours. Of fewer no process hears one. */
const fewestForMedian = 11;

const year = (month: string) => `to_char(${month}, 'YYYY')`;
const within = (month: string) => `${month} between statistics_counts.since and statistics_counts.until`;
const from = `from ${schemaName}.statistics_person`;

/** Persons by year, in the rows of one column. */
const byYear = (row: string, month: string, counted = 'count(*)', where = 'true') =>
  `select ${row}, ${year(month)}, ${counted}::float8 ${from} where ${within(month)} and ${where} group by 1, 2`;

/** Persons, quartiles and median of days, by row. */
const quartiles = (row: string, days: string, month: string) => `
  select each.line, measure.name, measure.amount
  from (
    select ${row} as line, count(*) as persons, percentile_cont(array[0.25, 0.5, 0.75]) within group (order by ${days}) as days
    ${from} where ${within(month)} and ${days} is not null group by 1
  ) as each,
  lateral (values
    ('persons', each.persons::float8),
    ('lowerQuartile', each.days[1]), ('median', each.days[2]), ('upperQuartile', each.days[3])
  ) as measure(name, amount)
  where measure.name = 'persons' or each.persons >= ${fewestForMedian}`;

const stages = columns.flatMap(([column, member]) => {
  const stage = /^daysIn(.)(.*)$/.exec(member);
  return stage === null ? [] : [quartiles(`'${stage[1]?.toLowerCase()}${stage[2]}'::text`, column, 'registered_month')];
});

const tables: Readonly<Record<string, readonly string[]>> = {
  'nationality-year': [byYear('nationality', 'registered_month')],
  sex: [byYear('sex', 'registered_month')],
  'age-group': [byYear('age_group', 'registered_month')],
  sector: [byYear('sector', 'registered_month')],
  offers: [`select to_char(offer_month, 'YYYY-MM'), offer_outcome, count(*)::float8 ${from} where ${within('offer_month')} group by 1, 2`],
  'indication-to-offer': [quartiles(year('offer_month'), 'days_to_offer', 'offer_month')],
  'period-ends': [byYear('period_end', 'registered_month', 'count(*)', 'period_end is not null')],
  'stage-time': stages,
  'on-time': [
    byYear(`'inTime'::text`, 'registered_month', 'sum(tasks_in_time)'),
    byYear(`'late'::text`, 'registered_month', 'sum(tasks_ended - tasks_in_time)'),
  ],
  returns: [byYear(`'returned'::text`, 'result_month', 'count(*)', 'returned')],
  'follow-ups': [
    byYear(`'made'::text`, 'result_month', 'sum(follow_ups_made)', 'follow_ups_due > 0'),
    byYear(`'notMade'::text`, 'result_month', 'sum(follow_ups_due - follow_ups_made)', 'follow_ups_due > 0'),
  ],
};

/** The counts of a named table, for the months from the one to the other. There is no other table, so nobody asks for one of their own. */
const countsOf = sql`
  create function ${named('statistics_counts')}("table" text, since date, until date)
  returns table (line text, part text, amount float8)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
  begin
    case $1
    ${sql.raw(
      Object.entries(tables)
        .map(([name, selects]) => `when '${name}' then return query ${selects.join(' union all ')};`)
        .join('\n'),
    )}
    else raise exception 'there is no such table';
    end case;
  end $$`;

const grants = [
  'revoke execute on function pathways.count_person from public',
  'revoke execute on function pathways.is_counted from public',
  'revoke execute on function pathways.statistics_counts from public',
  'grant execute on function pathways.count_person to pathways_api, pathways_worker, pathways_register',
  'grant execute on function pathways.is_counted to pathways_register',
  'grant execute on function pathways.statistics_counts to pathways_api',
  'grant select, insert on pathways.statistics_publication to pathways_api',
  'grant select on pathways.statistics_published_nationality to pathways_api',
  'grant select, insert, update, delete on pathways.statistics_published_nationality to pathways_register',
];
