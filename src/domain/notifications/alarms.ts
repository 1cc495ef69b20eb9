/* The alarms of a case, raised or yet to come. */

import { dateOf, latest, type Instant, type PlainDate } from '../basics/calendar';
import { passesAt, ruleOf } from '../plan/deadlines';
import type { Edition } from '../policy/edition';
import { rowOf } from '../rules';
import type { Deadline } from '../state/workPlan';
import type { Situation } from '../state/situation';
import type { TeamRole } from '../basics/roles';
import { kebabCase } from '../basics/ids';
import { factTypes } from '../facts/catalogue';

/** Something about which people are mailed at once, whatever the hour. An alarm of a later instant will be raised then, unless something changes. */
export interface RaisedAlarm {
  /** Identifies the alarm, so that nobody is alarmed twice. */
  readonly key: string;
  readonly about: string;
  readonly at: Instant;
  readonly date: PlainDate;
  readonly to: readonly TeamRole[];
  /** The id of the fact that raised it; undefined for a task or a deadline. */
  readonly cause?: string | undefined;
}

/** Every alarm of a case, raised or yet to come: from facts, from tasks of hours that pass undone, and from deadlines with an alarm. */
export function alarmsOf(situation: Situation, edition: Edition): readonly RaisedAlarm[] {
  if (situation.stage === 'closed') return [];
  const fromFacts = situation.alarms.map(({ about, at, to, cause }) => ({ ...alarm(about, at, dateOf(at), to), cause }));
  const tasks = situation.tasks.flatMap(({ id, end, dueAt, dueOn, plannedAt, owner }) =>
    end === null && dueAt !== null && dueAt > plannedAt ? [alarm(id, dueAt, dueOn, [owner, 'supervisor'])] : [],
  );
  const deadlines = situation.deadlines.flatMap((deadline) => {
    const { onPassed } = ruleOf(edition, deadline);
    return deadline.end === null && !hadPassed(deadline) && onPassed.alarm !== undefined
      ? [alarm(deadline.id, latest(passesAt(deadline), deadline.knownAt), deadline.date, onPassed.alarm)]
      : [];
  });
  return [...fromFacts, ...tasks, ...deadlines];
}

/** Whether an alarm that was raised by now still needs people to act. */
export function isAlarmed(situation: Situation, edition: Edition): boolean {
  const raised = alarmsOf(situation, edition).filter(({ at }) => at <= situation.asOf);
  return raised.some(({ about, cause }) => cause === undefined || !isSettled(situation, about, edition));
}

/** The row of the fact that the alarm is named after decides; a task or a deadline with an alarm has not ended yet. */
function isSettled(situation: Situation, about: string, edition: Edition): boolean {
  const type = factTypes.find((each) => kebabCase(each) === about);
  return type !== undefined && rowOf(type).alarmSettled?.(situation, edition) === true;
}

/** Whether the deadline had passed when a correction created it: nobody is alarmed about it any more. */
function hadPassed(deadline: Deadline): boolean {
  return deadline.corrected === true && passesAt(deadline) <= deadline.knownAt;
}

function alarm(about: string, at: Instant, date: PlainDate, to: readonly TeamRole[]): RaisedAlarm {
  return { key: `${about}@${at}`, about, at, date, to };
}
