/* A register with invented cases, and our API before it. */

import { randomBytes } from 'node:crypto';
import { referenceFrom } from '../../src/casework/requests/references';
import { instantOf } from '../../src/domain/basics/calendar';
import type { CaseFile } from '../../src/domain/case/caseFile';
import { eachOf } from '../measuring';
import { runToEnd } from '../processes/child';
import type { PostgresServer } from '../processes/postgres';
import { say } from '../say';
import type { Speaker } from '../sides/http';
import { openLogin } from '../sides/login';
import { startOurApi } from '../sides/ourApi';
import { databaseOn, embeddedDatabase, openRegisterOf, type OurDatabase } from '../sides/ourDatabase';
import type { Setting } from '../sides/setting';
import { moved, officeName, officesFor, seatOf, staffOf } from './offices';
import { askersOf } from './askers';

/** The cases that are written at the same time. */
const atOnce = 8;

/** The register that is wanted: this many cases, and the different ones among them. */
interface Wanted {
  readonly files: readonly CaseFile[];
  readonly cases: number;
}

/** A register with this many open cases in its offices. */
export interface FilledRegister {
  readonly cases: number;
  readonly offices: number;
  /** Somebody who asks the API. */
  readonly speaker: (staffId: string) => Promise<Speaker>;
}

export interface FilledPostgres extends FilledRegister {
  /** Runs `register:rebuild` in a process of its own, to its end. */
  readonly rebuild: () => Promise<void>;
  /** The same register with each case this many times in its lists. Only the first of them has facts, and can be opened. */
  readonly grownBy: (times: number) => Promise<FilledRegister>;
}

/** The setting with offices for so many cases, whose staff can log in. */
export async function withOffices(setting: Setting, cases: number): Promise<Setting> {
  const offices = officesFor(cases);
  const staff = staffOf(offices, setting.staff);
  const askers = [...askersOf(offices), ...askersOf(1)];
  const login = await openLogin({ staff: staff.staff.filter(({ id }) => askers.includes(id)) }, setting.closing);
  return { ...setting, staff, login };
}

/** A register on PostgreSQL, with its statistics of the tables, which PostgreSQL makes by itself within some minutes. */
export async function filledOnPostgres(setting: Setting, server: PostgresServer, name: string, wanted: Wanted): Promise<FilledPostgres> {
  const database = await databaseOn(server, name);
  await fill(setting, database, wanted);
  const { cases } = wanted;
  const tidy = () => server.asOwner(name, 'vacuum analyze');
  await tidy();
  const filled = await served(setting, database, cases);
  return {
    ...filled,
    rebuild: () => runToEnd(rebuildOrder(setting, database), setting.closing),
    grownBy: async (times) => {
      say(`copying ${cases} cases to ${cases * times}`);
      await server.asOwner(name, copies(times - 1));
      await tidy();
      return { ...filled, cases: cases * times };
    },
  };
}

/** A register on PGlite, as `npm start` has it: nothing ever makes statistics of its tables. */
export async function filledOnPglite(setting: Setting, wanted: Wanted): Promise<FilledRegister> {
  const database = await embeddedDatabase(setting.closing);
  await fill(setting, database, wanted);
  return served(setting, database, wanted.cases);
}

/** Writes the cases as the API does: each by the store's own statement, under a key of its own. */
async function fill(setting: Setting, database: OurDatabase, { files, cases }: Wanted): Promise<void> {
  const { keys, register } = openRegisterOf(database, setting.closing);
  const offices = officesFor(cases);
  const begun = performance.now();
  const numbers = Array.from({ length: cases }, (_, nth) => nth);
  await eachOf(numbers, atOnce, async (nth) => {
    const reference = referenceFrom(randomBytes(8));
    const seat = seatOf(nth, offices);
    const file = moved(files[nth % files.length] as CaseFile, reference, seat);
    await keys.make(reference, officeName(seat.office));
    await register.write({ file, now: instantOf(Date.now()) });
  });
  say(`${cases} cases written in ${Math.round((performance.now() - begun) / 1000)} s`);
}

async function served(setting: Setting, database: OurDatabase, cases: number): Promise<FilledRegister> {
  const address = await startOurApi(setting, database);
  return { cases, offices: officesFor(cases), speaker: (staffId) => setting.login.speakTo(address, staffId) };
}

/** `npm run register:rebuild`, from the output of `npm run build`. */
function rebuildOrder({ client, address, profile }: Setting, { urlOf, systemKey, masterKey }: OurDatabase) {
  return {
    script: 'src/commands/registerRebuild.js',
    env: {
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: client.options.namespace,
      DATABASE_URL: urlOf('register'),
      MASTER_KEYS: masterKey.toString('base64'),
      SYSTEM_KEY: systemKey.toString('base64'),
    },
    profile,
  };
}

/** Copies the rows that lists read, each under other references; their sealed columns do not open there, and no list of cases reads one. */
function copies(times: number): string {
  return `do $$ declare name text; rest text; begin
    foreach name in array array['case_line', 'case_member', 'due'] loop
      select string_agg(quote_ident(column_name), ', ' order by ordinal_position) into rest
        from information_schema.columns where table_schema = 'pathways' and table_name = name and column_name <> 'reference';
      execute format('insert into pathways.%I (reference, %s) select reference || ''-'' || n, %s from pathways.%I, generate_series(1, ${times}) n',
        name, rest, rest, name);
    end loop;
  end $$`;
}
