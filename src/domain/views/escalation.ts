/* Since when a case is escalated, or when it will be if nobody does anything. */

import { daysAfter, earliest, instantAt, plus, startOfDay, type Instant } from '../basics/calendar';
import { situationAt, type CaseFile } from '../case/caseFile';
import { alarmsOf, isAlarmed } from '../notifications/alarms';
import { remindersOf } from '../notifications/reminderDays';
import { isBookedUnsafely } from '../plan/gates';
import { overdueFrom } from '../plan/tasks';
import type { Edition } from '../policy/edition';
import type { Outbox } from '../state/outbox';
import type { Situation } from '../state/situation';

/** Whether an escalation, an alarm or a passed deadline is still open, or a journey is booked unsafely. */
export function isEscalated(situation: Situation, { outbox, start: { edition } }: Pick<CaseFile, 'outbox' | 'start'>): boolean {
  const { asOf } = situation;
  return (
    isBookedUnsafely(situation, edition.safeReturn) ||
    isAlarmed(situation, edition) ||
    escalations(situation, outbox, edition).some((at) => at <= asOf)
  );
}

/** `now` if the case is escalated; else the first instant at which it will be, as far as the present situation tells. Null for none. */
export function escalatesAt(file: CaseFile, now: Instant): Instant | null {
  const situation = situationAt(file, now);
  const { edition } = file.start;
  if (isEscalated(situation, file)) return now;
  const alarms = alarmsOf(situation, edition).filter(({ cause }) => cause === undefined);
  const coming = [...escalations(situation, file.outbox, edition), ...alarms.map(({ at }) => at), unsafeFrom(situation, edition)];
  return earliest(coming.filter((at) => at !== null && at > now));
}

/** The instants at which tasks of hours and reminders escalate, past ones too. */
function escalations(situation: Situation, outbox: Outbox, edition: Edition): readonly Instant[] {
  const tasks = situation.tasks.filter(({ end, dueAt }) => end === null && dueAt !== null).map(overdueFrom);
  const reminders = remindersOf(situation, outbox.notices, edition).flatMap(({ since, steps }) =>
    steps
      .filter(({ name }) => name === 'escalated' || name === 'expired')
      .map(({ on }) => instantAt(on, edition.mail.digestAt))
      .filter((at) => at > since),
  );
  return [...tasks, ...reminders];
}

/** The instant at which the risk assessment of a booked journey is too old to rely on. */
function unsafeFrom({ journey, risk }: Situation, { safeReturn }: Edition): Instant | null {
  if (journey.travelOn === null || risk === null) return null;
  return startOfDay(daysAfter(plus(risk.on, safeReturn.riskAssessmentValid), 1));
}
