import { Refusal } from '../refusal';
import { openStages } from '../situation';
import type { FactTable } from './row';
import { staff } from '../people';

/** Facts about going home: her own wish, the journey, the arrival. What happened is always accepted; then people are alarmed. */
export const safeReturnFacts: FactTable<'returnRequested' | 'returnStopped' | 'travelled' | 'arrivalConfirmed'> = {
  returnRequested: {
    possibleIn: ['reflection', 'decision', 'permit', 'permitApplication', 'assistance', 'otherProcedure', 'safeReturn'],
    toldBy: staff,
    changes: () => ({ returnRequested: true }),
    says: { nl: 'Zij vraagt zelf om terugkeer.', en: 'She asks to return, of her own wish.' },
    source: 'WEGW-IOM: at her own express wish',
  },
  returnStopped: {
    possibleIn: ['safeReturn'],
    toldBy: [...staff, 'partner:iom', 'partner:dtv'],
    says: { nl: 'Terugkeer gestopt: {reason}.', en: 'The return was stopped: {reason}.' },
    source: 'ours: she may stop at every step until she has travelled',
  },
  travelled: {
    possibleIn: openStages.filter((stage) => stage !== 'aftercare'),
    toldBy: [...staff, 'partner:iom', 'police'],
    // Until the gates of a safe return are part of the table no journey can have been declared and booked.
    alarms: () => ['caseworker', 'supervisor'],
    says: { nl: 'Zij is vertrokken.', en: 'She travelled.' },
    source: 'VCA15',
  },
  arrivalConfirmed: {
    possibleIn: ['aftercare'],
    toldBy: [...staff, 'partner:iom', 'partner:receiving'],
    waitsFor: ({ told }) => ('arrivalConfirmed' in told ? new Refusal('already-recorded') : null),
    says: { nl: 'Aankomst bevestigd.', en: 'Her arrival was confirmed.' },
    source: 'VCA15',
  },
};
