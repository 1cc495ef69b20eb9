/* The stages, and which fact leads from which to which. */

import type { Fact, FactType } from '../facts/catalogue';
import { stages, type Situation, type Stage } from '../state/situation';
import type { Edition } from '../policy/edition';
import { findTask, taskRuleOf } from '../plan/tasks';
import { awaitsAsylumDecision, contestedByFirstObjection, isEuOrDutch, mayBeGrantedUnasked, schemeIsOpen } from '../state/questions';
import { thePeriodRuns } from '../state/reflectionPeriod';

/** The report is an application, unless the person first awaits the decision on asylum. */
const toAnApplication = [
  { to: 'otherProcedure', when: 'theyAwaitTheDecisionOnAsylum' },
  { to: 'permitApplication', when: 'theSchemeIsOpen' },
] as const;

/** An objection that is upheld brings back the application or the permit that it was about. */
const toWhatWasUndone = [
  { to: 'permitApplication', when: 'aRefusalIsUndone' },
  { to: 'permit', when: 'aWithdrawalIsUndone' },
] as const;

/**
 * THE STORY. In each stage: what is said of the person, and which fact leads where. A fact that is not named leads nowhere.
 * Read it beside its table in words (docs/policy.md, section 2). If a fact has several branches, the first branch that holds counts.
 */
export const story = {
  intake: {
    thePerson: 'was met at the slightest indication',
    leads: {
      reflectionStarted: 'reflection',
      reflectionDeclined: 'decision',
      eligibilityDecided: [{ to: 'assistance', when: 'isNotEligible' }],
      // The person does not want the police to know: help goes on without them.
      taskCompleted: [{ to: 'assistance', when: 'thePoliceStayUntold' }],
      taskWaived: [{ to: 'assistance', when: 'thePoliceStayUntold' }],
      cooperated: [...toAnApplication, { to: 'assistance' }],
    },
  },
  reflection: {
    thePerson: 'is recovering and deciding; departure is suspended',
    leads: {
      cooperated: toAnApplication,
      declined: 'decision',
      expiry: 'decision',
      routeDecided: [
        { to: 'safeReturn', when: 'theRouteIsReturn' },
        { to: 'permitApplication', when: 'theRouteIsTheHumanitarianPermit' },
      ],
    },
  },
  decision: {
    thePerson: 'waits for a route that people decide with them',
    leads: {
      cooperated: toAnApplication,
      reflectionStarted: 'reflection',
      objectionDecided: toWhatWasUndone,
      routeDecided: [
        { to: 'permitApplication', when: 'theRouteIsTheHumanitarianPermit' },
        { to: 'safeReturn', when: 'theRouteIsReturn' },
        { to: 'otherProcedure', when: 'theRouteIsAnotherProcedure' },
        { to: 'assistance', when: 'theRouteIsAssistance' },
      ],
    },
  },
  permitApplication: {
    thePerson: 'has applied for a permit',
    leads: {
      permitGranted: 'permit',
      permitRefused: [{ to: 'permit', when: 'aPermitRuns' }, { to: 'decision' }],
      applicationWithdrawn: [{ to: 'permit', when: 'aPermitRuns' }, { to: 'decision' }],
      routeDecided: [{ to: 'safeReturn', when: 'theRouteIsReturn' }],
    },
  },
  permit: {
    thePerson: 'holds a permit and may work',
    leads: {
      permitEnded: [{ to: 'permitApplication', when: 'anApplicationIsPending' }, { to: 'decision' }],
      applicationSent: [{ to: 'permitApplication', when: 'theApplicationIsForALongerStay' }],
      objectionDecided: [{ to: 'permitApplication', when: 'aRefusalIsUndoneButNotOfARenewal' }],
      cooperated: [
        // Stays: without the scheme, cooperation changes nothing.
        { to: 'permit', when: 'theSchemeIsClosed' },
        { to: 'permitApplication', when: 'thePermitIsHumanitarian' },
        { to: 'permitApplication', when: 'cooperationWasNotInEffect' },
      ],
      routeDecided: [{ to: 'safeReturn', when: 'theRouteIsReturn' }],
    },
  },
  safeReturn: {
    thePerson: 'prepares a voluntary return with IOM',
    leads: {
      returnStopped: [
        { to: 'permit', when: 'aPermitRuns' },
        { to: 'permitApplication', when: 'anApplicationIsPending' },
        { to: 'reflection', when: 'thePeriodRuns' },
        { to: 'theStageBefore' },
      ],
      cooperated: toAnApplication,
    },
  },
  aftercare: { thePerson: 'is home or elsewhere, and contacted only if they want it', leads: {} },
  assistance: {
    thePerson: 'is helped without a residence track',
    leads: {
      eligibilityDecided: [{ to: 'intake', when: 'isEligible' }],
      // A first no to contact with the police does not cost the person the period.
      consentGiven: [{ to: 'intake', when: 'thePoliceMayBeToldAndThePeriodIsOpen' }],
      cooperated: toAnApplication,
      objectionDecided: toWhatWasUndone,
      routeDecided: [
        { to: 'permitApplication', when: 'theRouteIsTheHumanitarianPermit' },
        { to: 'safeReturn', when: 'theRouteIsReturn' },
        { to: 'otherProcedure', when: 'theRouteIsAnotherProcedure' },
      ],
    },
  },
  otherProcedure: {
    thePerson: 'is in another residence procedure',
    leads: {
      cooperated: toAnApplication,
      objectionDecided: toWhatWasUndone,
      permitGranted: [{ to: 'permit', when: 'thePermitWasGrantedUnasked' }],
      routeDecided: [
        { to: 'permitApplication', when: 'theRouteIsTheHumanitarianPermit' },
        { to: 'safeReturn', when: 'theRouteIsReturn' },
        { to: 'assistance', when: 'theRouteIsAssistance' },
      ],
    },
  },
  contactLost: {
    thePerson: 'left for an unknown destination',
    leads: {
      returnedToContact: [
        { to: 'permit', when: 'aPermitRuns' },
        { to: 'permitApplication', when: 'anApplicationIsPending' },
        { to: 'decision', when: 'leavingEndedThePeriod' },
        { to: 'theStageBefore' },
      ],
      cooperated: toAnApplication,
    },
  },
  closed: { thePerson: 'needs nothing more of us; the case is closed, with its result', leads: { reopened: [{ to: 'theStageBefore' }] } },
} as const satisfies Readonly<Record<Stage, { readonly thePerson: string; readonly leads: Leads }>>;

