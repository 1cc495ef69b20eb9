/* Facts of applications and permits. */

import { daysAfter, plus, type PlainDate } from '../basics/calendar';
import type { Edition } from '../policy/edition';
import { notPossible, Refusal } from '../basics/refusal';
import { openStages, type Situation, type Stage } from '../state/situation';
import type { Application, Permit, PermitChain, PermitKind } from '../state/residence';
import { isRenewable, mayBeGrantedUnasked, undecidedObjections } from '../state/questions';
import { applicationKinds, type Fact } from '../facts/catalogue';
import type { RecordedFact } from '../facts/recordedFact';
import { undecidedObjection, withObjection } from './remedies';
import { kindOf } from './reflection';
import type { FactTable } from './row';

/** Stages in which an application other than a renewal may be sent. */
const stagesForApplications: readonly Stage[] = ['decision', 'permitApplication', 'permit', 'otherProcedure'];

/** Facts about applications and permits. An application is pending until IND answers or it is withdrawn; a permit runs until it is ended. */
export const permitFacts = {
  applicationSent: {
    possibleIn: openStages.filter((stage) => stage !== 'aftercare'),
    recordedBy: ['police', 'lawyer', 'caseworker'],
    choices: () => applicationKinds.map((kind) => ({ kind })),
    refusedBecause: (situation, { kind }) => {
      if (kind === 'renewal') return runningPermit(situation) ?? renewablePermit(situation);
      return stagesForApplications.includes(situation.stage) ? null : notPossible();
    },
    changes: (situation, fact) => ({ application: applicationAfter(situation, fact) }),
    says: { nl: 'Aanvraag verstuurd: {kind}.', en: 'Application sent: {kind}.' },
    source: 'VC15 B8/3',
  },
  applicationWithdrawn: {
    possibleIn: openStages,
    recordedBy: ['lawyer', 'caseworker', 'ind'],
    waitsFor: pendingApplication,
    changes: () => ({ application: null }),
    says: { nl: 'Aanvraag ingetrokken.', en: 'The application was withdrawn.' },
    source: 'VCA15, model M53',
  },
  decisionTermExtended: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    choices: () => [{ of: 'application' }, { of: 'objection' }],
    refusedBecause: (situation, { of }) => {
      const [objection] = undecidedObjections(situation);
      const missing = of === 'objection' ? undecidedObjection(situation) : pendingApplication(situation);
      const extendedBy = of === 'objection' ? objection?.extendedBy : situation.application?.extendedBy;
      return missing ?? ((extendedBy ?? null) === null ? null : new Refusal('already-recorded'));
    },
    changes: (situation, { id, of }) =>
      of === 'objection'
        ? withObjection(situation, undecidedObjections(situation)[0], { extendedBy: id })
        : { application: situation.application && { ...situation.application, extendedBy: id } },
    says: { nl: 'IND heeft de beslistermijn verlengd.', en: 'IND extended its term to decide.' },
    alsoSays: ({ of }) =>
      of === 'objection' ? { nl: 'Het gaat om de beslissing op het bezwaar.', en: 'It is about the decision on the objection.' } : null,
    source: 'VW15 art. 25(2), 76: once each',
  },
  permitGranted: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    waitsFor: (situation) => (situation.permit === null && !mayBeGrantedUnasked(situation) ? pendingApplication(situation) : null),
    refusedBecause: withinTheMaximum,
    changes: (situation, { id, from, until }) => {
      const { cooperation, permitChain } = situation;
      const permit = { kind: kindOfGrant(situation), begunOn: from, from, until, fact: id };
      const asked = mayBeGrantedUnasked(situation) && cooperation !== null ? { cooperation: { ...cooperation, asylum: null } } : {};
      return { application: null, permit, permitChain: chainWith(permitChain, permit), ...asked };
    },
    says: { nl: 'Vergunning verleend van {from} tot en met {until}.', en: 'Permit granted from {from} to {until}.' },
    source: 'VB15 art. 3.48, 3.58',
  },
  permitRenewed: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    waitsFor: (situation) => runningPermit(situation) ?? renewablePermit(situation),
    refusedBecause: withinTheMaximum,
    changes: ({ permit: before, permitChain, application }, { id, from, until }) => {
      const permit = before && { ...before, from, until, fact: id };
      return {
        permit,
        permitChain: permit && chainWith(permitChain, permit),
        application: application?.kind === 'renewal' ? null : application,
      };
    },
    says: { nl: 'Vergunning verlengd van {from} tot en met {until}.', en: 'Permit renewed from {from} to {until}.' },
    source: 'VB15 art. 3.58; VC15 B8/3: the humanitarian permit is never renewed',
  },
  permitRefused: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    waitsFor: pendingApplication,
    changes: ({ application, contested }, { id, on }) => ({
      application: null,
      contested: application === null ? contested : [...contested, { fact: id, on, application }],
    }),
    says: { nl: 'Aanvraag afgewezen.', en: 'The application was refused.' },
    source: 'VC15 B8/3',
  },
  permitEnded: {
    possibleIn: openStages,
    recordedBy: ['ind'],
    waitsFor: runningPermit,
    takenOfAFullCase: () => true,
    refusedBecause: ({ permit }, { withEffectFrom }) =>
      permit !== null && withEffectFrom !== undefined && withEffectFrom < permit.begunOn ? notPossible() : null,
    changes: ({ permit, permitChain, contested }, fact) => ({
      permit: null,
      permitChain: permitChain && { ...permitChain, lastDay: lastDayOf(permitChain, fact), isCut: true },
      contested:
        permit !== null && fact.reason === 'withdrawn' ? [...contested, { fact: fact.id, on: fact.on, permit, permitChain }] : contested,
    }),
    says: { nl: 'Vergunning geëindigd: {reason}.', en: 'The permit ended: {reason}.' },
    alsoSays: ({ withEffectFrom }) =>
      withEffectFrom === undefined ? null : { nl: 'Dat geldt vanaf {withEffectFrom}.', en: 'That holds from {withEffectFrom}.' },
    source: 'VC12; VW15 art. 69, 72: an end by time is no decision',
  },
} satisfies Partial<FactTable>;

