/* Facts of the duty to leave and the duty to report. */

import { notPossible } from '../basics/refusal';
import { hasResidenceMatter, isEuOrDutch } from '../state/questions';
import { openStages } from '../state/situation';
import type { FactTable } from './row';

/** Facts by which an authority asks a person to leave, keeps them from coming back, or has them report. */
export const departureFacts = {
  returnDecisionIssued: {
    possibleIn: openStages,
    recordedBy: ['ind', 'police', 'partner:dtv'],
    says: { nl: 'Terugkeerbesluit genomen.', en: 'A return decision was issued.' },
    source: 'VW15 art. 62',
  },
  lawfulStayEnded: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    waitsFor: ({ ground }) => (ground === 'euCitizen' ? null : notPossible('eligibilityDecided')),
    says: { nl: 'Het rechtmatig verblijf is geëindigd.', en: 'The lawful stay ended.' },
    source: 'VW15 art. 62(1): of a citizen of the Union no return decision is made',
  },
  entryBanIssued: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    alarms: (before) => (hasResidenceMatter(before) ? ['caseworker', 'lawyer', 'supervisor'] : []),
    alarmSettled: (now) => !hasResidenceMatter(now) || now.stage === 'aftercare',
    says: { nl: 'Inreisverbod uitgevaardigd.', en: 'An entry ban was issued.' },
    source: 'VB15 art. 6.5(2)(a), (b): none where the person is eligible for the period or the permit',
  },
  reportingDutySet: {
    possibleIn: openStages,
    recordedBy: ['police', 'ind'],
    waitsFor: (situation) => (isEuOrDutch(situation) ? notPossible('eligibilityDecided') : null),
    says: { nl: 'Meldplicht vastgesteld: {every}.', en: 'The duty to report was set: {every}.' },
    source: 'VB15 art. 4.51(1)',
  },
} satisfies Partial<FactTable>;
