/* The situation: everything that the facts amount to at an instant. */

import type { Instant, PlainDate } from '../basics/calendar';
import type { Fact, FactType, guardianBodies, residences, results, routes } from '../facts/catalogue';
import type { RecordedFact } from '../facts/recordedFact';
import type { TeamRole } from '../basics/roles';
import type { Appeal, Application, ContestedDecision, Cooperation, Objection, Permit, PermitChain, ReflectionPeriod } from './residence';
import type { Deadline, Task, TaskSeries } from './workPlan';

/** The stages of a pathway; `rules/stages.ts` says what each is and where it leads. */
export const stages = [
  'intake',
  'reflection',
  'decision',
  'permitApplication',
  'permit',
  'safeReturn',
  'aftercare',
  'assistance',
  'otherProcedure',
  'contactLost',
  'closed',
] as const;
export type Stage = (typeof stages)[number];
export const openStages: readonly Stage[] = stages.filter((stage) => stage !== 'closed');

/**
 * The state of a case at one instant, as its facts make it. It is never stored: each run folds it anew from the facts. Each fact and each
 * event of the clock replaces it; nothing edits it.
 */
export interface Situation
  extends
    StagePosition,
    Access,
    PersonStatus,
    ResidenceStatus,
    Remedies,
    Transfer,
    Course,
    ReturnPreparation,
    WorkPlan,
    Outgoing,
    FactIndex {}

/** Where the case is, and how it came there. */
export interface StagePosition {
  /** The instant up to which the clock has been run. */
  readonly asOf: Instant;
  readonly stage: Stage;
  /** The legal date since which the person is in this stage, and what led there. */
  readonly since: PlainDate;
  readonly because: { readonly fact: FactType | 'intake' | 'expiry'; readonly on: PlainDate; readonly source: string };
  /** The stage before the last entry of each stage. */
  readonly stagesBefore: Readonly<Partial<Record<Stage, Stage>>>;
  /** The stages entered so far. */
  readonly entered: readonly StageEntry[];
}

/** The entry of a stage: what led there, its legal date, and the instant at which it counted. */
export interface StageEntry {
  readonly stage: Stage;
  readonly by: StagePosition['because']['fact'];
  readonly on: PlainDate;
  readonly at: Instant;
}

/** Who may know of the case. */
export interface Access {
  readonly office: string;
  /** Whether others than the police met the person, who has not agreed to contact with them (docs/policy.md, section 3). */
  readonly hidden: boolean;
  /** Whether CoMensha knows of the person. */
  readonly registered: boolean;
}

/** The person's situation and consents. */
export interface PersonStatus {
  readonly ground: (typeof residences)[number];
  readonly eligible: boolean | null;
  /** What police and prosecution each said of a detained person; it counts when they say the same (VC15 B8/3). */
  readonly detentionVerdicts: Readonly<Partial<Record<'police' | 'prosecution', boolean>>>;
  readonly minor: boolean;
  readonly unaccompanied: boolean;
  readonly dependants: number;
  readonly asylumRequestedOn: PlainDate | null;
  /** The body of the guardian, once somebody named it. */
  readonly guardian: (typeof guardianBodies)[number] | null;
  readonly consents: readonly string[];
}

/** The period, cooperation, application and permit. */
export interface ResidenceStatus {
  readonly period: ReflectionPeriod | null;
  readonly cooperation: Cooperation | null;
  readonly application: Application | null;
  readonly permit: Permit | null;
  /** The unbroken chain of permits for cooperation; null where the last permit was of another kind. */
  readonly permitChain: PermitChain | null;
}

/** What can be done against a decision of IND, and what was done. */
export interface Remedies {
  /** The refusals and withdrawals against which an objection is possible, in the order in which they were recorded. */
  readonly contested: readonly ContestedDecision[];
  readonly objections: readonly Objection[];
  readonly appeals: readonly Appeal[];
}

/** A transfer to the State that is responsible for the asylum request. */
export interface Transfer {
  readonly transferOn: PlainDate | null;
}

/** The proposed route, and the result of a closed case. */
export interface Course {
  /** The last proposal of a route. It is open in the stage in which it was made, and for late news of the period. */
  readonly proposal: { readonly route: (typeof routes)[number]; readonly by: string; readonly madeIn: Stage } | null;
  readonly result: (typeof results)[number] | null;
}

