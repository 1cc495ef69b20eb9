/* Facts of the first days. */

import { plus, type Period } from '../basics/calendar';
import type { Edition } from '../policy/edition';
import { isOneOf } from '../basics/roles';
import { notPossible, Refusal } from '../basics/refusal';
import { openStages, type Situation } from '../state/situation';
import { isSuperseded, isUnaccompaniedMinor, schemeIsOpen } from '../state/questions';
import { guardianPresent } from './conditions';
import type { FactTable, OwnChanges } from './row';
import type { RecordedFact } from '../facts/recordedFact';

/** Facts of the first days: the person's situation, and whether the three months are open to them. */
export const intakeFacts = {
  interviewHeld: {
    possibleIn: openStages,
    recordedBy: ['police', 'inspectorate'],
    says: { nl: 'Informatief gesprek gevoerd.', en: 'The informative interview was held.' },
    source: 'AMH13',
  },
  eligibilityDecided: {
    possibleIn: ['intake', 'assistance', 'reflection'],
    recordedBy: ['police', 'ind', 'prosecution'],
    refusedBecause: ({ period, ground }, fact, edition) =>
      period !== null && lengthFor(edition, fact.ground) !== lengthFor(edition, ground) ? notPossible() : null,
    changes: (situation, fact) => {
      if (fact.ground === 'detained') return detentionVerdict(situation, fact);
      const overtaken = isSuperseded(situation, fact.on, 'eligibilityDecided', ({ ground }) => ground !== 'detained');
      return overtaken ? {} : { ground: fact.ground, eligible: fact.eligible };
    },
    says: {
      nl: 'Besloten of de verblijfsregeling voor betrokkene openstaat: {eligible}; grond: {ground}.',
      en: 'Decided whether the residence scheme is open to the person: {eligible}; ground: {ground}.',
    },
    source: 'VC15 B8/3',
  },
  ageAssessed: {
    possibleIn: openStages,
    recordedBy: ['police', 'careCoordinator'],
    // An unaccompanied person stays unaccompanied, also if they are taken for an adult in between.
    changes: (situation, fact) =>
      isSuperseded(situation, fact.on, 'ageAssessed')
        ? {}
        : { minor: fact.ageGroup === 'minor', unaccompanied: fact.unaccompanied ?? situation.unaccompanied },
    says: { nl: 'Leeftijd vastgesteld: {ageGroup}.', en: 'Age assessed: {ageGroup}.' },
    source: 'VC15 B8/3',
  },
  guardianNamed: {
    possibleIn: openStages,
    recordedBy: ['careCoordinator', 'partner:nidos', 'partner:youthCare'],
    waitsFor: (situation) => (isUnaccompaniedMinor(situation) ? null : notPossible('ageAssessed')),
    changes: (_, { body }) => ({ guardian: body }),
    says: { nl: 'Voogdij belegd bij: {body}.', en: 'Guardianship lies with: {body}.' },
    source: 'WEGW-SHEL: Nidos for minors from outside the Union, youth care for the others',
  },
  reflectionStarted: {
    // In the other open stages a person who has had the period is refused because of that.
    possibleIn: openStages,
    recordedBy: ['police', 'ind'],
    waitsFor: (situation) => {
      if (situation.period !== null) return new Refusal('no-second-period');
      if (!mayHaveThePeriod(situation)) return notPossible('eligibilityDecided');
      return situation.stage === 'intake' || situation.stage === 'decision' ? null : notPossible();
    },
    changes: ({ ground }, { on }, edition) => {
      const length = lengthFor(edition, ground);
      return { period: { startedOn: on, length, endsOn: plus(on, length), endedOn: null, end: null } };
    },
    says: { nl: 'Bedenktijd ingegaan.', en: 'The reflection period began.' },
    source: 'VC15 B8/3: three months at most, once',
    sourceIn: ({ reflection }) => reflection.source,
  },
  reflectionDeclined: {
    possibleIn: ['intake'],
    recordedBy: ['police'],
    waitsFor: guardianPresent,
    says: {
      nl: 'Betrokkene wil nu geen bedenktijd; later kan alsnog.',
      en: 'The person does not want the period now; it may start later all the same.',
    },
    source: 'VC15 B8/3',
  },
} satisfies Partial<FactTable>;

function mayHaveThePeriod(situation: Situation): boolean {
  const { ground, eligible } = situation;
  return schemeIsOpen(situation) && ground !== 'witnessOnly' && (ground !== 'detained' || eligible === true);
}

function lengthFor(edition: Edition, ground: Situation['ground']): Period {
  return edition.reflection.lengthByGround[ground] ?? edition.reflection.length;
}

// In detention it counts only when police and prosecution have each said the same (VC15 B8/3).
function detentionVerdict(situation: Situation, { by, eligible }: RecordedFact<'eligibilityDecided'>): OwnChanges {
  const said = { ...situation.detentionVerdicts };
  if (isOneOf(by, ['police'])) said.police = eligible;
  if (isOneOf(by, ['prosecution'])) said.prosecution = eligible;
  const agreed = said.police !== undefined && said.police === said.prosecution;
  return {
    detentionVerdicts: said,
    ...(agreed ? { ground: 'detained' as const, eligible: said.police ?? null } : {}),
  };
}
