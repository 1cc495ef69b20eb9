import { dateOf, latest, type Instant, type PlainDate } from '../basics/calendar';
import { passesAt, ruleOf } from '../plan/deadlines';
import type { Edition } from '../policy/edition';
import { rowOf } from '../rules';
import type { Deadline, Situation } from '../state/situation';
import type { TeamRole } from '../basics/roles';
import { findEffectiveFact } from '../state/questions';

/** Something that people are told of at once, whatever the hour; before its instant, what would be. */
export interface RaisedAlarm {
  /** The same for the same alarm, so that nobody is alarmed twice. */
  readonly key: string;
  readonly about: string;
  readonly at: Instant;
  readonly date: PlainDate;
  readonly to: readonly TeamRole[];
  /** The fact that raised it, by its id; none, of a task or a deadline. */
  readonly cause?: string | undefined;
}

/** Every alarm of a case, raised or yet to come: what facts caused, tasks of hours that pass undone, deadlines that are alarmed about. */
export function alarmsOf(situation: Situation, edition: Edition): readonly RaisedAlarm[] {
  if (situation.stage === 'closed') return [];
  const told = situation.alarms.map(({ about, at, to, cause }) => ({ ...alarm(about, at, dateOf(at), to), cause }));
  const tasks = situation.tasks.flatMap(({ id, end, dueAt, dueOn, plannedAt, owner }) =>
    end === null && dueAt !== null && dueAt > plannedAt ? [alarm(id, dueAt, dueOn, [owner, 'supervisor'])] : [],
  );
  const deadlines = situation.deadlines.flatMap((deadline) => {
    const { onPassed } = ruleOf(edition, deadline);
    return deadline.end === null && !hadPassed(deadline) && onPassed.alarm !== undefined
      ? [alarm(deadline.id, latest(passesAt(deadline), deadline.knownAt), deadline.date, onPassed.alarm)]
      : [];
  });
  return [...told, ...tasks, ...deadlines];
}

/** Whether people were alarmed of something by now that still needs them. */
export function isAlarmed(situation: Situation, edition: Edition): boolean {
  const raised = alarmsOf(situation, edition).filter(({ at }) => at <= situation.asOf);
  return raised.some(({ cause }) => cause === undefined || !isSettled(situation, cause, edition));
}

/** Of what a fact raised its row knows; a task or a deadline that alarms has not ended yet. */
function isSettled(situation: Situation, cause: string, edition: Edition): boolean {
  const fact = findEffectiveFact(situation, cause)?.fact;
  return fact !== undefined && rowOf(fact.type).alarmSettled?.(situation, edition) === true;
}

/** Whether it had passed when a correction made it: of that nobody is alarmed any more. */
function hadPassed(deadline: Deadline): boolean {
  return deadline.corrected === true && passesAt(deadline) <= deadline.knownAt;
}

function alarm(about: string, at: Instant, date: PlainDate, to: readonly TeamRole[]): RaisedAlarm {
  return { key: `${about}@${at}`, about, at, date, to };
}
