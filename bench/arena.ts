import { randomBytes } from 'node:crypto';
import type { Closing } from '../src/commands/closing';
import { simulationConfig } from '../src/settings/environment';
import { loadPartners } from '../src/settings/partnersFile';
import { loadStaff } from '../src/settings/staffFile';
import { bareBundle, type BareBundle } from './bare/bundle';
import { describeMachine, type Machine } from './machine';
import type { Options } from './options';
import { openServer } from './processes/server';
import { bareSide } from './sides/bare';
import { openLogin } from './sides/login';
import { openNaiveContenders, type NaiveContenders } from './sides/naive';
import { ourSide } from './sides/ours';
import { warmUp, type Side } from './sides/side';
import { playedExamples, type Played } from './played';

/** All sides that are measured, running on one server, with everything that a figure needs. */
export interface Arena extends NaiveContenders {
  readonly machine: Machine;
  readonly cases: number;
  readonly ours: Side;
  readonly bare: Side;
  readonly bareBundle: BareBundle;
  /** The examples. Each is played once, however many figures use it. */
  readonly played: () => Promise<readonly Played[]>;
}

export async function openArena(options: Options, closing: Closing): Promise<Arena> {
  const server = await openServer(options, closing);
  const machine = await describeMachine(server.client.connection);
  const files = simulationConfig();
  const staff = loadStaff(files.staffFile);
  const partners = loadPartners(files.partnersFile, anySecret);
  const login = await openLogin(staff, closing);
  const setting = { ...server, files, staff, partners, login, closing, profile: options.profile };
  const bundle = await bareBundle(closing);
  const [ours, bare] = await Promise.all([ourSide(setting), bareSide(setting, bundle)]);
  const { naive, naiveSameAnswer } = await openNaiveContenders(setting, { ours, bare });
  for (const contender of [ours, naive, naiveSameAnswer, bare]) await warmUp(contender, { cases: Math.min(100, options.cases), times: 20 });
  let examples: Promise<readonly Played[]> | undefined;
  const played = () => (examples ??= playedExamples({ staff, partners }));
  return { machine, cases: options.cases, ours, naive, naiveSameAnswer, bare, bareBundle: bundle, played };
}

/** No partner gets a notice during the benchmark. */
function anySecret(): string {
  return randomBytes(32).toString('base64');
}
