/* The coarse columns of a registered person that statistics count (docs/decisions/0035-what-is-counted.md). */

import { dateOf, daysBetween, type Instant, type PlainDate } from '../basics/calendar';
import { intakeOf, situationAt, type CaseFile } from '../case/caseFile';
import { effectiveAt } from '../facts/log';
import type { RecordedFact } from '../facts/recordedFact';
import { ruleOf } from '../plan/deadlines';
import { overdueFrom, taskRuleOf } from '../plan/tasks';
import type { Edition } from '../policy/edition';
import type { PeriodEnd } from '../state/residence';
import { allEffectiveFacts, effectiveFactsOf } from '../state/questions';
import { stages, type Situation, type Stage } from '../state/situation';
import type { Deadline, Task } from '../state/workPlan';

/** A month, by its first day. */
export type Month = `${number}-${number}-01`;

/** The answer to the offer of the period. `other`: another answer, or none yet. */
export const offerOutcomes = ['accepted', 'declined', 'other'] as const;
export type OfferOutcome = (typeof offerOutcomes)[number];

/** The stages whose days are counted: all but the last, which does not end. */
export const countedStages = stages.filter((stage): stage is CountedStage => stage !== 'closed');
type CountedStage = Exclude<Stage, 'closed'>;
type DaysIn = Readonly<Record<`daysIn${Capitalize<CountedStage>}`, number | null>>;

/** One registered person, with nothing that names the person, the case, an office or a member of staff. */
export type StatisticsRow = PersonCounted & OfferCounted & DaysIn & WorkCounted & ResultCounted;

interface PersonCounted {
  readonly registeredMonth: Month;
  readonly nationality: string;
  readonly sex: string;
  readonly ageGroup: string;
  readonly sector: string;
  readonly indicatedBy: string;
}

interface OfferCounted {
  readonly offerMonth: Month | null;
  readonly offerOutcome: OfferOutcome | null;
  readonly daysToOffer: number | null;
  readonly periodEnd: PeriodEnd | null;
}

interface WorkCounted {
  /**
   * Statutory tasks that were done, or whose date passed before. So a task that nobody does counts as late, whatever becomes of it, and one
   * that lapsed or was waived before its date does not count.
   */
  readonly tasksEnded: number;
  readonly tasksInTime: number;
}

interface ResultCounted {
  readonly returned: boolean;
  readonly followUpsDue: number;
  readonly followUpsMade: number;
  /** The month of the journey home, or else of the closing of the case. */
  readonly resultMonth: Month | null;
}

/** The row of a case; null where there is nobody to count: not registered, or found to be no possible victim. */
export function statisticsRow(file: CaseFile, now: Instant): StatisticsRow | null {
  const { edition } = file.start;
  const situation = situationAt(file, now);
  const registeredOn = firstRegistration(situation, edition);
  if (!situation.registered || registeredOn === undefined || situation.result === 'notAVictim') return null;
  const { indication, person } = intakeOf(file);
  const { nationality, sex = 'unknown', sector = 'unknown' } = person;
  const ageGroup = situation.minor ? 'minor' : 'adult';
  return {
    ...{ registeredMonth: monthOf(registeredOn), nationality, sex, ageGroup, sector, indicatedBy: indication.by },
    ...offerOf(situation, indication.observedOn, edition),
    periodEnd: situation.period?.end ?? null,
    ...daysInStages(situation),
    ...statutoryWork(situation, now, edition),
    ...resultOf(situation, now, edition),
  };
}

export function monthOf(date: PlainDate): Month {
  return `${date.slice(0, 7)}-01` as Month;
}

function firstRegistration(situation: Situation, edition: Edition): PlainDate | undefined {
  const registrations = tasksDone(situation).filter((task) => taskRuleOf(edition, task)?.registersPerson === true);
  return earliestOf(registrations.map((task) => doneOn(situation, task, edition)));
}

/** The offer is made on the day on which its task is done: by the start of the period, by a no, or by any other answer. */
function offerOf(situation: Situation, observedOn: PlainDate, edition: Edition): Omit<OfferCounted, 'periodEnd'> {
  const offers = tasksDone(situation).filter((task) => taskRuleOf(edition, task)?.offersPeriod === true);
  const on = earliestOf(offers.map((task) => doneOn(situation, task, edition)));
  if (on === undefined) return { offerMonth: null, offerOutcome: null, daysToOffer: null };
  return { offerMonth: monthOf(on), offerOutcome: answerToOffer(situation), daysToOffer: Math.max(0, daysBetween(observedOn, on)) };
}

