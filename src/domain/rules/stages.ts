import type { Fact, FactType } from '../facts/catalogue';
import { stages, type Situation, type Stage } from '../state/situation';
import { thePeriodRuns, schemeIsOpen } from '../state/questions';

/**
 * THE STORY. In each stage: who she is, and which fact leads her where. A fact that is not named leads nowhere.
 * Read it beside its table in words (docs/policy.md, section 2). Where a fact leads to one place or another, the first line that holds counts.
 */
export const story = {
  intake: {
    she: 'was met at the slightest indication',
    leads: {
      reflectionStarted: 'reflection',
      reflectionDeclined: 'decision',
      eligibilityDecided: [{ to: 'assistance', when: 'sheIsNotEligible' }],
      cooperated: [{ to: 'permitApplication', when: 'theSchemeIsOpen' }, { to: 'assistance' }],
    },
  },
  reflection: {
    she: 'is recovering and deciding; her departure is suspended',
    leads: {
      cooperated: [{ to: 'permitApplication', when: 'theSchemeIsOpen' }],
      declined: 'decision',
      expiry: 'decision',
      routeDecided: [
        { to: 'safeReturn', when: 'theRouteIsReturn' },
        { to: 'permitApplication', when: 'theRouteIsTheHumanitarianPermit' },
      ],
    },
  },
  decision: {
    she: 'waits for a route that people decide with her',
    leads: {
      cooperated: [{ to: 'permitApplication', when: 'theSchemeIsOpen' }],
      reflectionStarted: 'reflection',
      routeDecided: [
        { to: 'permitApplication', when: 'theRouteIsTheHumanitarianPermit' },
        { to: 'safeReturn', when: 'theRouteIsReturn' },
        { to: 'otherProcedure', when: 'theRouteIsAnotherProcedure' },
        { to: 'assistance', when: 'theRouteIsAssistance' },
      ],
    },
  },
  permitApplication: {
    she: 'has applied for a permit',
    leads: {
      permitGranted: 'permit',
      permitRefused: [{ to: 'permit', when: 'aPermitRuns' }, { to: 'decision' }],
      applicationWithdrawn: [{ to: 'permit', when: 'aPermitRuns' }, { to: 'decision' }],
      routeDecided: [{ to: 'safeReturn', when: 'theRouteIsReturn' }],
    },
  },
  permit: {
    she: 'holds a permit and may work',
    leads: {
      permitEnded: 'decision',
      applicationSent: [{ to: 'permitApplication', when: 'theApplicationIsForALongerStay' }],
      cooperated: [
        { to: 'permit', when: 'theSchemeIsClosed' },
        { to: 'permitApplication', when: 'herPermitIsHumanitarian' },
        { to: 'permitApplication', when: 'noCooperationStands' },
      ],
      routeDecided: [{ to: 'safeReturn', when: 'theRouteIsReturn' }],
    },
  },
  safeReturn: {
    she: 'prepares a voluntary return with IOM',
    leads: {
      returnStopped: [
        { to: 'permit', when: 'aPermitRuns' },
        { to: 'permitApplication', when: 'anApplicationIsPending' },
        { to: 'reflection', when: 'thePeriodRuns' },
        { to: 'theStageBefore' },
      ],
      cooperated: [{ to: 'permitApplication', when: 'theSchemeIsOpen' }],
    },
  },
  aftercare: { she: 'is home or elsewhere, and contacted only if she wants it', leads: {} },
  assistance: {
    she: 'is helped without a residence track',
    leads: {
      eligibilityDecided: [{ to: 'intake', when: 'sheIsEligible' }],
      cooperated: [{ to: 'permitApplication', when: 'theSchemeIsOpen' }],
      routeDecided: [
        { to: 'permitApplication', when: 'theRouteIsTheHumanitarianPermit' },
        { to: 'safeReturn', when: 'theRouteIsReturn' },
        { to: 'otherProcedure', when: 'theRouteIsAnotherProcedure' },
      ],
    },
  },
  otherProcedure: {
    she: 'is in another residence procedure',
    leads: {
      cooperated: [{ to: 'permitApplication', when: 'theSchemeIsOpen' }],
      routeDecided: [
        { to: 'permitApplication', when: 'theRouteIsTheHumanitarianPermit' },
        { to: 'safeReturn', when: 'theRouteIsReturn' },
        { to: 'assistance', when: 'theRouteIsAssistance' },
      ],
    },
  },
  contactLost: {
    she: 'left for an unknown destination',
    leads: {
      returnedToContact: [
        { to: 'permit', when: 'aPermitRuns' },
        { to: 'permitApplication', when: 'anApplicationIsPending' },
        { to: 'decision', when: 'leavingEndedHerPeriod' },
        { to: 'theStageBefore' },
      ],
      cooperated: [{ to: 'permitApplication', when: 'theSchemeIsOpen' }],
    },
  },
  closed: { she: 'needs nothing more of us; the case rests with its result', leads: { reopened: [{ to: 'theStageBefore' }] } },
} as const satisfies Readonly<Record<Stage, { readonly she: string; readonly leads: Leads }>>;

