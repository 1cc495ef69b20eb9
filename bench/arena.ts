import { bareBundle, type BareBundle } from './bare/bundle';
import type { Ground } from './ground';
import type { PostgresServer } from './processes/postgres';
import { bareSide } from './sides/bare';
import { openNaiveContenders, type NaiveContenders } from './sides/naive';
import { ourSide } from './sides/ours';
import { warmUp, type OurSide, type Side } from './sides/side';
import { playedExamples, type Played } from './played';

/** All sides that are measured, running on one server, with everything that a figure needs. */
export interface Arena extends NaiveContenders {
  readonly cases: number;
  readonly ours: OurSide;
  readonly bare: Side;
  readonly bareBundle: BareBundle;
  /** The server of our database, if it is not the one of `npm start`. */
  readonly postgres: PostgresServer | undefined;
  /** The examples. Each is played once, however many figures use it. */
  readonly played: () => Promise<readonly Played[]>;
}

export async function openArena({ setting, postgres, cases }: Ground): Promise<Arena> {
  const { staff, partners, closing } = setting;
  const bundle = await bareBundle(closing);
  const [ours, bare] = await Promise.all([ourSide(setting, postgres), bareSide(setting, bundle)]);
  const { naive, naiveSameAnswer } = await openNaiveContenders(setting, { ours, bare });
  for (const contender of [ours, naive, naiveSameAnswer, bare]) await warmUp(contender, { cases: Math.min(100, cases), times: 20 });
  let examples: Promise<readonly Played[]> | undefined;
  const played = () => (examples ??= playedExamples({ staff, partners }));
  return { cases, postgres, ours, naive, naiveSameAnswer, bare, bareBundle: bundle, played };
}