/** How far a safe return is prepared. */
export interface ReturnPreparation {
  /** The latest assessment by date; of one day the strictest. */
  readonly risk: { readonly fact: string; readonly on: PlainDate; readonly outcome: Fact<'riskAssessed'>['outcome'] } | null;
  readonly returnRequested: boolean;
  readonly journey: Journey;
}

/** The work to be done: the team, the tasks and the deadlines. */
export interface WorkPlan extends TaskPlan {
  readonly team: Team;
  readonly deadlines: readonly Deadline[];
}

/** The tasks, and the recurring ones that go on. */
export interface TaskPlan {
  readonly tasks: readonly Task[];
  readonly series: readonly TaskSeries[];
}

/** Notices and alarms that follow from the facts. */
export interface Outgoing {
  readonly notices: readonly Notice[];
  readonly alarms: readonly Alarm[];
  /** The referral of the return to IOM, which rests on the consent until it is recalled. */
  readonly referral: Referral | null;
}

/** The facts themselves, as questions ask for them. */
export interface FactIndex {
  /** The facts recorded at least once, each with the date of the last. */
  readonly lastRecordedOn: Readonly<Partial<Record<FactType, PlainDate>>>;
  /** Partners that have recorded a fact of this case, and so know of it. */
  readonly heardFrom: readonly string[];
  /** The effective facts, of each type in the order in which they were recorded, and the corrections beside them. */
  readonly effectiveFacts: EffectiveFacts;
}

/** By type, as the rules look them up. So each fact of a long case is folded as fast as in a short one. */
export type EffectiveFacts = Readonly<Partial<Record<FactType, readonly EffectiveFact[]>>>;

export interface EffectiveFact {
  readonly fact: RecordedFact;
  /** Whether it changed the stage; of a correction, whether it or the fact that it is about did. */
  readonly changedStage: boolean;
  /** Of a correction: the wrong fact, as it was before any correction. */
  readonly about?: RecordedFact;
}

/** How far the journey home is, while it is prepared. */
export interface Journey {
  readonly declared: boolean;
  readonly documentHandedIn: boolean;
  readonly travelOn: PlainDate | null;
}
export const noJourney: Journey = { declared: false, documentHandedIn: false, travelOn: null };

export interface Referral {
  readonly on: PlainDate;
  /** Since when it is chased: steps not later than this are not sent. */
  readonly since: Instant;
  /** Whether the return is still being prepared. */
  readonly running: boolean;
  /** Whether IOM has answered, or need not any more: the chase is over. */
  readonly answered: boolean;
  /** Whether IOM was notified that the consent is gone. */
  readonly recalled: boolean;
}

/** Who holds which role, and since when. */
export type Team = Readonly<Partial<Record<TeamRole, { readonly staffId: string; readonly since: Instant }>>>;

/** The kinds of notices to partners; each has its words in `words/names.ts`. */
export const noticeKinds = [
  'm55-cooperation',
  'return-referral',
  'return-stopped',
  'travel-hold',
  'recall',
  'departed',
  'found',
  'reflection',
  'cooperation',
  'departing',
  'correction',
] as const;

/** One notice to a partner. */
export interface Notice {
  /** The same for the same fact, so that a repeat is recognised. */
  readonly id: string;
  readonly partner: 'ind' | 'iom' | 'dtv' | 'nidos' | 'youthCare' | 'comensha';
  readonly kind: (typeof noticeKinds)[number];
  readonly at: Instant;
  readonly on: PlainDate;
  /** The trace of the request that caused it, if that is known. */
  readonly trace?: string | undefined;
  /** Of a correction: the notices that would not have been sent. Where none of them was delivered it is not sent either. */
  readonly corrects?: readonly string[] | undefined;
}

/** The trace of a notice: that of the fact that causes it. */
export function tracedBy({ trace }: Pick<Notice, 'trace'>): Pick<Notice, 'trace'> {
  return trace === undefined ? {} : { trace };
}

/** One message that leaves at once, whatever the hour. */
export interface Alarm {
  /** A task or deadline, or the fact that caused it in kebab-case. */
  readonly about: string;
  readonly at: Instant;
  readonly to: readonly TeamRole[];
  /** The fact's id. */
  readonly cause: string;
}
