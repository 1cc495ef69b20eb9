/* Facts of the reflection period: the answer, and the evidence. The start and the refusal of the offer: intake.ts; the silent end: case/clockEvents.ts. */

import { staff } from '../basics/roles';
import { notPossible } from '../basics/refusal';
import { schemeIsOpen } from '../state/questions';
import { endPeriod } from '../state/reflectionPeriod';
import { openStages, type Situation } from '../state/situation';
import { stageAfter } from './stages';
import { guardianPresent } from './conditions';
import type { Fact } from '../facts/catalogue';
import type { FactTable } from './row';

/** Facts that answer the question of the three months, and the evidence gathered meanwhile. */
export const reflectionFacts = {
  cooperated: {
    // A person may change their mind until they have travelled (docs/policy.md, rule 3).
    possibleIn: openStages.filter((stage) => stage !== 'aftercare'),
    recordedBy: ['police', 'prosecution'],
    changes: (situation, fact) => {
      const cooperation = { on: fact.on, form: fact.form };
      if (!schemeIsOpen(situation)) return { cooperation };
      const period = endPeriod(situation, fact.on, 'cooperated');
      if (!leadsToApplication(situation, fact)) return { cooperation, ...period };
      // The notice of cooperation (M55) is the application.
      const kind = fact.form === 'witness' ? 'witness' : 'cooperation';
      return { cooperation, ...period, application: { since: fact.on, extendedBy: null, ...situation.application, kind } };
    },
    notices: (before, after) => (becomesApplicant(before, after) ? [{ partner: 'ind', kind: 'm55-cooperation' }] : []),
    says: { nl: 'Betrokkene werkt mee: {form}.', en: 'The person cooperates: {form}.' },
    source: 'VC15 B8/3; VB15 art. 3.48(1)(a)-(c)',
  },
  declined: {
    possibleIn: ['reflection'],
    recordedBy: ['police', 'caseworker'],
    waitsFor: guardianPresent,
    changes: (situation, fact) => endPeriod(situation, fact.on, 'declined'),
    says: {
      nl: 'Betrokkene doet geen aangifte en werkt niet mee; dat antwoord kan later veranderen.',
      en: 'The person does not report or cooperate; that answer may change later.',
    },
    source: "VC15 B8/3: from the date of the person's own statement",
  },
  cooperationEnded: {
    possibleIn: openStages,
    recordedBy: ['police', 'prosecution'],
    waitsFor: ({ cooperation }) => (cooperation === null ? notPossible('cooperated') : null),
    changes: () => ({ cooperation: null }),
    says: { nl: 'De medewerking is geëindigd.', en: 'The cooperation ended.' },
    source: 'VC12',
  },
  victimStatementIssued: {
    possibleIn: openStages,
    recordedBy: ['police'],
    says: { nl: 'Verklaring van de politie dat betrokkene slachtoffer is.', en: 'The police stated that the person is a victim.' },
    source: 'VC15 B8/3',
  },
  threatStatementIssued: {
    possibleIn: openStages,
    recordedBy: ['police'],
    says: { nl: 'Verklaring van de politie over ernstige bedreiging.', en: 'The police stated that the person is under serious threat.' },
    source: 'VC15 B8/3',
  },
  medicalStatementReceived: {
    possibleIn: openStages,
    recordedBy: [...staff, 'lawyer'],
    says: {
      nl: 'Medische verklaring ontvangen van een behandelaar in het register {register}.',
      en: 'A medical statement arrived from a practitioner in the register {register}.',
    },
    source: 'VC15 B8/3: BIG or NIP',
  },
} satisfies Partial<FactTable>;

/** Asked before the fact has changed the situation: what it changes decides no branch of `cooperated`. */
function leadsToApplication(situation: Situation, fact: Fact<'cooperated'>): boolean {
  return stageAfter(situation, situation, fact) === 'permitApplication';
}

/** Whether cooperation began an application, or changed the kind of a pending one (docs/policy.md, fine print 10). */
export function becomesApplicant(before: Situation, after: Situation): boolean {
  return (
    schemeIsOpen(after) &&
    after.stage === 'permitApplication' &&
    (before.stage !== 'permitApplication' || after.application?.kind !== before.application?.kind)
  );
}