function answerToOffer(situation: Situation): OfferOutcome {
  if (situation.period !== null) return 'accepted';
  return effectiveFactsOf(situation, 'reflectionDeclined').length > 0 ? 'declined' : 'other';
}

/** The whole days of the ended stays in each stage; null where none has ended. A stay that goes on is counted once it ends. */
function daysInStages({ entered }: Situation): DaysIn {
  const days = countedStages.map((stage) => {
    const stays = entered.flatMap((each, place) => {
      const next = entered[place + 1];
      return each.stage === stage && next !== undefined ? [Math.max(0, daysBetween(each.on, next.on))] : [];
    });
    return [daysInStage(stage), stays.length === 0 ? null : stays.reduce((sum, each) => sum + each)] as const;
  });
  return Object.fromEntries(days) as unknown as DaysIn;
}

/** The column of a stage. */
export function daysInStage(stage: CountedStage): keyof DaysIn {
  return `daysIn${stage.slice(0, 1).toUpperCase()}${stage.slice(1)}` as keyof DaysIn;
}

/**
 * The statutory tasks of intake and reflection, which everybody is owed alike. What is owed later follows from the person's choice: counted
 * too, the measure would move with that choice.
 */
function statutoryWork(situation: Situation, now: Instant, edition: Edition): WorkCounted {
  const partedAt = situation.entered.find(({ stage }) => stage !== 'intake' && stage !== 'reflection')?.at;
  const ended = situation.tasks
    .filter(({ statutory, plannedAt }) => statutory && (partedAt === undefined || plannedAt < partedAt))
    .filter((task) => task.end?.state === 'done' || (task.end?.at ?? now) >= overdueFrom(task));
  const inTime = ended.filter((task) => task.end?.state === 'done' && isInTime(situation, task, edition));
  return { tasksEnded: ended.length, tasksInTime: inTime.length };
}

/** Whether a task was done before it was overdue, also where that was recorded later. */
function isInTime(situation: Situation, task: Task, edition: Edition): boolean {
  if (task.end !== null && task.end.at < overdueFrom(task)) return true;
  const on = doneOn(situation, task, edition);
  // Of a task of hours only the day on which it was done is known: an earlier day is in time.
  return task.dueAt === null ? on <= task.dueOn : on < task.dueOn;
}

function resultOf(situation: Situation, now: Instant, edition: Edition): ResultCounted {
  const [journey] = effectiveFactsOf(situation, 'travelled').toReversed();
  const closing = situation.result === null ? undefined : effectiveFactsOf(situation, 'closed').at(-1);
  const ended = (journey ?? closing)?.on;
  const due = situation.deadlines.filter((deadline) => isFollowUpDue(deadline, dateOf(now), edition));
  return {
    returned: journey !== undefined,
    followUpsDue: due.length,
    followUpsMade: due.filter(({ end }) => end?.state === 'met').length,
    resultMonth: ended === undefined ? null : monthOf(ended),
  };
}

/** Whether a contact after the return was held, or was not and its day has gone by. The person may stop the contact before. */
function isFollowUpDue(deadline: Deadline, today: PlainDate, edition: Edition): boolean {
  if (ruleOf(edition, deadline).isFollowUp !== true) return false;
  return deadline.end?.state === 'met' || deadline.date < (deadline.end?.on ?? today);
}

function tasksDone({ tasks }: Situation): readonly Task[] {
  return tasks.filter(({ end }) => end?.state === 'done');
}

/** The legal date on which a task was done: that of the fact that did it, which may be recorded later. */
function doneOn(situation: Situation, task: Task, edition: Edition): PlainDate {
  const at = task.end?.at ?? situation.asOf;
  const doers = allEffectiveFacts(situation.effectiveFacts).map(({ fact }) => fact);
  const dates = doers.filter((fact) => effectiveAt(fact) === at && does(fact, task, edition)).map(({ on }) => on);
  return earliestOf(dates) ?? dateOf(at);
}

function does(fact: RecordedFact, task: Task, edition: Edition): boolean {
  if (fact.type === 'taskCompleted') return fact.task === task.id;
  return taskRuleOf(edition, task)?.doneBy?.some((trigger) => trigger.split(':')[0] === fact.type) === true;
}

function earliestOf(dates: readonly PlainDate[]): PlainDate | undefined {
  return dates.toSorted()[0];
}