/** From every open stage: a supervisor closes the case, with its result. */
const fromEveryOpenStage = { closed: 'closed' } as const satisfies Leads;

/** From every open stage too, until she is home. */
const untilSheIsHome = {
  departedUnknown: 'contactLost',
  otherApplicationFiled: 'otherProcedure',
  travelled: 'aftercare',
} as const satisfies Leads;

/**
 * Where a fact, or the end of the three months, leads from the stage she is in; the same stage where it leads nowhere.
 * `situation` already holds what the fact itself changed; `before` does not.
 */
export function stageAfter(situation: Situation, fact: Fact | { type: 'expiry' }, before: Situation): Stage {
  const { stage } = situation;
  const lead = leadsFrom[stage][fact.type];
  if (lead === undefined) return stage;
  if (typeof lead === 'string') return lead;
  const branch = lead.find(({ when }) => when === undefined || conditions[when](situation, fact as Fact, before));
  if (branch === undefined) return stage;
  return branch.to === 'theStageBefore' ? stageBefore(situation) : branch.to;
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
  sheIsEligible: (situation, fact) => situation.eligible === true && isItsVerdict(situation, fact),
  sheIsNotEligible: (situation, fact) => situation.eligible === false && isItsVerdict(situation, fact),
  aPermitRuns: ({ permit }) => permit !== null,
  anApplicationIsPending: ({ application }) => application !== null,
  herPermitIsHumanitarian: ({ permit }) => permit?.kind === 'humanitarian',
  noCooperationStands: (_, __, before) => before.cooperation === null,
  thePeriodRuns,
  leavingEndedHerPeriod: ({ period }) => period?.end === 'departedUnknown',
  theRouteIsReturn: (_, fact) => fact.type === 'routeDecided' && fact.route === 'return',
  theRouteIsTheHumanitarianPermit: (_, fact) => fact.type === 'routeDecided' && fact.route === 'humanitarianPermit',
  theRouteIsAnotherProcedure: (_, fact) => fact.type === 'routeDecided' && fact.route === 'otherProcedure',
  theRouteIsAssistance: (_, fact) => fact.type === 'routeDecided' && fact.route === 'assistance',
  theApplicationIsForALongerStay: (_, fact) => fact.type === 'applicationSent' && fact.kind === 'longerStay',
} as const satisfies Record<string, (situation: Situation, fact: Fact, before: Situation) => boolean>;

/** Whether how she stands is what this fact says: of somebody detained the first of two verdicts changes nothing yet. */
function isItsVerdict({ eligible, ground }: Situation, fact: Fact): boolean {
  return fact.type === 'eligibilityDecided' && fact.eligible === eligible && fact.ground === ground;
}

type Lead = Stage | readonly { readonly to: Stage | 'theStageBefore'; readonly when?: keyof typeof conditions }[];
type Leads = Readonly<Partial<Record<FactType | 'expiry', Lead>>>;

const leadsFrom = Object.fromEntries(
  stages.map((stage) => {
    const leads: Leads = story[stage].leads;
    if (stage === 'closed') return [stage, leads];
    return [stage, { ...fromEveryOpenStage, ...(stage === 'aftercare' ? {} : untilSheIsHome), ...leads }];
  }),
) as Readonly<Record<Stage, Leads>>;
