/* Facts of the time after the journey. */

import { earliestFollowUp } from '../plan/deadlines';
import { staff } from '../basics/roles';
import { notPossible, Refusal } from '../basics/refusal';
import type { FactTable } from './row';

/** Facts of the time after the journey. The person is contacted only if they want it, and may stop that at any moment. */
export const aftercareFacts = {
  arrivalConfirmed: {
    possibleIn: ['aftercare'],
    recordedBy: [...staff, 'partner:iom', 'partner:receiving'],
    waitsFor: ({ lastRecordedOn }) => ('arrivalConfirmed' in lastRecordedOn ? new Refusal('already-recorded') : null),
    says: {
      nl: 'Aankomst bevestigd; betrokkene wil dat wij contact houden: {followUpWanted}.',
      en: 'The arrival was confirmed; the person wants us to stay in touch: {followUpWanted}.',
    },
    source: 'VCA15',
  },
  followUpHeld: {
    possibleIn: ['aftercare'],
    recordedBy: ['partner:iom', 'partner:receiving', ...staff],
    waitsFor: (situation, edition) => (earliestFollowUp(situation, edition) === undefined ? notPossible() : null),
    says: { nl: 'Er is contact met betrokkene geweest.', en: 'There was contact with the person.' },
    source: 'ours',
  },
  followUpStopped: {
    possibleIn: ['aftercare'],
    recordedBy: ['partner:iom', 'partner:receiving', ...staff],
    says: { nl: 'Het contact wordt beëindigd: {reason}.', en: 'Contact with the person ends: {reason}.' },
    source: 'ours: at any moment',
  },
} satisfies Partial<FactTable>;
