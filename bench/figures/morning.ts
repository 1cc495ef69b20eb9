import type { Instant } from '../../src/domain/basics/calendar';
import { millisecondsOf } from '../measuring';
import { asleep, lettersLeaveAt, minuteAfter, type Side } from '../sides/side';

/** A minute until which cases sleep, and the instant at which its letters leave. */
export interface Morning {
  readonly minute: Instant;
  readonly at: number;
}

/** A morning far enough away to put this many cases to sleep before it, each with this much work. A few cases show how long that takes. */
export async function morningFor(side: Side, cases: number, works: number): Promise<Morning> {
  const few = Math.min(cases, 20);
  const ms = await millisecondsOf(() => asleep(side, few));
  const minute = minuteAfter((cases / few) * ms * works * 2 + 5_000);
  return { minute, at: lettersLeaveAt(minute) };
}

/** The milliseconds until the morning. Throws if it has come already, since it then woke the cases one by one. */
export function millisecondsTo({ at }: Morning): number {
  if (Date.now() > at) throw new Error('the morning came before all cases slept: the machine is too busy for so many --cases');
  return at - Date.now();
}
