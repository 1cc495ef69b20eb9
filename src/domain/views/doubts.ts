/* The doubts about the dates of a case and of an edition, and what else a reader of a date has to know. */

import { dateOf } from '../basics/calendar';
import type { RecordedFact } from '../facts/recordedFact';
import { ruleOf } from '../plan/deadlines';
import { taskRuleOf } from '../plan/tasks';
import type { Doubtful, Edition } from '../policy/edition';
import { effectiveFactsOf, findEffectiveFact } from '../state/questions';
import type { Deadline } from '../state/workPlan';
import type { Situation } from '../state/situation';
import type { Words } from '../basics/language';
import { countedFromTheM55, earliestReading, offeredOn, withdrawalReachesBack } from '../words/remarks';

/** A doubt about a part of an edition, or its confirmation, by the name of the part. */
export interface NamedDoubt extends Doubtful {
  /** A task, a deadline, a ground, or one of `edition`, `reflection`, `permit`, `humanitarianPermit`. */
  readonly about: string;
}

/** Every doubt of an edition, and every rule that somebody has confirmed. */
export function doubtsOf(edition: Edition): readonly NamedDoubt[] {
  const { reflection, permit, humanitarianPermit, tasks, deadlines } = edition;
  const byGround = Object.entries({ ...reflection.doubtByGround, ...humanitarianPermit.doubtByGround });
  const parts: readonly (readonly [string, Doubtful])[] = [
    ...Object.entries({ edition, reflection, permit, humanitarianPermit }),
    ...byGround,
    ...[...tasks, ...deadlines].map((rule) => [rule.id, rule] as const),
  ];
  return parts.flatMap(([about, { doubt, confirmedOn }]) =>
    doubt === undefined && confirmedOn === undefined
      ? []
      : [{ about, ...(doubt === undefined ? {} : { doubt }), ...(confirmedOn === undefined ? {} : { confirmedOn }) }],
  );
}

/** The doubts about the date of a deadline: of the edition, and of each rule that makes the date. */
export function doubtsAbout(deadline: Deadline, situation: Situation, edition: Edition): readonly Words[] {
  const rule = ruleOf(edition, deadline);
  const { ground, permit } = situation;
  const { reflection, humanitarianPermit } = edition;
  const ofThePeriod = rule.isReflectionPeriod === true ? [reflection, reflection.doubtByGround?.[ground] ?? {}] : [];
  const ofThePermit = rule.length === 'permitEnd' ? [edition.permit, ...(permit?.kind === 'humanitarian' ? [humanitarianPermit] : [])] : [];
  const behind: readonly Doubtful[] = [edition, ...ofThePeriod, ...ofThePermit, rule];
  return behind.flatMap(({ doubt }) => doubt ?? []);
}

/** What else the reader of a deadline has to know (docs/policy.md, fine print 57). */
export function remarksOn(deadline: Deadline, situation: Situation, edition: Edition): readonly Words[] {
  const { remark, isReflectionPeriod, countedFrom, length, startedBy } = ruleOf(edition, deadline);
  const offer = situation.tasks.findLast(({ end, rule }) => end?.state === 'done' && taskRuleOf(edition, { rule })?.offersPeriod === true);
  const dismissed = effectiveFactsOf(situation, 'caseDismissed').at(-1);
  const start = findEffectiveFact(situation, deadline.startedBy)?.fact;
  return [
    ...(remark === undefined ? [] : [remark]),
    ...(startedBy.includes('m55Sent') && start !== undefined && saysTheM55WasSent(start) ? [countedFromTheM55] : []),
    ...(isReflectionPeriod === true && offer?.end ? [offeredOn(dateOf(offer.end.at))] : []),
    ...(countedFrom === 'knownOn' && start?.type === 'caseDismissed' && start.knownOn === undefined ? [earliestReading] : []),
    ...(length === 'permitEnd' && dismissed !== undefined ? [withdrawalReachesBack(dismissed.on)] : []),
  ];
}

/** Whether a fact that starts IND's term says that the M55 was sent: the police sent it, or did the task of sending it. */
function saysTheM55WasSent(fact: RecordedFact): boolean {
  if (fact.type === 'applicationSent') return fact.kind === 'cooperation' || fact.kind === 'witness' || fact.kind === 'employerCase';
  return fact.type === 'taskCompleted';
}