/** From every open stage: a supervisor closes the case, with its result. */
const fromEveryOpenStage = { closed: 'closed' } as const satisfies Leads;

/** From every open stage too, until the person has travelled. */
const untilTheJourney = {
  departedUnknown: 'contactLost',
  otherApplicationFiled: 'otherProcedure',
  travelled: 'aftercare',
} as const satisfies Leads;

/**
 * Where a fact, or the end of the three months, leads from the present stage; the same stage if it leads nowhere.
 * `after` holds what the fact itself changed; `before` does not.
 */
export function stageAfter(before: Situation, after: Situation, fact: Fact | { type: 'expiry' }, edition: Edition): Stage {
  const { stage } = after;
  const lead = leadsFrom[stage][fact.type];
  if (lead === undefined) return stage;
  if (typeof lead === 'string') return lead;
  const branch = lead.find(({ when }) => when === undefined || conditions[when](after, fact as Fact, before, edition));
  if (branch === undefined) return stage;
  return branch.to === 'theStageBefore' ? stageBefore(after) : branch.to;
}

/** Whether a fact leads anywhere from any stage. */
export function canChangeStage(type: FactType): boolean {
  return stages.some((stage) => type in leadsFrom[stage]);
}

/** The stage before, or `decision` where that one no longer holds (docs/policy.md, fine print 5). */
function stageBefore(situation: Situation): Stage {
  const { stage, stagesBefore, permit, application } = situation;
  const before = stagesBefore[stage] ?? 'decision';
  const holds = {
    permit: permit !== null,
    permitApplication: application !== null,
    reflection: thePeriodRuns(situation),
  };
  return before in holds && !holds[before as keyof typeof holds] ? 'decision' : before;
}

