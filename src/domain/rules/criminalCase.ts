/* Facts of the criminal case. */

import { notPossible } from '../basics/refusal';
import { whileItsDeadlineIsOpen } from './conditions';
import { openStages } from '../state/situation';
import type { FactTable } from './row';

/** Facts about the criminal case itself. It goes on or ends whatever the person says, and the permit depends on it. */
export const criminalCaseFacts = {
  caseDismissed: {
    possibleIn: openStages,
    recordedBy: ['prosecution'],
    refusedBecause: (_, { on, knownOn }) => (knownOn !== undefined && knownOn < on ? notPossible() : null),
    says: {
      nl: 'De strafzaak is geseponeerd; kennisgeving van niet verdere vervolging: {formalNotice}.',
      en: 'The criminal case was dismissed; formal notice of no further prosecution: {formalNotice}.',
    },
    alsoSays: ({ knownOn }) =>
      knownOn === undefined ? null : { nl: 'Betrokkene wist ervan op {knownOn}.', en: 'The person knew of it on {knownOn}.' },
    source: 'VC12; ASZ',
  },
  judgmentGiven: {
    possibleIn: openStages,
    recordedBy: ['prosecution'],
    says: { nl: 'Er is een vonnis; onherroepelijk: {final}.', en: 'Judgment was given; final: {final}.' },
    source: 'VC12',
  },
  complaintFiled: {
    possibleIn: openStages,
    recordedBy: ['lawyer', 'caseworker'],
    waitsFor: whileItsDeadlineIsOpen('complaintFiled'),
    says: { nl: 'Beklag gedaan tegen het niet vervolgen.', en: 'A complaint against non-prosecution was filed.' },
    source: 'SV15 art. 12',
  },
} satisfies Partial<FactTable>;
