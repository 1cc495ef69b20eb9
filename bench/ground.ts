import { randomBytes } from 'node:crypto';
import type { Closing } from '../src/commands/closing';
import { simulationConfig } from '../src/settings/environment';
import { loadPartners } from '../src/settings/partnersFile';
import { loadStaff } from '../src/settings/staffFile';
import { describeMachine, type Machine } from './machine';
import type { Options } from './options';
import { openPostgres, type PostgresServer } from './processes/postgres';
import { openServer } from './processes/server';
import { openLogin } from './sides/login';
import type { Setting } from './sides/setting';

/** What every measurement stands on: Temporal, a database server where this machine has one, and the logins of the staff. */
export interface Ground {
  readonly machine: Machine;
  readonly cases: number;
  readonly setting: Setting;
  /** PostgreSQL; without it our service has the database of `npm start`. */
  readonly postgres: PostgresServer | undefined;
}

export async function openGround(options: Options, closing: Closing): Promise<Ground> {
  const server = await openServer(options, closing);
  const postgres = await openPostgres(closing);
  const machine = await describeMachine(server.client.connection, postgres?.version ?? 'PGlite');
  const files = simulationConfig();
  const staff = loadStaff(files.staffFile);
  const partners = loadPartners(files.partnersFile, anySecret);
  const login = await openLogin(staff, closing);
  const setting = { ...server, files, staff, partners, login, closing, profile: options.profile };
  return { machine, cases: options.cases, setting, postgres };
}

/** No partner gets a notice during the benchmark. */
function anySecret(): string {
  return randomBytes(32).toString('base64');
}
