import { staff } from '../basics/roles';
import { notPossible } from '../basics/refusal';
import { endPeriod, schemeIsOpen } from '../state/questions';
import { openStages, type Situation } from '../state/situation';
import { stageAfter } from './stages';
import { herGuardian } from './intake';
import type { FactTable } from './row';

/** Facts that answer the question of the three months, and the evidence gathered meanwhile. */
export const reflectionFacts: FactTable<
  'cooperated' | 'declined' | 'cooperationEnded' | 'victimStatementIssued' | 'threatStatementIssued' | 'medicalStatementReceived'
> = {
  cooperated: {
    // She may change her mind until she has travelled (docs/policy.md, rule 3).
    possibleIn: openStages.filter((stage) => stage !== 'aftercare'),
    toldBy: ['police', 'prosecution'],
    changes: (situation, fact) => {
      const cooperation = { on: fact.on, form: fact.form };
      if (!schemeIsOpen(situation)) return { cooperation };
      const period = endPeriod(situation, fact.on, 'cooperated');
      if (stageAfter(situation, fact, situation) !== 'permitApplication') return { cooperation, ...period };
      // The notice of her cooperation is the application (M55).
      const kind = fact.form === 'witness' ? 'witness' : 'cooperation';
      return { cooperation, ...period, application: { since: fact.on, extendedBy: null, ...situation.application, kind } };
    },
    notices: (after, before) => (becomesApplicant(after, before) ? [{ partner: 'ind', kind: 'm55-cooperation' }] : []),
    says: { nl: 'Zij werkt mee: {form}.', en: 'She cooperates: {form}.' },
    source: 'VC15 B8/3; VB15 art. 3.48(1)(a)-(c)',
  },
  declined: {
    possibleIn: ['reflection'],
    toldBy: ['police', 'caseworker'],
    waitsFor: herGuardian,
    changes: (situation, fact) => endPeriod(situation, fact.on, 'declined'),
    says: {
      nl: 'Zij doet geen aangifte en werkt niet mee; zij kan daarop terugkomen.',
      en: 'She does not report or cooperate; she may come back on that.',
    },
    source: 'VC15 B8/3: from the date of her own statement',
  },
  cooperationEnded: {
    possibleIn: openStages,
    toldBy: ['police', 'prosecution'],
    waitsFor: ({ cooperation }) => (cooperation === null ? notPossible('cooperated') : null),
    changes: () => ({ cooperation: null }),
    says: { nl: 'Haar medewerking is geëindigd.', en: 'Her cooperation ended.' },
    source: 'VC12',
  },
  victimStatementIssued: {
    possibleIn: openStages,
    toldBy: ['police'],
    says: { nl: 'Verklaring van de politie dat zij slachtoffer is.', en: 'The police stated that she is a victim.' },
    source: 'VC15 B8/3',
  },
  threatStatementIssued: {
    possibleIn: openStages,
    toldBy: ['police'],
    says: { nl: 'Verklaring van de politie over ernstige bedreiging.', en: 'The police stated that she is under serious threat.' },
    source: 'VC15 B8/3',
  },
  medicalStatementReceived: {
    possibleIn: openStages,
    toldBy: [...staff, 'lawyer'],
    says: {
      nl: 'Medische verklaring ontvangen van een behandelaar in het register {register}.',
      en: 'A medical statement arrived from a practitioner in the register {register}.',
    },
    source: 'VC15 B8/3: BIG or NIP',
  },
};

/** Whether cooperation made her an applicant, or made a pending application one of another kind (docs/policy.md, fine print 10). */
export function becomesApplicant(after: Situation, before: Situation): boolean {
  return (
    schemeIsOpen(after) &&
    after.stage === 'permitApplication' &&
    (before.stage !== 'permitApplication' || after.application?.kind !== before.application?.kind)
  );
}
