/* Facts of the remedies against a decision of IND: objection, appeal and interim measure. */

import type { PlainDate } from '../basics/calendar';
import { notPossible, type Refusal } from '../basics/refusal';
import { openDeadlinesMetBy, ruleOf } from '../plan/deadlines';
import type { Edition } from '../policy/edition';
import { contestedByFirstObjection, undecidedAppeals, undecidedObjections } from '../state/questions';
import { openStages, type Situation } from '../state/situation';
import type { Appeal, Objection } from '../state/residence';
import type { Deadline } from '../state/workPlan';
import { whileItsDeadlineIsOpen } from './conditions';
import type { FactTable, OwnChanges } from './row';

/** Facts about remedies. A decision that is undone brings back the application or the permit; while departure is suspended, help goes on. */
export const remedyFacts = {
  objectionFiled: {
    possibleIn: openStages,
    recordedBy: ['lawyer', 'caseworker'],
    waitsFor: whileItsDeadlineIsOpen('objectionFiled'),
    changes: (situation, { id, on, suspends }, edition) => ({
      objections: [...situation.objections, objectionFiled(situation, { id, on, suspends }, edition)],
    }),
    says: { nl: 'Bezwaar gemaakt.', en: 'An objection was filed.' },
    alsoSays: ({ suspends }) =>
      suspends === false
        ? { nl: 'Het schort het vertrek niet op.', en: 'It does not suspend departure.' }
        : suspends === true
          ? { nl: 'Het schort het vertrek op.', en: 'It suspends departure.' }
          : null,
    source: 'VW15 art. 69, 73',
  },
  objectionDecided: {
    possibleIn: openStages,
    recordedBy: ['ind', 'lawyer'],
    waitsFor: undecidedObjection,
    changes: (situation, { outcome }) => ({
      ...withObjection(situation, undecidedObjections(situation)[0], {
        end: outcome === 'upheld' ? 'upheld' : 'notUpheld',
        measure: false,
        decided: Math.max(...situation.objections.map(({ decided }) => decided)) + 1,
      }),
      ...(outcome === 'upheld' ? undone(situation) : {}),
    }),
    says: { nl: 'IND heeft op het bezwaar beslist: {outcome}.', en: 'IND decided on the objection: {outcome}.' },
    source: 'VW15 art. 73(1), 76',
  },
  appealFiled: {
    possibleIn: openStages,
    recordedBy: ['lawyer', 'caseworker'],
    waitsFor: whileItsDeadlineIsOpen('appealFiled'),
    changes: (situation, { id }, edition) => ({ appeals: [...situation.appeals, appealFiled(situation, id, edition)] }),
    says: {
      nl: 'Beroep ingesteld; voorlopige voorziening gevraagd: {interimMeasureAsked}.',
      en: 'An appeal was filed; an interim measure was asked for: {interimMeasureAsked}.',
    },
    source: 'VW15 art. 69(1)',
  },
  interimMeasureDecided: {
    possibleIn: openStages,
    recordedBy: ['lawyer', 'ind'],
    waitsFor: (situation) =>
      undecidedObjections(situation).length + undecidedAppeals(situation).length > 0 ? null : notPossible('objectionFiled', 'appealFiled'),
    changes: (situation, { granted }) => (granted ? measureGranted(situation) : {}),
    says: {
      nl: 'Beslist op de voorlopige voorziening; toegewezen: {granted}.',
      en: 'The interim measure was decided; granted: {granted}.',
    },
    source: 'ours: the articles on interim measures were not read',
  },
  appealDecided: {
    possibleIn: openStages,
    recordedBy: ['lawyer', 'ind'],
    waitsFor: (situation) => (undecidedAppeals(situation).length > 0 ? null : notPossible('appealFiled')),
    changes: (situation, { id, on, outcome }) => appealDecided(situation, { id, on }, outcome === 'upheld'),
    says: { nl: 'De rechter heeft op het beroep beslist: {outcome}.', en: 'The court decided on the appeal: {outcome}.' },
    source: 'VW15 art. 69(1), 73(1)',
  },
} satisfies Partial<FactTable>;

