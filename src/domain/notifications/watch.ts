/* The watch over stopped cases: which they are, and whether operations must be notified. */

import type { PlainDate } from '../basics/calendar';

/** The cases whose clock stands still, ended and blocked ones by their references. */
export interface StoppedCases {
  /** Cases whose run ended by hand or by the engine: the service never ends one. */
  readonly ended: readonly string[];
  /** Cases whose workflow task fails again and again. */
  readonly blocked: readonly string[];
  /** Cases on code that no worker has: their number for each build. */
  readonly stranded: readonly Stranded[];
}

/** Open cases on code that nobody has. Null: on code without a build, as before version 0.3.0. */
export interface Stranded {
  readonly build: string | null;
  readonly cases: number;
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
  readonly stranded: number;
}

export const beforeTheFirstLook: Watch = { ended: [], blocked: [], stranded: [], suspected: [], notifiedOn: null };

/** The watch after one more look. */
export function looked(before: Watch, { ended, blocked, stranded }: StoppedCases): Watch {
  return { ...before, ended, blocked: blocked.filter((each) => before.suspected.includes(each)), stranded, suspected: blocked };
}

/** Whether operations must be notified on a day: once a day while a case stands still. */
export function mustNotify({ ended, blocked, stranded, notifiedOn }: Watch, today: PlainDate): boolean {
  return ended.length + blocked.length + stranded.length > 0 && notifiedOn !== today;
}

export function numbersOf({ ended, blocked, stranded }: StoppedCases): Numbers {
  return { ended: ended.length, blocked: blocked.length, stranded: stranded.reduce((sum, { cases }) => sum + cases, 0) };
}
