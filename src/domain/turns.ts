import type { Fact } from './facts/fields';
import { becomesApplicant } from './facts/reflection';
import type { Situation } from './situation';

/**
 * The turns a case takes with a fact or with the end of the three months: what an edition's rules name in `plannedBy`,
 * `doneBy`, `lapsesOn`, `startedBy`, `metBy`, `liftedBy`, `quietedBy`.
 */
export function turnsOf(before: Situation, after: Situation, fact: Fact | { readonly type: 'intake' | 'expiry' }): ReadonlySet<string> {
  return new Set<string>([
    fact.type,
    ...codesOf(fact),
    ...ofTheStage(before, after),
    ...ofThePeriod(before, after),
    ...ofHerself(before, after, fact),
  ]);
}

/** A fact with the code that tells it apart: `routeDecided:return`. */
function codesOf(fact: Fact | { readonly type: 'intake' | 'expiry' }): string[] {
  if (fact.type === 'routeDecided') return [`routeDecided:${fact.route}`];
  if (fact.type === 'applicationSent') return [`applicationSent:${fact.kind}`];
  return [];
}

/** Stages left and entered; `care` the first time that help begins, `careAgain` when she is back (policy, fine print 14 and 19). */
function ofTheStage(before: Situation, after: Situation): string[] {
  if (before.stage === after.stage) return [];
  const hadHelp = before.history.some(({ stage }) => helps(stage));
  const beganHelp = !hadHelp && helps(after.stage);
  const isBack = before.stage === 'contactLost' && after.stage !== 'aftercare' && after.stage !== 'closed';
  return [
    'stageChanged',
    `leaving:${before.stage}`,
    `entering:${after.stage}`,
    ...(after.stage === 'decision' && !before.history.some(({ stage }) => stage === 'decision') ? ['firstEntering:decision'] : []),
    ...(beganHelp ? ['care', ...(after.period === null ? ['care:withoutReflection'] : [])] : []),
    ...(hadHelp && isBack ? ['careAgain'] : []),
  ];
}

function helps(stage: Situation['stage']): boolean {
  return stage !== 'intake' && stage !== 'contactLost' && stage !== 'closed' && stage !== 'aftercare';
}

function ofThePeriod(before: Situation, after: Situation): string[] {
  const end = after.period?.end ?? null;
  if (end === null || before.period?.end === end) return [];
  return [`period:${end}`, ...(before.period?.end === 'expired' ? ['expirySuperseded'] : [])];
}

function ofHerself(before: Situation, after: Situation, fact: { readonly type: string }): string[] {
  return [
    ...(fact.type === 'ageAssessed' && !after.minor ? ['notAMinor'] : []),
    ...(fact.type === 'cooperated' && becomesApplicant(after, before) ? ['becomesApplicant'] : []),
    ...(fact.type === 'permitGranted' && !('permitGranted' in before.told) ? ['permitGranted:first'] : []),
    ...(after.risk !== before.risk ? ['riskSeenAnew'] : []),
    ...(after.stage === 'safeReturn' && acceptsTravel(after) && (after.risk !== before.risk || before.stage !== 'safeReturn')
      ? ['travelRiskAccepted']
      : []),
  ];
}

function acceptsTravel({ risk }: Situation): boolean {
  return risk !== null && risk.outcome !== 'notAcceptable';
}
