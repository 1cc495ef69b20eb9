import type { Instant } from '../../src/domain/basics/calendar';
import { millisecondsOf } from '../measuring';
import { asleep, lettersLeaveAt, minuteAfter, type Side } from '../sides/side';

/** A minute that cases sleep until, and the instant at which its letters leave. */
export interface Morning {
  readonly minute: Instant;
  readonly at: number;
}

/** One that so many cases can be put to sleep until, each with so many times the work of that: judged by how long a few take. */
export async function morningFor(side: Side, cases: number, works: number): Promise<Morning> {
  const few = Math.min(cases, 20);
  const ms = await millisecondsOf(() => asleep(side, few));
  const minute = minuteAfter((cases / few) * ms * works * 2 + 5_000);
  return { minute, at: lettersLeaveAt(minute) };
}

/** Milliseconds that are left until it; throws when it has come already, for then it woke them one by one. */
export function millisecondsTo({ at }: Morning): number {
  if (Date.now() > at) throw new Error('the morning came before all cases slept: the machine is too busy for so many --cases');
  return at - Date.now();
}
