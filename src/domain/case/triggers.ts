/* The triggers of everything that happens in a case; of cooperation, permits and remedies: residenceTriggers.ts. */

import { dateOf } from '../basics/calendar';
import { earliestFollowUp } from '../plan/deadlines';
import type { Edition } from '../policy/edition';
import { when, type Trigger } from '../policy/trigger';
import { residenceTriggers, type Cause } from './residenceTriggers';
import type { KeptSignal } from '../facts/log';
import { taskRuleOf } from '../plan/tasks';
import { riskAllowsTravel } from '../plan/gates';
import type { Deadline, Task } from '../state/workPlan';
import type { Situation } from '../state/situation';
import { isEuOrDutch } from '../state/questions';
import { thePeriodRuns } from '../state/reflectionPeriod';

/**
 * Every trigger is raised here or in `residenceTriggers.ts`: the rows of an edition name them in `plannedBy`, `doneBy`, `lapsesOn`, `startedBy`, `metBy`, `liftedBy`
 * and `quietedBy`.
 */

/** The triggers of a new case. */
export const triggersOfIntake: ReadonlySet<Trigger> = new Set<Trigger>(['intake']);

/** The triggers of a signal that became no fact: a decline makes somebody ask the person. */
export function triggersOfSignal({ type }: KeptSignal, { stage }: Situation): ReadonlySet<Trigger> {
  return new Set(when(type === 'declineSignalled' && stage !== 'closed', 'declineSignalled'));
}

/** The triggers of tasks that a fact has done: IND's terms run from the sending, while an application is pending (docs/policy.md, fine print 17). */
export function triggersOfDoneTasks(before: Situation, after: Situation, edition: Edition): readonly Trigger[] {
  const { application, ground } = after;
  // A fact keeps the place of each task in the list, and adds others behind them.
  const isSent = after.tasks.some(
    (task, at) => task.end?.state === 'done' && before.tasks[at]?.end === null && taskRuleOf(edition, task)?.startsDecisionTerm === true,
  );
  if (application === null || !isSent) return [];
  // In a Dublin case IND first waits for the word of the prosecution.
  return ['m55Sent', ...when(application.kind === 'cooperation' && ground !== 'dublin', 'm55Sent:hasTarget')];
}

/** The triggers of a deadline that passes: from the first instant after it. */
export function triggersOfPassing({ rule }: Deadline): ReadonlySet<Trigger> {
  return new Set<Trigger>([`passed:${rule}`]);
}

/** The triggers of a fact, or of the end of the three months. */
export function triggersOf(before: Situation, after: Situation, fact: Cause, edition: Edition): ReadonlySet<Trigger> {
  return new Set<Trigger>([
    fact.type,
    ...codesOf(before, after, fact),
    ...ofTheStage(before, after),
    ...ofThePeriod(before, after),
    ...ofThePerson(before, after, fact),
    ...ofTheAccess(before, after, fact, edition),
    ...residenceTriggers(before, after, fact, edition),
    ...ofTheReturn(before, after, fact, edition),
  ]);
}

/** A fact with the code that tells it apart: `routeDecided:return`. */
function codesOf(before: Situation, { consents, cooperation }: Situation, fact: Cause): readonly Trigger[] {
  if (fact.type === 'routeDecided') return [`routeDecided:${fact.route}`];
  if (fact.type === 'applicationSent') return [`applicationSent:${fact.kind}`];
  if (fact.type === 'consentGiven') return when(consents.includes(fact.purpose), `consentGiven:${fact.purpose}`);
  if (fact.type === 'taskCompleted') return before.tasks.flatMap(({ id, rule }) => when(id === fact.task, `done:${rule}`));
  if (fact.type === 'deadlineLifted')
    return before.deadlines.flatMap(({ id, rule }) => when(id === fact.deadline, `deadlineLifted:${rule}`));
  if (fact.type === 'declined') return when(cooperation === null, 'declined:withoutCooperation');
  if (fact.type === 'reportingDutySet') return when(fact.every !== 'none', 'reportingDutySet:recurring');
  if (fact.type === 'caseDismissed') return when(fact.formalNotice, 'caseDismissed:formalNotice');
  if (fact.type === 'arrivalConfirmed') return when(fact.followUpWanted, 'arrivalConfirmed:followUpWanted');
  return [];
}

