import type { PlainDate } from '../basics/calendar';

/** Cases whose clock stands still, by their references. */
export interface StandingStill {
  /** Their run ended, which nothing of ours does: by hand, or by the engine. */
  readonly ended: readonly string[];
  /** Their task fails again and again. */
  readonly blocked: readonly string[];
}

/** What the watch knows after a look; it goes with it from one worker to the next. */
export interface Watch extends StandingStill {
  /** Blocked at the last look; a case counts at the second, since what fails while a worker is exchanged passes. */
  readonly suspected: readonly string[];
  /** The day on which operations was last told. */
  readonly toldOn: PlainDate | null;
}

/** What everybody may know of a watch. */
export interface Numbers {
  readonly ended: number;
  readonly blocked: number;
}

export const beforeTheFirstLook: Watch = { ended: [], blocked: [], suspected: [], toldOn: null };

/** The watch after one look more. */
export function looked(before: Watch, { ended, blocked }: StandingStill): Watch {
  return { ...before, ended, blocked: blocked.filter((each) => before.suspected.includes(each)), suspected: blocked };
}

/** Whether operations is to be told on a day: once, while a case stands still. */
export function isToTell({ ended, blocked, toldOn }: Watch, today: PlainDate): boolean {
  return ended.length + blocked.length > 0 && toldOn !== today;
}

export function numbersOf({ ended, blocked }: StandingStill): Numbers {
  return { ended: ended.length, blocked: blocked.length };
}
