/* Facts of the preparation of a return, and of the journey. */

import { dateOf, latest, type PlainDate } from '../basics/calendar';
import { openDeadlinesMetBy } from '../plan/deadlines';
import type { Edition } from '../policy/edition';
import { consentsToTheExchange, isBookedUnsafely, riskAllowsTravel, shutGates } from '../plan/gates';
import { staff, type Party } from '../basics/roles';
import { notPossible, Refusal } from '../basics/refusal';
import { openStages, type Situation } from '../state/situation';
import { isEuOrDutch } from '../state/questions';
import { neverExpired } from '../state/reflectionPeriod';
import type { FactTable } from './row';

/** A fact that happened is always accepted; if it should not have happened, these roles are alarmed. */
const whoHearsOfDanger = ['caseworker', 'supervisor'] as const;

/** Facts about preparing to go home: the person's own wish, the gates that have to open first, the point of no return, the journey. */
export const safeReturnFacts = {
  returnRequested: {
    possibleIn: ['reflection', 'decision', 'permit', 'permitApplication', 'assistance', 'otherProcedure', 'safeReturn'],
    recordedBy: staff,
    changes: () => ({ returnRequested: true }),
    says: { nl: 'Betrokkene vraagt zelf om terugkeer.', en: 'The person asks to return, by their own wish.' },
    source: "WEGW-IOM: at the person's own express wish",
  },
  returnPermitted: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    says: { nl: 'IND heeft geen bezwaar tegen de terugkeer.', en: 'IND permits the return.' },
    source: 'VCA15',
  },
  removalSuspended: {
    possibleIn: openStages,
    recordedBy: ['partner:dtv'],
    says: { nl: 'DT&V heeft de uitzetting opgeschort.', en: 'DT&V suspended the removal.' },
    source: 'VCA15',
  },
  legalAdviceTaken: {
    possibleIn: openStages,
    recordedBy: [...staff, 'lawyer'],
    says: { nl: 'Betrokkene heeft juridisch advies gehad.', en: 'The person has had legal advice.' },
    source: 'VC15 B8/3',
  },
  riskAssessed: {
    possibleIn: openStages,
    recordedBy: ['caseworker', 'careCoordinator', 'partner:iom'],
    changes: ({ risk }, { id: fact, on, outcome }) => {
      const strictness = ['acceptable', 'acceptableWithMeasures', 'notAcceptable'];
      const overtaken =
        risk !== null && (risk.on > on || (risk.on === on && strictness.indexOf(risk.outcome) > strictness.indexOf(outcome)));
      return overtaken ? {} : { risk: { fact, on, outcome } };
    },
    notices: (_, after, { outcome }) =>
      outcome === 'notAcceptable' && after.journey.declared ? [{ partner: 'iom', kind: 'travel-hold' }] : [],
    alarms: ({ journey }, { outcome }) => (outcome === 'notAcceptable' && journey.travelOn !== null ? whoHearsOfDanger : []),
    alarmSettled: (now, edition) => !isBookedUnsafely(now, edition.safeReturn),
    says: { nl: 'Risico beoordeeld: {outcome}.', en: 'Risk assessed: {outcome}.' },
    source: 'ours; BG-RISK',
  },
  criminalCaseArranged: {
    possibleIn: openStages,
    // While the person cooperates, only the leaders of the criminal case can say what it still needs from them.
    recordedBy: ({ cooperation }): readonly Party[] =>
      cooperation === null ? ['prosecution', 'police', 'lawyer', ...staff] : ['prosecution', 'police'],
    choices: () => [{ how: 'nonePending' }, { how: 'testimonyGiven' }],
    refusedBecause: ({ cooperation }, { how }) => (how === 'nonePending' && cooperation !== null ? notPossible() : null),
    says: { nl: 'De rol in de strafzaak is geregeld: {how}.', en: "The person's part in the criminal case is arranged: {how}." },
    source: 'VC12: arrangements are made with the prosecution before the person leaves',
  },
  compensationArranged: {
    possibleIn: openStages,
    recordedBy: [...staff, 'lawyer'],
    says: { nl: 'Schadevergoeding geregeld: {how}.', en: 'Compensation is arranged: {how}.' },
    source: 'ours; AMH13',
  },
  medicalFitnessConfirmed: {
    possibleIn: openStages,
    recordedBy: [...staff, 'partner:iom'],
    says: { nl: 'Betrokkene is medisch in staat te reizen.', en: 'The person is medically fit to travel.' },
    source: 'IOM-EN',
  },
  travelDocumentReceived: {
    possibleIn: openStages,
    recordedBy: [...staff, 'partner:iom'],
    says: { nl: 'Reisdocument ontvangen.', en: 'A travel document was received.' },
    source: 'VCA15',
  },
  receivingOrganisationConfirmed: {
    possibleIn: openStages,
    recordedBy: [...staff, 'partner:iom'],
    says: {
      nl: 'Ontvangende organisatie bevestigd, of door betrokkene geweigerd.',
      en: 'A receiving organisation confirmed, or the person refused it.',
    },
    source: 'BG-NRM; SAFE-FR',
  },
  guardianAgreed: {
    possibleIn: openStages,
    recordedBy: ['careCoordinator', 'partner'],
    says: { nl: 'De voogd stemt in met de terugkeer.', en: 'The guardian agrees to the return.' },
    source: 'VCA15: the guardian is informed; that the guardian agrees is ours',
  },
  receptionConfirmed: {
    possibleIn: openStages,
    recordedBy: ['careCoordinator', 'partner'],
    says: { nl: 'Adequate opvang in het land van terugkeer bevestigd.', en: 'Adequate reception in the country of return was confirmed.' },
    source: 'VCA15: for a minor adequate reception must exist',
  },
  departureDeclared: {
    possibleIn: ['safeReturn'],
    recordedBy: ['partner:iom', 'caseworker'],
    waitsFor: ({ journey }) => (journey.declared ? new Refusal('already-recorded') : null),
    choices: today,
    refusedBecause: (situation, { on }, { safeReturn }) => unless(shutGates(situation, on, safeReturn)),
    changes: ({ journey }) => ({ journey: { ...journey, declared: true } }),
    says: { nl: 'Vertrekverklaring getekend.', en: 'The departure declaration was signed.' },
    source: 'VCA15: it gives up every pending procedure and the permit, so it comes last',
  },
  residenceDocumentHandedIn: {
    possibleIn: ['safeReturn'],
    recordedBy: ['police', ...staff],
    waitsFor: ({ journey }) => (journey.declared ? null : notPossible('departureDeclared')),
    changes: ({ journey }) => ({ journey: { ...journey, documentHandedIn: true } }),
    says: { nl: 'Verblijfsdocument ingeleverd, of nooit uitgereikt.', en: 'The residence document was handed in, or was never issued.' },
    source: 'VCA15',
  },
  travelBooked: {
    possibleIn: ['safeReturn'],
    recordedBy: ['partner:iom'],
    choices: (situation) => today(situation).map(({ on }) => ({ on, travelOn: on })),
    refusedBecause: (situation, { on, travelOn }, edition) =>
      unless(missingForABooking(situation, latest(on, dateOf(situation.asOf)), edition)) ?? (travelOn < on ? notPossible() : null),
    changes: ({ journey }, { travelOn }) => ({ journey: { ...journey, travelOn } }),
    says: { nl: 'Reis geboekt voor {travelOn}.', en: 'Travel was booked for {travelOn}.' },
    source: 'IOM-17: only when all agree that it is safe',
  },
  travelled: {
    possibleIn: openStages.filter((stage) => stage !== 'aftercare'),
    recordedBy: [...staff, 'partner:iom', 'police'],
    takenOfAFullCase: () => true,
    changes: (situation, { on }) => neverExpired(situation, on),
    alarms: (situation, { on }, edition) => {
      const { stage, journey } = situation;
      const asPrepared = stage === 'safeReturn' && journey.declared && journey.travelOn !== null;
      return asPrepared && riskAllowsTravel(situation, on, edition.safeReturn) ? [] : whoHearsOfDanger;
    },
    alarmSettled: (now, edition) => openDeadlinesMetBy('arrivalConfirmed', now, edition).length === 0,
    says: { nl: 'Betrokkene is vertrokken.', en: 'The person travelled.' },
    source: 'VCA15',
  },
  returnStopped: {
    possibleIn: ['safeReturn'],
    recordedBy: [...staff, 'partner:iom', 'partner:dtv'],
    says: { nl: 'Terugkeer gestopt: {reason}.', en: 'The return was stopped: {reason}.' },
    source: 'ours: the person may stop at every step until the journey',
  },
} satisfies Partial<FactTable>;

function missingForABooking(situation: Situation, on: PlainDate, { safeReturn }: Edition): string[] {
  const { journey } = situation;
  return [
    ...(journey.declared ? [] : ['departureDeclared']),
    ...(journey.documentHandedIn || isEuOrDutch(situation) ? [] : ['residenceDocumentHandedIn']),
    ...(consentsToTheExchange(situation) ? [] : ['consentGiven']),
    ...(riskAllowsTravel(situation, on, safeReturn) ? [] : ['riskAssessed']),
  ];
}

function unless(missing: readonly string[]): Refusal | null {
  return missing.length === 0 ? null : notPossible(...missing);
}

function today({ asOf }: Situation) {
  return [{ on: dateOf(asOf) }];
}
