/* All triggers. */

import { dateOf } from '../basics/calendar';
import { earliestFollowUp, passesAt, ruleOf } from '../plan/deadlines';
import type { Edition, Trigger } from '../policy/edition';
import type { KeptSignal } from '../facts/log';
import { taskRuleOf } from '../plan/tasks';
import type { RecordedFact } from '../facts/recordedFact';
import { riskAllowsTravel } from '../plan/gates';
import { becomesApplicant } from '../rules/reflection';
import { undoneBy } from '../rules/stages';
import type { Deadline, Situation, Task } from '../state/situation';
import { awaitsAsylumDecision, departureIsSuspended, isEuOrDutch, isRenewable, undecidedAppeals } from '../state/questions';
import { thePeriodRuns } from '../state/reflectionPeriod';

/**
 * Every trigger is raised here: the rows of an edition name them in `plannedBy`, `doneBy`, `lapsesOn`, `startedBy`, `metBy`, `liftedBy`
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
export function triggersOf(
  before: Situation,
  after: Situation,
  fact: RecordedFact | { readonly type: 'expiry' },
  edition: Edition,
): ReadonlySet<Trigger> {
  return new Set<Trigger>([
    fact.type,
    ...codesOf(before, after, fact, edition),
    ...ofTheStage(before, after),
    ...ofThePeriod(before, after),
    ...ofThePerson(before, after, fact),
    ...ofTheAccess(before, after, fact, edition),
    ...ofTheCooperation(before, after, fact),
    ...ofThePermit(before, after, fact, edition),
    ...ofTheRemedies(before, after, fact),
    ...ofTheReturn(before, after, fact, edition),
  ]);
}

type Cause = RecordedFact | { readonly type: 'expiry' };

/** A fact with the code that tells it apart: `routeDecided:return`. */
function codesOf({ tasks, deadlines }: Situation, { consents, cooperation }: Situation, fact: Cause, edition: Edition): readonly Trigger[] {
  switch (fact.type) {
    case 'routeDecided':
      return [`routeDecided:${fact.route}`];
    case 'applicationSent':
      return [`applicationSent:${fact.kind}`];
    case 'consentGiven':
      return when(consents.includes(fact.purpose), `consentGiven:${fact.purpose}`);
    case 'taskCompleted': {
      const done = tasks.find(({ id }) => id === fact.task);
      return done === undefined ? [] : [`done:${taskRuleOf(edition, done)?.id ?? done.rule}`];
    }
    case 'deadlineLifted': {
      const lifted = deadlines.find(({ id }) => id === fact.deadline);
      return lifted === undefined ? [] : [`deadlineLifted:${lifted.rule}`];
    }
    case 'declined':
      return when(cooperation === null, 'declined:withoutCooperation');
    case 'reportingDutySet':
      return when(fact.every !== 'none', 'reportingDutySet:recurring');
    case 'permitEnded':
      return when(fact.reason === 'withdrawn', 'permitEnded:withdrawn');
    case 'caseDismissed':
      return when(fact.formalNotice, 'caseDismissed:formalNotice');
    case 'arrivalConfirmed':
      return when(fact.followUpWanted, 'arrivalConfirmed:followUpWanted');
    default:
      return [];
  }
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

/** Whether a registration was waived, or was done and recalled since: a new consent makes it owed once more. */
function isSettled(registration: Task | undefined): boolean {
  return registration?.end?.state === 'waived' || registration?.end?.state === 'done';
}

function ofTheCooperation(before: Situation, after: Situation, { type }: Cause): readonly Trigger[] {
  const becomes = type === 'cooperated' && becomesApplicant(before, after);
  const isWitness = after.application?.kind === 'witness';
  return [
    ...when(becomes, 'becomesApplicant'),
    ...when(becomes && isWitness, 'becomesApplicant:asWitness'),
    ...when(becomes && !isWitness, 'becomesApplicant:notAsWitness'),
    ...when(becomes && after.ground === 'dublin' && !('presenceAssessed' in after.lastRecordedOn), 'becomesApplicant:dublin'),
    ...when(awaitsAsylumDecision(after) && !awaitsAsylumDecision(before), 'beginsToAwait'),
  ];
}

/** A permit that begins, runs again or goes on, and an application that came to nothing beside it. */
function ofThePermit(before: Situation, after: Situation, { type }: Cause, edition: Edition): readonly Trigger[] {
  const { permit } = after;
  const runsAgain = type === 'objectionDecided' && before.permit === null && permit !== null;
  const begins = type === 'permitGranted' || type === 'permitRenewed' || runsAgain;
  const pending = before.application?.kind;
  const cameToNothing =
    (type === 'permitRefused' && pending === 'longerStay') ||
    (type === 'applicationWithdrawn' && (pending === 'longerStay' || pending === 'renewal'));
  return [
    ...when(type === 'permitGranted' && !('permitGranted' in before.lastRecordedOn), 'permitGranted:first'),
    ...when(type === 'permitRenewed' && pending === 'renewal', 'permitRenewed:pendingRenewal'),
    ...when(runsAgain, 'permitRunsAgain'),
    ...when(begins && permit !== null && isRenewable(permit), 'renewablePermitBegins'),
    ...when(cameToNothing && permit !== null, 'renewalOpensAgain'),
    ...(begins ? ofThePermitChain(before, after, edition) : []),
  ];
}

/** The three years begin with the chain, and again when a chain that was cut goes on, unless they had passed (docs/policy.md, fine print 41). */
function ofThePermitChain(before: Situation, after: Situation, edition: Edition): readonly Trigger[] {
  const [old, chain] = [before.permitChain, after.permitChain];
  const isSame = old?.from === chain?.from;
  const hadPassed = before.deadlines.some(
    (deadline) =>
      ruleOf(edition, deadline).countedFrom === 'permitChain' &&
      deadline.startedOn === chain?.from &&
      passesAt(deadline) <= (deadline.end?.at ?? before.asOf),
  );
  return [
    ...when(old !== null && !isSame, 'permitChainBreaks'),
    ...when(chain !== null && !isSame, 'permitChainBegins'),
    ...when(chain !== null && isSame && old?.isCut === true && !hadPassed, 'permitChainGoesOn'),
  ];
}

/** Remedies filed and decided, and a term for departure that begins with them or ends (docs/policy.md, fine print 37). */
function ofTheRemedies(before: Situation, after: Situation, fact: Cause): readonly Trigger[] {
  const suspensionEnds = departureIsSuspended(before) && !departureIsSuspended(after);
  const mayStay = after.application !== null || after.permit !== null;
  switch (fact.type) {
    case 'returnDecisionIssued':
    case 'lawfulStayEnded':
      return when(!departureIsSuspended(after), 'mustLeave');
    case 'objectionFiled':
      return [after.objections.at(-1)?.suspends === true ? 'objectionFiled:suspends' : 'objectionFiled:doesNotSuspend'];
    case 'objectionDecided': {
      if (fact.outcome !== 'upheld') return ['objectionDecided:notUpheld', ...when(suspensionEnds && !mayStay, 'mustLeave')];
      return ['objectionDecided:upheld', ...when(undoneBy(fact, before) === 'refusal', 'refusalUndone')];
    }
    case 'interimMeasureDecided':
      return when(fact.granted, 'interimMeasureDecided:granted');
    case 'appealDecided': {
      const [appeal] = undecidedAppeals(before);
      const objection = after.objections.find((each) => each.fact === appeal?.about);
      if (fact.outcome === 'upheld') {
        return [
          'appealDecided:upheld',
          ...when(objection?.suspends === true, 'appealDecided:upheld:objectionSuspends'),
          ...when(departureIsSuspended(after), 'appealDecided:upheld:departureSuspended'),
        ];
      }
      // After a further appeal there is no remedy left that has a term.
      return appeal?.isFurther === true ? [] : ['appealDecided:notUpheld', ...when(suspensionEnds && !mayStay, 'mustLeave')];
    }
    default:
      return [];
  }
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

function when(holds: boolean, trigger: Trigger): readonly Trigger[] {
  return holds ? [trigger] : [];
}
