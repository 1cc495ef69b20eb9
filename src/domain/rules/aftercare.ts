import { earliestFollowUp } from '../plan/deadlines';
import { staff } from '../basics/roles';
import { notPossible, Refusal } from '../basics/refusal';
import type { FactTable } from './row';

/** Facts of the time after her journey: she is contacted only if she wants it, and may stop that at any moment. */
export const aftercareFacts: FactTable<'arrivalConfirmed' | 'followUpHeld' | 'followUpStopped'> = {
  arrivalConfirmed: {
    possibleIn: ['aftercare'],
    toldBy: [...staff, 'partner:iom', 'partner:receiving'],
    waitsFor: ({ lastRecordedOn }) => ('arrivalConfirmed' in lastRecordedOn ? new Refusal('already-recorded') : null),
    says: {
      nl: 'Aankomst bevestigd; zij wil dat wij contact houden: {followUpWanted}.',
      en: 'Her arrival was confirmed; she wants us to stay in touch: {followUpWanted}.',
    },
    source: 'VCA15',
  },
  followUpHeld: {
    possibleIn: ['aftercare'],
    toldBy: ['partner:iom', 'partner:receiving', ...staff],
    waitsFor: (situation) => (earliestFollowUp(situation) === undefined ? notPossible() : null),
    says: { nl: 'Er is contact met haar geweest.', en: 'There was contact with her.' },
    source: 'ours',
  },
  followUpStopped: {
    possibleIn: ['aftercare'],
    toldBy: ['partner:iom', 'partner:receiving', ...staff],
    says: { nl: 'Het contact wordt beëindigd: {reason}.', en: 'Contact with her ends: {reason}.' },
    source: 'ours: at any moment',
  },
};
