/* The gates of a safe return, and whether they are open. */

import { dateOf, plus, type PlainDate } from '../basics/calendar';
import { gates, type Gate, type SafeReturnRules } from '../policy/edition';
import type { Situation } from '../state/situation';
import { effectiveFactsOf, isEuOrDutch } from '../state/questions';

/** The gates that are shut on a date; no departure is declared before all are open (docs/policy.md, section 6). */
export function shutGates(situation: Situation, on: PlainDate, rules: SafeReturnRules): Gate[] {
  return gates.filter((gate) => isShut(gate, situation, on, rules));
}

/** Whether a gate applies to the person and is shut on a date: the fact that opens it has to have happened by then. */
export function isShut(gate: Gate, situation: Situation, on: PlainDate, rules: SafeReturnRules): boolean {
  const happened = effectiveFactsOf(situation, gate).some((fact) => fact.on <= on);
  switch (gate) {
    case 'returnRequested':
      return !situation.returnRequested || !happened;
    case 'consentGiven':
      return !consentsToTheExchange(situation) || !consentedBy(situation, on);
    case 'riskAssessed':
      return !riskAllowsTravel(situation, on, rules) || !happened;
    // Citizens of the Union and Dutch nationals need nobody's permission to go home.
    case 'returnPermitted':
    case 'removalSuspended':
      return !isEuOrDutch(situation) && !happened;
    case 'guardianAgreed':
    case 'receptionConfirmed':
      return situation.minor && !happened;
    case 'legalAdviceTaken':
    case 'criminalCaseArranged':
    case 'compensationArranged':
    case 'medicalFitnessConfirmed':
    case 'travelDocumentReceived':
    case 'receivingOrganisationConfirmed':
      return !happened;
  }
}

/** Whether the latest risk assessment allows travel, and is not too old to rely on. */
export function riskAllowsTravel({ risk }: Situation, on: PlainDate, rules: SafeReturnRules): boolean {
  return risk !== null && risk.outcome !== 'notAcceptable' && on <= plus(risk.on, rules.riskAssessmentValid);
}

/** Whether a journey is booked although the risk, as it is known now, does not allow it. */
export function isBookedUnsafely(situation: Situation, rules: SafeReturnRules): boolean {
  return situation.journey.travelOn !== null && !riskAllowsTravel(situation, dateOf(situation.asOf), rules);
}

function consentedBy(situation: Situation, on: PlainDate): boolean {
  return effectiveFactsOf(situation, 'consentGiven').some((given) => given.purpose === 'returnDataExchange' && given.on <= on);
}

/** Whether the person consents to the exchange about the return between IOM, IND and DT&V. */
export function consentsToTheExchange({ consents }: Situation): boolean {
  return consents.includes('returnDataExchange');
}
