/* The triggers of cooperation, permits and remedies. All others: triggers.ts. */

import { passesAt, ruleOf } from '../plan/deadlines';
import type { RecordedFact } from '../facts/recordedFact';
import type { Edition } from '../policy/edition';
import { when, type Trigger } from '../policy/trigger';
import { becomesApplicant } from '../rules/reflection';
import { undoneBy } from '../rules/stages';
import { awaitsAsylumDecision, departureIsSuspended, isRenewable, undecidedAppeals } from '../state/questions';
import type { Situation } from '../state/situation';

/** The cause of a change: a fact, or the silent end of the three months. */
export type Cause = RecordedFact | { readonly type: 'expiry' };

/** The triggers of a fact about the residence of the person. */
export function residenceTriggers(before: Situation, after: Situation, fact: Cause, edition: Edition): readonly Trigger[] {
  return [...ofTheCooperation(before, after, fact), ...ofThePermit(before, after, fact, edition), ...ofTheRemedies(before, after, fact)];
}

function ofTheCooperation(before: Situation, after: Situation, fact: Cause): readonly Trigger[] {
  const becomes = fact.type === 'cooperated' && becomesApplicant(before, after);
  const isWitness = fact.type === 'cooperated' && fact.form === 'witness';
  return [
    ...when(becomes, 'becomesApplicant'),
    ...when(becomes && isWitness, 'becomesApplicant:asWitness'),
    ...when(becomes && !isWitness, 'becomesApplicant:notAsWitness'),
    ...when(becomes && after.ground === 'dublin' && !('presenceAssessed' in after.lastRecordedOn), 'becomesApplicant:dublin'),
    ...when(awaitsAsylumDecision(after) && !awaitsAsylumDecision(before), 'beginsToAwait'),
  ];
}

/** A permit that begins, runs again or goes on, and an application that came to nothing beside it. */
function ofThePermit(before: Situation, after: Situation, fact: Cause, edition: Edition): readonly Trigger[] {
  const { type } = fact;
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
    ...when(fact.type === 'permitEnded' && fact.reason === 'withdrawn', 'permitEnded:withdrawn'),
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
  if (fact.type === 'returnDecisionIssued' || fact.type === 'lawfulStayEnded') return when(!departureIsSuspended(after), 'mustLeave');
  if (fact.type === 'objectionFiled') {
    return [after.objections.at(-1)?.suspends === true ? 'objectionFiled:suspends' : 'objectionFiled:doesNotSuspend'];
  }
  if (fact.type === 'objectionDecided') {
    if (fact.outcome !== 'upheld') return ['objectionDecided:notUpheld', ...departureTermAfterSuspension(before, after)];
    return ['objectionDecided:upheld', ...when(undoneBy(fact, before) === 'refusal', 'refusalUndone')];
  }
  if (fact.type === 'interimMeasureDecided') return when(fact.granted, 'interimMeasureDecided:granted');
  return fact.type === 'appealDecided' ? ofTheAppeal(before, after, fact.outcome === 'upheld') : [];
}

function ofTheAppeal(before: Situation, after: Situation, isUpheld: boolean): readonly Trigger[] {
  const [appeal] = undecidedAppeals(before);
  const objection = after.objections.find((each) => each.fact === appeal?.about);
  if (isUpheld) {
    return [
      'appealDecided:upheld',
      ...when(objection?.suspends === true, 'appealDecided:upheld:objectionSuspends'),
      ...when(departureIsSuspended(after), 'appealDecided:upheld:departureSuspended'),
    ];
  }
  // After a further appeal there is no remedy left that has a term.
  return appeal?.isFurther === true ? [] : ['appealDecided:notUpheld', ...departureTermAfterSuspension(before, after)];
}

/** The term runs where the suspension of departure ends, unless the person may stay for another reason. */
function departureTermAfterSuspension(before: Situation, after: Situation): readonly Trigger[] {
  const mayStay = after.application !== null || after.permit !== null;
  return when(departureIsSuspended(before) && !departureIsSuspended(after) && !mayStay, 'mustLeave');
}
