/* The watch over cases that stand still: which they are, and whether operations is to be told. */

import type { PlainDate } from '../basics/calendar';

/** The references of cases whose clock stands still. */
export interface StandingStill {
  /** Cases whose run ended by hand or by the engine: the service never ends one. */
  readonly ended: readonly string[];
  /** Cases whose workflow task fails again and again. */
  readonly blocked: readonly string[];
}

/** The state of the watch after a look; it passes from one worker to the next. */
export interface Watch extends StandingStill {
  /** Cases that were blocked at the last look. A case counts at the second look, since a failure during an exchange of workers passes. */
  readonly suspected: readonly string[];
  /** The day on which operations was last told. */
  readonly toldOn: PlainDate | null;
}

/** The public part of a watch. */
export interface Numbers {
  readonly ended: number;
  readonly blocked: number;
}

export const beforeTheFirstLook: Watch = { ended: [], blocked: [], suspected: [], toldOn: null };

/** The watch after one more look. */
export function looked(before: Watch, { ended, blocked }: StandingStill): Watch {
  return { ...before, ended, blocked: blocked.filter((each) => before.suspected.includes(each)), suspected: blocked };
}

/** Whether operations is to be told on a day: once a day while a case stands still. */
export function isToTell({ ended, blocked, toldOn }: Watch, today: PlainDate): boolean {
  return ended.length + blocked.length > 0 && toldOn !== today;
}

export function numbersOf({ ended, blocked }: StandingStill): Numbers {
  return { ended: ended.length, blocked: blocked.length };
}
