/* The triggers: events of a case that the rows of an edition name. */

import type { applicationKinds, FactType, routes } from '../facts/catalogue';
import type { PeriodEnd } from '../state/residence';
import type { Stage } from '../state/situation';

/**
 * An event of a case that plans, does or lapses a task, or starts, meets or lifts a deadline. It may be a fact, by its name or with its code
 * (`routeDecided:return`). It may be a stage left or entered (`leaving:reflection`), an end of the period, or another event. Each is raised
 * in `case/triggers.ts` and `case/residenceTriggers.ts`.
 */
export type Trigger =
  | FactType
  | `routeDecided:${(typeof routes)[number]}`
  | `applicationSent:${(typeof applicationKinds)[number]}`
  | `consentGiven:${string}`
  | `deadlineLifted:${string}`
  | `done:${string}`
  | `passed:${string}`
  | 'caseDismissed:formalNotice'
  | 'declined:withoutCooperation'
  | 'reportingDutySet:recurring'
  | 'permitRenewed:pendingRenewal'
  | 'objectionFiled:suspends'
  | 'objectionFiled:doesNotSuspend'
  | 'objectionDecided:upheld'
  | 'objectionDecided:notUpheld'
  | 'appealDecided:upheld'
  | 'appealDecided:upheld:objectionSuspends'
  | 'appealDecided:upheld:departureSuspended'
  | 'appealDecided:notUpheld'
  | 'interimMeasureDecided:granted'
  | 'permitEnded:withdrawn'
  | 'refusalUndone'
  | 'mustLeave'
  | 'arrivalConfirmed:followUpWanted'
  | 'permitGranted:first'
  | 'permitRunsAgain'
  | 'renewablePermitBegins'
  | 'renewalOpensAgain'
  | 'permitChainBegins'
  | 'permitChainGoesOn'
  | 'permitChainBreaks'
  | 'intake'
  | 'expiry'
  | `leaving:${Stage}`
  | `entering:${Stage}`
  | 'firstEntering:decision'
  | 'entering:decision:afterPeriod'
  | 'stageChanged'
  | 'care'
  | 'careAgain'
  | `period:${PeriodEnd}`
  | 'expirySuperseded'
  | 'declineSignalled'
  | 'schemeOpensInIntake'
  | 'policeContactAllowed'
  | 'policeContactAllowed:inIntake'
  | 'registrationOwed'
  | 'isDublin'
  | 'notDublin'
  | 'notAMinor'
  | 'noChildren'
  | 'ageAssessed:afterCare'
  | 'becomesApplicant'
  | 'becomesApplicant:notAsWitness'
  | 'becomesApplicant:asWitness'
  | 'becomesApplicant:dublin'
  | 'beginsToAwait'
  | 'm55Sent'
  | 'm55Sent:hasTarget'
  | 'riskAssessedAnew'
  | 'travelRiskAccepted'
  | `followUpDone:${string}`;

/** The trigger, if something holds. */
export function when(holds: boolean, trigger: Trigger): readonly Trigger[] {
  return holds ? [trigger] : [];
}
