/* The flags of a case: what in it asks for somebody's attention. The lists of the register and those of the engine read it here, and nowhere else. */

import { earliest, type Instant } from '../basics/calendar';
import { situationAt, type CaseFile } from '../case/caseFile';
import { isAlarmed } from '../notifications/alarms';
import { overdueFrom } from '../plan/tasks';
import type { Situation } from '../state/situation';
import type { Task } from '../state/workPlan';
import { undelivered } from './pathway';

/** Neutral codes: everybody who sees the engine's own pages can read them. */
export const attentionCodes = ['overdue', 'decision-needed', 'unassigned', 'mail-undelivered', 'alarm'] as const;
export type AttentionCode = (typeof attentionCodes)[number];

/** The flags of a case at an instant. The clock changes none of them, but it passes `overdueFrom`. */
export interface Flags {
  /** The first instant at which an open task is overdue; null for none. */
  readonly overdueFrom: Instant | null;
  readonly decisionNeeded: boolean;
  /** The number of open tasks whose role nobody holds. */
  readonly unassigned: number;
  /** The number of people and partners who could not be reached, or perhaps were not. */
  readonly undelivered: number;
}

export function flagsOf(file: CaseFile, situation: Situation): Flags {
  const tasks = situation.tasks.filter(isOwed);
  return {
    overdueFrom: earliest(tasks.map(overdueFrom)),
    decisionNeeded: situation.stage === 'decision',
    unassigned: tasks.filter(({ owner }) => !(owner in situation.team)).length,
    undelivered: undelivered(file, situation).length,
  };
}

/** The codes that hold for a case at an instant, always in the same order. */
export function attentionOf(file: CaseFile, now: Instant): readonly AttentionCode[] {
  const situation = situationAt(file, now);
  const flags = flagsOf(file, situation);
  const holds: Readonly<Record<AttentionCode, boolean>> = {
    overdue: flags.overdueFrom !== null && flags.overdueFrom <= now,
    'decision-needed': flags.decisionNeeded,
    unassigned: flags.unassigned > 0,
    'mail-undelivered': flags.undelivered > 0,
    alarm: isAlarmed(situation, file.start.edition),
  };
  return attentionCodes.filter((code) => holds[code]);
}

/** A task that waits for the person's consent is not owed. */
export function isOwed({ end, waits }: Task): boolean {
  return end === null && waits !== true;
}
