import { plus, type Period } from '../basics/calendar';
import type { Edition } from '../policy/edition';
import { isOneOf } from '../basics/roles';
import { notPossible, Refusal } from '../basics/refusal';
import { openStages, type Situation } from '../state/situation';
import { isSuperseded, isUnaccompaniedMinor, schemeIsOpen } from '../state/questions';
import type { FactTable } from './row';
import type { ReceivedFact } from '../facts/recordedFact';

/** Facts of the first days: who she is, and whether the three months are hers. */
export const intakeFacts: FactTable<'interviewHeld' | 'eligibilityDecided' | 'ageAssessed' | 'reflectionStarted' | 'reflectionDeclined'> = {
  interviewHeld: {
    possibleIn: openStages,
    toldBy: ['police'],
    says: { nl: 'Informatief gesprek gevoerd.', en: 'The informative interview was held.' },
    source: 'AMH13',
  },
  eligibilityDecided: {
    possibleIn: ['intake', 'assistance', 'reflection'],
    toldBy: ['police', 'ind', 'prosecution'],
    refusedBecause: ({ period, ground }, fact, edition) =>
      period !== null && lengthFor(edition, fact.ground) !== lengthFor(edition, ground) ? notPossible() : null,
    changes: (situation, fact) => {
      if (fact.ground === 'detained') return detentionVerdict(situation, fact);
      const overtaken = isSuperseded(situation, fact.on, 'eligibilityDecided', ({ ground }) => ground !== 'detained');
      return overtaken ? {} : { ground: fact.ground, eligible: fact.eligible };
    },
    says: {
      nl: 'Besloten of de verblijfsregeling voor haar openstaat: {eligible}; grond: {ground}.',
      en: 'Decided whether the residence scheme is open to her: {eligible}; ground: {ground}.',
    },
    source: 'VC15 B8/3',
  },
  ageAssessed: {
    possibleIn: openStages,
    toldBy: ['police', 'careCoordinator'],
    // That nobody came with her stays so, also for who is taken for an adult in between.
    changes: (situation, fact) =>
      isSuperseded(situation, fact.on, 'ageAssessed')
        ? {}
        : { minor: fact.ageGroup === 'minor', unaccompanied: fact.unaccompanied ?? situation.unaccompanied },
    says: { nl: 'Leeftijd vastgesteld: {ageGroup}.', en: 'Age assessed: {ageGroup}.' },
    source: 'VC15 B8/3',
  },
  reflectionStarted: {
    // In every other open stage the refusal should say that she has had the period, where she has.
    possibleIn: openStages,
    toldBy: ['police'],
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
    toldBy: ['police'],
    waitsFor: herGuardian,
    says: {
      nl: 'Zij wil nu geen bedenktijd; zij kan later alsnog.',
      en: 'She does not want the period now; she may start later all the same.',
    },
    source: 'VC15 B8/3',
  },
};

/** For an unaccompanied minor a no has effect only with her guardian (docs/policy.md, rule 3). */
export function herGuardian(situation: Situation): Refusal | null {
  const guarded = situation.tasks.some(({ rule, end }) => rule === 'guardian' && end?.state === 'done');
  return isUnaccompaniedMinor(situation) && !guarded ? notPossible('guardian') : null;
}

function mayHaveThePeriod(situation: Situation): boolean {
  const { ground, eligible } = situation;
  return schemeIsOpen(situation) && ground !== 'witnessOnly' && (ground !== 'detained' || eligible === true);
}

function lengthFor(edition: Edition, ground: Situation['ground']): Period {
  return edition.reflection.lengthByGround[ground] ?? edition.reflection.length;
}

// In detention it counts only when police and prosecution have each said the same (VC15 B8/3).
function detentionVerdict(situation: Situation, { by, eligible }: ReceivedFact<'eligibilityDecided'>): Partial<Situation> {
  const said = { ...situation.detentionVerdicts };
  if (isOneOf(by, ['police'])) said.police = eligible;
  if (isOneOf(by, ['prosecution'])) said.prosecution = eligible;
  const agreed = said.police !== undefined && said.police === said.prosecution;
  return {
    detentionVerdicts: said,
    ...(agreed ? { ground: 'detained' as const, eligible: said.police ?? null } : {}),
  };
}