/** Stages left and entered; `care` the first time that help begins, `careAgain` when the person is back (docs/policy.md, fine print 14, fine print 19). */
function ofTheStage(before: Situation, after: Situation): readonly Trigger[] {
  if (before.stage === after.stage) return [];
  const isBack = before.stage === 'contactLost' && after.stage !== 'aftercare' && after.stage !== 'closed';
  const entersDecision = after.stage === 'decision';
  return [
    'stageChanged',
    `leaving:${before.stage}`,
    `entering:${after.stage}`,
    ...when(entersDecision && !hasBeenInDecision(before), 'firstEntering:decision'),
    ...when(entersDecision && after.period !== null && !thePeriodRuns(after), 'entering:decision:afterPeriod'),
    ...when(!hadHelp(before) && helps(after.stage), 'care'),
    ...when(hadHelp(before) && isBack, 'careAgain'),
  ];
}

/** An expiry that late news superseded led nowhere, whichever of the two was received first. */
function hasBeenInDecision({ entered, period }: Situation): boolean {
  const endedWithoutCooperation = period?.end === 'expired' || period?.end === 'declined';
  return entered.some(({ stage, by }) => stage === 'decision' && (by !== 'expiry' || endedWithoutCooperation));
}

function hadHelp({ entered }: Situation): boolean {
  return entered.some(({ stage }) => helps(stage));
}

function helps(stage: Situation['stage']): boolean {
  return stage !== 'intake' && stage !== 'contactLost' && stage !== 'closed' && stage !== 'aftercare';
}

/** A person who declines after all leads the case where the silence led it, so what that asked of people stays. */
function ofThePeriod(before: Situation, after: Situation): readonly Trigger[] {
  const end = after.period?.end ?? null;
  if (before.period?.end === end) return [];
  const superseded = when(before.period?.end === 'expired' && end !== 'declined', 'expirySuperseded');
  return end === null ? superseded : [`period:${end}`, ...superseded];
}

function ofThePerson(before: Situation, after: Situation, { type }: Cause): readonly Trigger[] {
  const isAssessed = type === 'ageAssessed';
  return [
    ...when(after.stage === 'intake' && isEuOrDutch(before) && !isEuOrDutch(after), 'schemeOpensInIntake'),
    ...when(type === 'eligibilityDecided' && after.ground === 'dublin', 'isDublin'),
    ...when(before.ground === 'dublin' && after.ground !== 'dublin', 'notDublin'),
    ...when(isAssessed && !after.minor, 'notAMinor'),
    ...when(isAssessed && !after.minor && after.dependants === 0, 'noChildren'),
    ...when(isAssessed && hadHelp(before), 'ageAssessed:afterCare'),
  ];
}

/** A case that opens for the police, and a registration that is owed: by the consent of the person, or since the police may know. */
function ofTheAccess(before: Situation, after: Situation, fact: Cause, edition: Edition): readonly Trigger[] {
  const opens = before.hidden && !after.hidden;
  const isAllowed = opens && fact.type === 'consentGiven';
  const registration = before.tasks.findLast((task) => taskRuleOf(edition, task)?.registersPerson === true);
  const consent = registration && taskRuleOf(edition, registration)?.owedWithConsent;
  const consentsAfterAll =
    after.hidden && fact.type === 'consentGiven' && fact.purpose === consent && after.consents.includes(fact.purpose);
  return [
    ...when(isAllowed, 'policeContactAllowed'),
    ...when(isAllowed && after.stage === 'intake', 'policeContactAllowed:inIntake'),
    ...when(!after.registered && (opens || (consentsAfterAll && isSettled(registration))), 'registrationOwed'),
  ];
}

/** Whether a registration was waived, lapsed, or was done and recalled since: a new consent makes it owed once more. */
function isSettled(registration: Task | undefined): boolean {
  return registration !== undefined && registration.end !== null;
}

/** A new latest risk assessment, and one that travel may rest on; the earliest open follow-up, if one took place. */
function ofTheReturn(before: Situation, after: Situation, { type }: Cause, edition: Edition): readonly Trigger[] {
  const assessedAnew = after.risk !== before.risk;
  const begins = after.stage === 'safeReturn' && before.stage !== 'safeReturn';
  const restsOnIt = after.stage === 'safeReturn' && riskAllowsTravel(after, dateOf(after.asOf), edition.safeReturn);
  const followUp = type === 'followUpHeld' ? earliestFollowUp(before, edition) : undefined;
  return [
    ...when(assessedAnew, 'riskAssessedAnew'),
    ...when(restsOnIt && (assessedAnew || begins), 'travelRiskAccepted'),
    ...(followUp === undefined ? [] : [`followUpDone:${followUp.rule}` as const]),
  ];
}