function pendingApplication({ application }: Situation): Refusal | null {
  return application === null ? notPossible('applicationSent') : null;
}

function runningPermit({ permit }: Situation): Refusal | null {
  return permit === null ? notPossible('permitGranted') : null;
}

function renewablePermit({ permit }: Situation): Refusal | null {
  return permit !== null && isRenewable(permit) ? null : new Refusal('not-renewable');
}

/** Beside another pending application a renewal changes nothing: that one stays the pending one (docs/policy.md, fine print 38). */
function applicationAfter({ application, permit }: Situation, { kind, on }: RecordedFact<'applicationSent'>): Application {
  const { renews: _, ...pending } = application ?? { since: on, extendedBy: null };
  if (kind !== 'renewal') return { ...pending, kind };
  return application ?? { ...pending, kind, renews: permit?.kind };
}

/** A permit is of the kind that was applied for; of a renewal, of the kind that it renews. */
function kindOfGrant({ application, permit, cooperation }: Situation): PermitKind {
  if (application !== null && application.kind !== 'renewal') return application.kind;
  if (application !== null) return application.renews ?? permit?.kind ?? 'cooperation';
  if (cooperation?.asylum === 'refused') return kindOf(cooperation.form);
  return permit?.kind ?? 'cooperation';
}

/** The chain with one permit more: it goes on if that begins at the latest on the day after the last day before (docs/policy.md, fine print 41). */
function chainWith(chain: PermitChain | null, { kind, from, until }: Permit): PermitChain | null {
  if (kind !== 'cooperation') return null;
  const goesOn = chain !== null && from <= daysAfter(chain.lastDay, 1);
  return { from: goesOn ? chain.from : from, lastDay: until, isCut: false };
}

function lastDayOf({ lastDay }: PermitChain, { reason, on, withEffectFrom }: RecordedFact<'permitEnded'>): PlainDate {
  if (reason === 'expired') return lastDay;
  return withEffectFrom === undefined ? on : daysAfter(withEffectFrom, -1);
}

function withinTheMaximum(
  _: Situation,
  { from, until }: Pick<Fact<'permitGranted'>, 'from' | 'until'>,
  { permit }: Edition,
): Refusal | null {
  return until < from || until > plus(from, permit.maximum) ? notPossible() : null;
}
