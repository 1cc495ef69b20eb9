/* All triggers. */

import { dateOf } from '../basics/calendar';
import { earliestFollowUp } from '../plan/deadlines';
import type { Edition, Trigger } from '../policy/edition';
import type { KeptSignal } from '../facts/log';
import { taskRuleOf } from '../plan/tasks';
import type { Fact } from '../facts/catalogue';
import { riskAllowsTravel } from '../plan/gates';
import { becomesApplicant } from '../rules/reflection';
import type { Situation } from '../state/situation';
import { isEuOrDutch } from '../state/questions';

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
  const { application } = after;
  // A fact keeps the place of each task in the list, and adds others behind them.
  const isSent = after.tasks.some(
    (task, at) => task.end?.state === 'done' && before.tasks[at]?.end === null && taskRuleOf(edition, task)?.startsDecisionTerm === true,
  );
  if (application === null || !isSent) return [];
  return application.kind === 'witness' ? ['m55Sent'] : ['m55Sent', 'm55Sent:victim'];
}

/** The triggers of a fact, or of the end of the three months. */
export function triggersOf(
  before: Situation,
  after: Situation,
  fact: Fact | { readonly type: 'expiry' },
  edition: Edition,
): ReadonlySet<Trigger> {
  return new Set<Trigger>([
    fact.type,
    ...codesOf(fact, after),
    ...ofTheStage(before, after),
    ...ofThePeriod(before, after),
    ...ofThePerson(before, after, fact),
    ...ofTheReturn(before, after, fact, edition),
  ]);
}

/** A fact with the code that tells it apart: `routeDecided:return`. */
function codesOf(fact: Fact | { readonly type: 'expiry' }, { consents }: Situation): readonly Trigger[] {
  if (fact.type === 'routeDecided') return [`routeDecided:${fact.route}`];
  if (fact.type === 'applicationSent') return [`applicationSent:${fact.kind}`];
  if (fact.type === 'consentGiven') return when(consents.includes(fact.purpose), `consentGiven:${fact.purpose}`);
  if (fact.type === 'caseDismissed') return when(fact.formalNotice, 'caseDismissed:formalNotice');
  if (fact.type === 'arrivalConfirmed') return when(fact.followUpWanted, 'arrivalConfirmed:followUpWanted');
  return [];
}

/** Stages left and entered; `care` the first time that help begins, `careAgain` when the person is back (docs/policy.md, fine print 14, fine print 19). */
function ofTheStage(before: Situation, after: Situation): readonly Trigger[] {
  if (before.stage === after.stage) return [];
  const hadHelp = before.entered.some(({ stage }) => helps(stage));
  const beganHelp = !hadHelp && helps(after.stage);
  const isBack = before.stage === 'contactLost' && after.stage !== 'aftercare' && after.stage !== 'closed';
  return [
    'stageChanged',
    `leaving:${before.stage}`,
    `entering:${after.stage}`,
    ...when(after.stage === 'decision' && !hasBeenInDecision(before), 'firstEntering:decision'),
    ...when(beganHelp, 'care'),
    ...when(beganHelp && after.period === null, 'care:withoutReflection'),
    ...when(hadHelp && isBack, 'careAgain'),
  ];
}

/** An expiry that late news superseded led nowhere, whichever of the two was received first. */
function hasBeenInDecision({ entered, period }: Situation): boolean {
  const endedWithoutCooperation = period?.end === 'expired' || period?.end === 'declined';
  return entered.some(({ stage, by }) => stage === 'decision' && (by !== 'expiry' || endedWithoutCooperation));
}

function helps(stage: Situation['stage']): boolean {
  return stage !== 'intake' && stage !== 'contactLost' && stage !== 'closed' && stage !== 'aftercare';
}

function ofThePeriod(before: Situation, after: Situation): readonly Trigger[] {
  const end = after.period?.end ?? null;
  if (before.period?.end === end) return [];
  const superseded = when(before.period?.end === 'expired', 'expirySuperseded');
  return end === null ? superseded : [`period:${end}`, ...superseded];
}

function ofThePerson(before: Situation, after: Situation, fact: { readonly type: string }): readonly Trigger[] {
  return [
    ...when(after.stage === 'intake' && isEuOrDutch(before) && !isEuOrDutch(after), 'schemeOpensInIntake'),
    ...when(fact.type === 'ageAssessed' && !after.minor, 'notAMinor'),
    ...when(fact.type === 'cooperated' && becomesApplicant(before, after), 'becomesApplicant'),
    ...when(fact.type === 'permitGranted' && !('permitGranted' in before.lastRecordedOn), 'permitGranted:first'),
  ];
}

/** A new latest risk assessment, and one that travel may rest on; the earliest open follow-up, if one took place. */
function ofTheReturn(before: Situation, after: Situation, fact: { readonly type: string }, edition: Edition): readonly Trigger[] {
  const assessedAnew = after.risk !== before.risk;
  const begins = after.stage === 'safeReturn' && before.stage !== 'safeReturn';
  const restsOnIt = after.stage === 'safeReturn' && riskAllowsTravel(after, dateOf(after.asOf), edition.safeReturn);
  const followUp = fact.type === 'followUpHeld' ? earliestFollowUp(before, edition) : undefined;
  return [
    ...when(assessedAnew, 'riskAssessedAnew'),
    ...when(restsOnIt && (assessedAnew || begins), 'travelRiskAccepted'),
    ...(followUp === undefined ? [] : [`followUpDone:${followUp.rule}` as const]),
  ];
}

function when(holds: boolean, trigger: Trigger): readonly Trigger[] {
  return holds ? [trigger] : [];
}
