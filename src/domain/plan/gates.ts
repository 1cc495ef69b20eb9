import { dateOf, plus, type PlainDate } from '../basics/calendar';
import { gates, type Gate, type SafeReturnRules } from '../policy/edition';
import type { Situation } from '../state/situation';
import { effectiveFactsOf, isEuOrDutch } from '../state/questions';

/** The gates that are shut on a date: until there is none, nobody declares that she leaves (docs/policy.md, section 6). */
export function shutGates(situation: Situation, on: PlainDate, rules: SafeReturnRules): Gate[] {
  return gates.filter((gate) => isShut(gate, situation, on, rules));
}

/** Whether one of the gates is hers and shut on a date: what opens it has to have happened by then. */
export function isShut(gate: Gate, situation: Situation, on: PlainDate, rules: SafeReturnRules): boolean {
  const happened = effectiveFactsOf(situation, gate).some((fact) => fact.on <= on);
  switch (gate) {
    case 'returnRequested':
      return !situation.returnRequested || !happened;
    case 'consentGiven':
      return !consentsToTheExchange(situation) || !consentedBy(situation, on);
    case 'riskAssessed':
      return !riskAllowsTravel(situation, on, rules) || !happened;
    // A citizen of the Union or a Dutch woman needs nobody's leave to go home.
    case 'returnPermitted':
    case 'removalSuspended':
      return !isEuOrDutch(situation) && !happened;
    case 'guardianAgreed':
    case 'receptionConfirmed':
      return situation.minor && !happened;
    case 'legalAdviceTaken':
    case 'criminalCaseArranged':
    case 'medicalFitnessConfirmed':
    case 'travelDocumentReceived':
    case 'receivingOrganisationConfirmed':
      return !happened;
  }
}

/** Whether the latest risk assessment lets her travel, and is not too old to rely on. */
export function riskAllowsTravel({ risk }: Situation, on: PlainDate, rules: SafeReturnRules): boolean {
  return risk !== null && risk.outcome !== 'notAcceptable' && on <= plus(risk.on, rules.riskAssessmentValid);
}

/** Whether she is booked to travel though the risk, as it is known now, does not allow it. */
export function isBookedUnsafely(situation: Situation, rules: SafeReturnRules): boolean {
  return situation.journey.travelOn !== null && !riskAllowsTravel(situation, dateOf(situation.asOf), rules);
}

function consentedBy(situation: Situation, on: PlainDate): boolean {
  return effectiveFactsOf(situation, 'consentGiven').some((given) => given.purpose === 'returnDataExchange' && given.on <= on);
}

/** Whether she agrees to the exchange about her return between IOM, IND and DT&V. */
export function consentsToTheExchange({ consents }: Situation): boolean {
  return consents.includes('returnDataExchange');
}
