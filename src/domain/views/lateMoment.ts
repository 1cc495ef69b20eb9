/* A moment of the clock that came late: what it did, and whose legal position it touched. */

import { later, minuteBefore, type Instant } from '../basics/calendar';
import type { CaseFile } from '../case/caseFile';
import { nextOf } from './pathway';

/** The time after its minute from which a moment counts as late; ours. */
const lateAfter = 'PT5M';

export interface LateMoment {
  readonly plannedAt: Instant;
  readonly happenedAt: Instant;
  readonly said: {
    readonly what: readonly string[];
    readonly about: readonly string[];
    /** The deadline whose end it was; null where no legal position changed at that moment. */
    readonly deadline: string | null;
    readonly mails: number;
  };
}

/** The moment that a case waited for, if it came late; undefined if it came in time. `before`: the case as it waited. */
export function lateMoment(before: CaseFile, plannedAt: Instant, happenedAt: Instant): LateMoment | undefined {
  if (happenedAt <= later(plannedAt, lateAfter)) return undefined;
  // At its own minute the clock has done its work already.
  const actions = nextOf(before, minuteBefore(plannedAt));
  const about = actions.flatMap((action) => action.about);
  return {
    plannedAt,
    happenedAt,
    said: {
      what: actions.map(({ what }) => what),
      about,
      deadline: actions.find(({ what }) => what === 'expiry')?.about[0] ?? null,
      mails: actions.filter(({ what }) => what !== 'notice' && what !== 'expiry').length,
    },
  };
}