/** Why IND has no objection to decide on; null where it has one. */
export function undecidedObjection(situation: Situation): Refusal | null {
  return undecidedObjections(situation).length > 0 ? null : notPossible('objectionFiled');
}

/** The situation in which one objection has changed. */
export function withObjection(
  { objections }: Situation,
  changed: Objection | undefined,
  change: Partial<Objection>,
): Pick<Situation, 'objections'> {
  return { objections: objections.map((each) => (each === changed ? { ...each, ...change } : each)) };
}

function withAppeal({ appeals }: Situation, changed: Appeal | undefined, change: Partial<Appeal>): Pick<Situation, 'appeals'> {
  return { appeals: appeals.map((each) => (each === changed ? { ...each, ...change } : each)) };
}

/** The objection whose term somebody lifted is given up (docs/policy.md, fine print 33). */
export function givenUpWith(situation: Situation, deadline: Deadline | undefined, edition: Edition): Pick<Situation, 'objections'> {
  const isTerm = deadline !== undefined && ruleOf(edition, deadline).isTermOfObjection === true;
  const objection = isTerm ? situation.objections.find(({ termFrom }) => termFrom === deadline.startedBy) : undefined;
  return withObjection(situation, objection, { end: 'givenUp', measure: false });
}

/** An objection meets every open term to object. It is about the latest of these decisions, and suspends departure if it is in time. */
function objectionFiled(
  situation: Situation,
  { id, on, suspends }: { readonly id: string; readonly on: PlainDate; readonly suspends?: boolean | undefined },
  edition: Edition,
): Objection {
  const terms = openDeadlinesMetBy('objectionFiled', situation, edition);
  const latest = terms.reduce<Deadline | undefined>(
    (last, each) => (last === undefined || each.startedOn >= last.startedOn ? each : last),
    undefined,
  );
  const isInTime = terms.some(({ date }) => on <= date);
  return {
    fact: id,
    against: latest?.startedBy ?? id,
    suspends: suspends ?? isInTime,
    measure: false,
    extendedBy: null,
    termFrom: id,
    // The term of IND begins when the term to object has ended; that of a late objection with the objection itself.
    termCountedFrom: latest === undefined || on > latest.date ? on : latest.date,
    end: null,
    decided: 0,
  };
}

/** The refused application is pending again; the withdrawn permit runs again, unless another one runs (docs/policy.md, fine print 34). */
function undone(situation: Situation): OwnChanges {
  const decision = contestedByFirstObjection(situation);
  if (decision === undefined) return {};
  if ('application' in decision) return { application: decision.application };
  return situation.permit === null ? { permit: decision.permit, permitChain: decision.permitChain } : {};
}

/** An appeal is about the objection that was decided last; a further one where only that term is open (docs/policy.md, fine print 36). */
function appealFiled(situation: Situation, fact: string, edition: Edition): Appeal {
  const last = situation.objections
    .filter(({ end }) => end === 'notUpheld')
    .reduce<Objection | undefined>((best, each) => (best === undefined || each.decided > best.decided ? each : best), undefined);
  const isFurther = openDeadlinesMetBy('appealFiled', situation, edition).every((term) =>
    ruleOf(edition, term).startedBy.includes('appealDecided:notUpheld'),
  );
  return { fact, about: last?.fact ?? fact, isFurther, measure: false, isDecided: false };
}

/** A measure stands beside the appeal, or else the objection, until that is decided. */
function measureGranted(situation: Situation): OwnChanges {
  const [appeal] = undecidedAppeals(situation);
  if (appeal === undefined) return withObjection(situation, undecidedObjections(situation)[0], { measure: true });
  return withAppeal(situation, appeal, { measure: true });
}

/** After an appeal that is upheld, IND decides on the objection anew. */
function appealDecided(situation: Situation, { id, on }: { readonly id: string; readonly on: PlainDate }, isUpheld: boolean): OwnChanges {
  const [appeal] = undecidedAppeals(situation);
  const objection = isUpheld ? situation.objections.find((each) => each.fact === appeal?.about) : undefined;
  return {
    ...withAppeal(situation, appeal, { isDecided: true, measure: false }),
    ...withObjection(situation, objection, { end: null, termFrom: id, termCountedFrom: on }),
  };
}