const conditions = {
  theSchemeIsOpen: schemeIsOpen,
  theSchemeIsClosed: (situation) => !schemeIsOpen(situation),
  isEligible: (situation, fact) => situation.eligible === true && isItsVerdict(situation, fact),
  isNotEligible: (situation, fact) => situation.eligible === false && isItsVerdict(situation, fact),
  aPermitRuns: ({ permit }) => permit !== null,
  anApplicationIsPending: ({ application }) => application !== null,
  thePermitIsHumanitarian: ({ permit }) => permit?.kind === 'humanitarian',
  cooperationWasNotInEffect: (_, __, before) => before.cooperation === null,
  thePeriodRuns,
  leavingEndedThePeriod: ({ period }) => period?.end === 'departedUnknown',
  theyAwaitTheDecisionOnAsylum: awaitsAsylumDecision,
  thePoliceStayUntold: (after, fact, _, edition) => {
    const task = fact.type === 'taskCompleted' || fact.type === 'taskWaived' ? findTask(after, fact.task) : undefined;
    return after.hidden && task !== undefined && taskRuleOf(edition, task)?.asksForPoliceContact === true;
  },
  thePoliceMayBeToldAndThePeriodIsOpen: (after, fact, before) =>
    fact.type === 'consentGiven' &&
    before.hidden &&
    !after.hidden &&
    after.period === null &&
    after.eligible !== false &&
    !isEuOrDutch(after),
  aRefusalIsUndone: (_, fact, before) => undoneBy(fact, before) === 'refusal',
  aRefusalIsUndoneButNotOfARenewal: (after, fact, before) => undoneBy(fact, before) === 'refusal' && after.application?.kind !== 'renewal',
  aWithdrawalIsUndone: (_, fact, before) => undoneBy(fact, before) === 'withdrawal',
  thePermitWasGrantedUnasked: (_, __, before) => mayBeGrantedUnasked(before),
  theRouteIsReturn: (_, fact) => fact.type === 'routeDecided' && fact.route === 'return',
  theRouteIsTheHumanitarianPermit: (_, fact) => fact.type === 'routeDecided' && fact.route === 'humanitarianPermit',
  theRouteIsAnotherProcedure: (_, fact) => fact.type === 'routeDecided' && fact.route === 'otherProcedure',
  theRouteIsAssistance: (_, fact) => fact.type === 'routeDecided' && fact.route === 'assistance',
  theApplicationIsForALongerStay: (_, fact) => fact.type === 'applicationSent' && fact.kind === 'longerStay',
} as const satisfies Record<string, (situation: Situation, fact: Fact, before: Situation, edition: Edition) => boolean>;

/** What a decision on an objection undoes: a refusal, a withdrawal, or nothing. */
export function undoneBy(fact: Fact | { readonly type: 'expiry' }, before: Situation): 'refusal' | 'withdrawal' | null {
  if (fact.type !== 'objectionDecided' || fact.outcome !== 'upheld') return null;
  const decision = contestedByFirstObjection(before);
  if (decision === undefined) return null;
  return 'application' in decision ? 'refusal' : 'withdrawal';
}

/** Whether the situation is what this fact says: for a detained person the first of two verdicts changes nothing yet. */
function isItsVerdict({ eligible, ground }: Situation, fact: Fact): boolean {
  return fact.type === 'eligibilityDecided' && fact.eligible === eligible && fact.ground === ground;
}

type Lead = Stage | readonly { readonly to: Stage | 'theStageBefore'; readonly when?: keyof typeof conditions }[];
type Leads = Readonly<Partial<Record<FactType | 'expiry', Lead>>>;

const leadsFrom = Object.fromEntries(
  stages.map((stage) => {
    const leads: Leads = story[stage].leads;
    if (stage === 'closed') return [stage, leads];
    return [stage, { ...fromEveryOpenStage, ...(stage === 'aftercare' ? {} : untilTheJourney), ...leads }];
  }),
) as Readonly<Record<Stage, Leads>>;
