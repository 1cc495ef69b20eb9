/* The rows of all cases, made anew: from the facts that the register has, or from the cases themselves. */

import type { Instant } from '../domain/basics/calendar';
import type { RegisterTable } from '../store/register';
import type { AskedCases } from './asked';
import { inTurn, type Pace } from './inTurn';
import type { Register } from './register';

export interface Rebuild {
  readonly register: Register;
  readonly references: readonly string[];
  readonly pace: Pace;
  readonly clock: () => Instant;
  /** Called after each case. */
  readonly done: () => void;
}

export interface Rebuilt {
  readonly written: number;
  /** The references of the cases of which nothing could be read. */
  readonly unread: readonly string[];
}

/** From the facts that are kept. A case that changes meanwhile is written by whoever changes it. */
export async function fromFacts(rebuild: Rebuild): Promise<Rebuilt> {
  const { register, clock } = rebuild;
  return eachOf(rebuild, async (reference) => {
    const kept = await register.read(reference);
    if (kept === undefined) return 'unread';
    const { file } = kept;
    await register.write({ file, now: clock(), known: file.entries.length, over: file.revision });
    return 'written';
  });
}

/** From the cases. The register is filled once each of them has answered. */
export async function fromCases(
  rebuild: Rebuild & { readonly cases: Pick<AskedCases, 'ask'>; readonly table: Pick<RegisterTable, 'markFilled'> },
): Promise<Rebuilt> {
  const { register, clock, cases, table } = rebuild;
  const rebuilt = await eachOf(rebuild, async (reference) => {
    const asked = await cases.ask(reference);
    if (asked === 'silent') return 'unread';
    if (asked === 'gone' || asked === 'ended') return 'none';
    const { file } = asked;
    await register.write({ file, now: clock(), over: file.revision });
    return 'written';
  });
  if (rebuilt.unread.length === 0) await table.markFilled();
  return rebuilt;
}

async function eachOf(
  { references, pace, done }: Rebuild,
  write: (reference: string) => Promise<'written' | 'unread' | 'none'>,
): Promise<Rebuilt> {
  let written = 0;
  const unread: string[] = [];
  await inTurn(references, pace, async (reference) => {
    const result = await write(reference);
    if (result === 'written') written += 1;
    if (result === 'unread') unread.push(reference);
    done();
  });
  return { written, unread: unread.sort() };
}
