/* Facts of applications and permits. */

import { plus } from '../basics/calendar';
import { whileItsDeadlineIsOpen } from './conditions';
import type { Edition } from '../policy/edition';
import { notPossible, Refusal } from '../basics/refusal';
import { openStages, type Situation } from '../state/situation';
import type { Fact } from '../facts/catalogue';
import type { FactTable } from './row';

/** Facts about applications and permits. An application is pending until IND answers or it is withdrawn; a permit runs until it is ended. */
export const permitFacts = {
  applicationSent: {
    possibleIn: ['decision', 'permitApplication', 'permit', 'otherProcedure'],
    recordedBy: ['police', 'lawyer', 'caseworker'],
    changes: ({ application }, { kind, on }) => ({ application: { since: on, extendedBy: null, ...application, kind } }),
    says: { nl: 'Aanvraag verstuurd: {kind}.', en: 'Application sent: {kind}.' },
    source: 'VC15 B8/3',
  },
  applicationWithdrawn: {
    possibleIn: openStages,
    recordedBy: ['lawyer', 'caseworker', 'ind'],
    waitsFor: pendingApplication,
    changes: () => ({ application: null }),
    says: { nl: 'Aanvraag ingetrokken.', en: 'The application was withdrawn.' },
    source: 'VCA15, model M53',
  },
  decisionTermExtended: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    waitsFor: (situation) =>
      pendingApplication(situation) ?? ((situation.application?.extendedBy ?? null) !== null ? new Refusal('already-recorded') : null),
    changes: ({ application }, { id }) => ({ application: application && { ...application, extendedBy: id } }),
    says: { nl: 'IND heeft de beslistermijn verlengd.', en: 'IND extended its term to decide.' },
    source: 'VW15 art. 25: once, to six months',
  },
  permitGranted: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    waitsFor: (situation) => (situation.permit === null ? pendingApplication(situation) : null),
    refusedBecause: withinTheMaximum,
    changes: ({ application, permit }, { from, until }) => ({
      application: null,
      permit: { kind: application?.kind ?? permit?.kind ?? 'cooperation', from, until },
    }),
    says: { nl: 'Vergunning verleend van {from} tot en met {until}.', en: 'Permit granted from {from} to {until}.' },
    source: 'VB15 art. 3.48, 3.58',
  },
  permitRenewed: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    waitsFor: (situation) => runningPermit(situation) ?? (situation.permit?.kind === 'humanitarian' ? new Refusal('not-renewable') : null),
    refusedBecause: withinTheMaximum,
    changes: ({ permit }, { from, until }) => ({ permit: permit && { ...permit, from, until } }),
    says: { nl: 'Vergunning verlengd van {from} tot en met {until}.', en: 'Permit renewed from {from} to {until}.' },
    source: 'VB15 art. 3.58; VC15 B8/3: the humanitarian permit is never renewed',
  },
  permitRefused: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    waitsFor: pendingApplication,
    changes: () => ({ application: null }),
    says: { nl: 'Aanvraag afgewezen.', en: 'The application was refused.' },
    source: 'VC15 B8/3',
  },
  permitEnded: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    waitsFor: runningPermit,
    takenOfAFullCase: () => true,
    changes: () => ({ permit: null }),
    says: { nl: 'Vergunning geëindigd: {reason}.', en: 'The permit ended: {reason}.' },
    source: 'VC12',
  },
  objectionFiled: {
    possibleIn: openStages,
    recordedBy: ['lawyer', 'caseworker'],
    waitsFor: whileItsDeadlineIsOpen('objectionFiled'),
    says: { nl: 'Bezwaar gemaakt.', en: 'An objection was filed.' },
    source: 'VW15 art. 69',
  },
  returnDecisionIssued: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    says: { nl: 'Terugkeerbesluit genomen.', en: 'A return decision was issued.' },
    source: 'VW15 art. 62',
  },
} satisfies Partial<FactTable>;

function pendingApplication({ application }: Situation): Refusal | null {
  return application === null ? notPossible('applicationSent') : null;
}

function runningPermit({ permit }: Situation): Refusal | null {
  return permit === null ? notPossible('permitGranted') : null;
}

function withinTheMaximum(
  _: Situation,
  { from, until }: Pick<Fact<'permitGranted'>, 'from' | 'until'>,
  { permit }: Edition,
): Refusal | null {
  return until < from || until > plus(from, permit.maximum) ? notPossible() : null;
}
