/* The attributes of a case that the lists of Temporal show. */

import { dateOf, type Instant, type PlainDate } from '../basics/calendar';
import { situationAt, type CaseFile } from '../case/caseFile';
import { deadlineState } from '../plan/deadlines';
import type { Stage } from '../state/situation';
import { attentionOf, isOwed, type AttentionCode } from './attention';
import { isEscalated } from './escalation';

/** Neutral codes: everybody who sees the engine's own pages can read them. */
export interface CaseAttributes {
  readonly stage: Stage;
  readonly office: string;
  /** The next legal date: the first of a running deadline or an open task, from today on. */
  readonly nextDate: PlainDate | null;
  /** Whether an escalation, an alarm or a passed deadline is still open, or a journey is booked unsafely. */
  readonly escalated: boolean;
  readonly attention: readonly AttentionCode[];
}

export function caseAttributes(file: CaseFile, now: Instant): CaseAttributes {
  const situation = situationAt(file, now);
  const running = situation.deadlines.filter((deadline) => deadlineState(deadline, now) === 'running').map(({ date }) => date);
  const open = situation.tasks.filter(isOwed).map(({ dueOn }) => dueOn);
  const [nextDate] = [...running, ...open].filter((date) => date >= dateOf(now)).sort();
  return {
    stage: situation.stage,
    office: situation.office,
    nextDate: nextDate ?? null,
    escalated: isEscalated(situation, file),
    attention: attentionOf(file, now),
  };
}
