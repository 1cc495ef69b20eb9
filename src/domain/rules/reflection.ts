/* Facts of the reflection period: the answer, and the evidence. The start and the refusal of the offer: intake.ts; the silent end: case/clockEvents.ts. */

import { staff, type Party } from '../basics/roles';
import { notPossible, type Refusal } from '../basics/refusal';
import type { Edition } from '../policy/edition';
import { schemeIsOpen } from '../state/questions';
import { endPeriod } from '../state/reflectionPeriod';
import { openStages, type Situation } from '../state/situation';
import type { PermitKind } from '../state/residence';
import { stageAfter } from './stages';
import { guardianPresent } from './conditions';
import { cooperationForms, type Fact } from '../facts/catalogue';
import type { FactTable } from './row';

/** Facts that answer the question of the three months, and the evidence gathered meanwhile. */
export const reflectionFacts = {
  cooperated: {
    // A person may change their mind until they have travelled (docs/policy.md, rule 3).
    possibleIn: openStages.filter((stage) => stage !== 'aftercare'),
    // The labour inspectorate leads the case against an employer, and no other.
    recordedBy: (_, { form }): readonly Party[] =>
      form === 'employerCase' ? ['police', 'prosecution', 'inspectorate'] : ['police', 'prosecution'],
    choices: () => cooperationForms.map((form) => ({ form })),
    refusedBecause: (situation, fact) => (fact.awaitsAsylumDecision === true ? mayNotAwait(situation, fact) : null),
    changes: (situation, fact, edition) => {
      const asylum = fact.awaitsAsylumDecision === true ? ('awaited' as const) : null;
      const cooperation = { on: fact.on, form: fact.form, asylum };
      if (!schemeIsOpen(situation)) return { cooperation };
      const period = endPeriod(situation, fact.on, 'cooperated');
      if (asylum !== null || !leadsToApplication(situation, fact, edition)) return { cooperation, ...period };
      // A renewal stays one while the person cooperates already.
      if (situation.application?.kind === 'renewal' && situation.cooperation !== null) return { cooperation, ...period };
      // The notice of cooperation (M55) is the application.
      const { since = fact.on, extendedBy = null } = situation.application ?? {};
      return { cooperation, ...period, application: { kind: kindOf(fact.form), since, extendedBy } };
    },
    notices: (before, after) => (becomesApplicant(before, after) ? [{ partner: 'ind', kind: 'm55-cooperation' }] : []),
    says: { nl: 'Betrokkene werkt mee: {form}.', en: 'The person cooperates: {form}.' },
    alsoSays: ({ awaitsAsylumDecision }) =>
      awaitsAsylumDecision === true
        ? {
            nl: 'Betrokkene wacht eerst de beslissing op het asielverzoek af. Met de bedenktijd eindigt wat een overdracht naar een ander land tegenhield.',
            en: 'The person first awaits the decision on asylum. With the period ends what held up a transfer to another State.',
          }
        : null,
    source: 'VC15 B8/3; VB15 art. 3.48(1)(a)-(c), (g); VC12 B9/4.1, B9/5.1',
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

/** Asked before the fact has changed the situation, where the person does not await a decision: nothing else decides a branch. */
function leadsToApplication(situation: Situation, fact: Fact<'cooperated'>, edition: Edition): boolean {
  const notAwaiting = { ...situation, cooperation: null };
  return stageAfter(situation, notAwaiting, fact, edition) === 'permitApplication';
}

/** The kind of application that a form of cooperation makes. */
export function kindOf(form: Fact<'cooperated'>['form']): PermitKind {
  return form === 'witness' || form === 'employerCase' ? form : 'cooperation';
}

/** Only a person who asked for asylum can await that decision, and nobody who has an application or a permit already. */
function mayNotAwait({ ground, application, permit }: Situation, { form }: Fact<'cooperated'>): Refusal | null {
  if (ground !== 'asylumSeeker' && ground !== 'dublin') return notPossible('eligibilityDecided');
  if (form === 'employerCase') return notPossible();
  const missing = [...(application === null ? [] : ['applicationWithdrawn']), ...(permit === null ? [] : ['permitEnded'])];
  return missing.length === 0 ? null : notPossible(...missing);
}

/** Whether cooperation began an application, or changed the kind of a pending one (docs/policy.md, fine print 10). */
export function becomesApplicant(before: Situation, after: Situation): boolean {
  return (
    schemeIsOpen(after) &&
    after.stage === 'permitApplication' &&
    (before.stage !== 'permitApplication' || after.application?.kind !== before.application?.kind)
  );
}
