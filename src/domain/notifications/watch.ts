/* The watch over stopped cases: which they are, and whether operations must be notified. */

import type { PlainDate } from '../basics/calendar';

/** The references of cases whose clock stands still. */
export interface StoppedCases {
  /** Cases whose run ended by hand or by the engine: the service never ends one. */
  readonly ended: readonly string[];
  /** Cases whose workflow task fails again and again. */
  readonly blocked: readonly string[];
}

/** The state of the watch after a look; it passes from one worker to the next. */
export interface Watch extends StoppedCases {
  /** Cases that were blocked at the last look. A case counts at the second look, since a failure during an exchange of workers passes. */
  readonly suspected: readonly string[];
  /** The day on which operations was last notified. */
  readonly notifiedOn: PlainDate | null;
}

/** The public part of a watch. */
export interface Numbers {
  readonly ended: number;
  readonly blocked: number;
}

export const beforeTheFirstLook: Watch = { ended: [], blocked: [], suspected: [], notifiedOn: null };

/** The watch after one more look. */
export function looked(before: Watch, { ended, blocked }: StoppedCases): Watch {
  return { ...before, ended, blocked: blocked.filter((each) => before.suspected.includes(each)), suspected: blocked };
}

/** Whether operations must be notified on a day: once a day while a case stands still. */
export function mustNotify({ ended, blocked, notifiedOn }: Watch, today: PlainDate): boolean {
  return ended.length + blocked.length > 0 && notifiedOn !== today;
}

export function numbersOf({ ended, blocked }: StoppedCases): Numbers {
  return { ended: ended.length, blocked: blocked.length };
}
