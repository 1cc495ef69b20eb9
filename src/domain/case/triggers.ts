import { dateOf } from '../basics/calendar';
import { earliestFollowUp } from '../plan/deadlines';
import type { Edition, FollowUp, Trigger, SafeReturnRules } from '../policy/edition';
import type { Fact } from '../facts/catalogue';
import { riskAllowsTravel } from '../plan/gates';
import { becomesApplicant } from '../rules/reflection';
import type { Situation } from '../state/situation';
import { isEuOrDutch } from '../state/questions';

/**
 * The triggers a case takes with a fact or with the end of the three months: what an edition's rules name in `plannedBy`,
 * `doneBy`, `lapsesOn`, `startedBy`, `metBy`, `liftedBy`, `quietedBy`.
 */
export function triggersOf(
  before: Situation,
  after: Situation,
  fact: Fact | { readonly type: 'expiry' },
  { safeReturn }: Edition,
): ReadonlySet<Trigger> {
  return new Set<Trigger>([
    fact.type,
    ...codesOf(fact, after),
    ...ofTheStage(before, after),
    ...ofThePeriod(before, after),
    ...ofHerself(before, after, fact),
    ...ofTheReturn(before, after, fact, safeReturn),
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

/** Stages left and entered; `care` the first time that help begins, `careAgain` when she is back (docs/policy.md, fine print 14, fine print 19). */
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

/** An expiry that late news superseded led her nowhere, whichever of the two was heard of first. */
function hasBeenInDecision({ entered, period }: Situation): boolean {
  const expiryStands = period?.end === 'expired' || period?.end === 'declined';
  return entered.some(({ stage, by }) => stage === 'decision' && (by !== 'expiry' || expiryStands));
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

function ofHerself(before: Situation, after: Situation, fact: { readonly type: string }): readonly Trigger[] {
  return [
    ...when(after.stage === 'intake' && isEuOrDutch(before) && !isEuOrDutch(after), 'schemeOpensInIntake'),
    ...when(fact.type === 'ageAssessed' && !after.minor, 'notAMinor'),
    ...when(fact.type === 'cooperated' && becomesApplicant(after, before), 'becomesApplicant'),
    ...when(fact.type === 'permitGranted' && !('permitGranted' in before.lastRecordedOn), 'permitGranted:first'),
  ];
}

/** A risk assessment that is the latest now, and one that travel may rest on; the follow-up that was held, of several the earliest. */
function ofTheReturn(before: Situation, after: Situation, fact: { readonly type: string }, rules: SafeReturnRules): readonly Trigger[] {
  const seenAnew = after.risk !== before.risk;
  const begins = after.stage === 'safeReturn' && before.stage !== 'safeReturn';
  const restsOnIt = after.stage === 'safeReturn' && riskAllowsTravel(after, dateOf(after.asOf), rules);
  const held = fact.type === 'followUpHeld' ? earliestFollowUp(before) : undefined;
  return [
    ...when(seenAnew, 'riskSeenAnew'),
    ...when(restsOnIt && (seenAnew || begins), 'travelRiskAccepted'),
    ...(held === undefined ? [] : [`held:${held.rule as FollowUp}` as const]),
  ];
}

function when(holds: boolean, trigger: Trigger): readonly Trigger[] {
  return holds ? [trigger] : [];
}
