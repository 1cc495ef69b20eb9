/* The type of an edition of the policy, and of its rows. */

import type { Duration, Period, PlainDate } from '../basics/calendar';
import type { applicationKinds, consentPurposes, FactType, residences, routes, TaskKind } from '../facts/catalogue';
import type { TeamRole } from '../basics/roles';
import type { PeriodEnd, Stage } from '../state/situation';

/**
 * The content of an edition. It is plain JSON: a run takes it as input, the API shows it, and the case keeps it to its end. Each number has
 * its source, or the word "ours".
 */
export interface Edition {
  readonly edition: string;
  /** The first day on which it was in force; null where no source gives one. */
  readonly from: PlainDate | null;
  readonly source: string;
  /** The parts that come from another edition, where no source of its own was found. */
  readonly borrowed?: string;
  readonly reflection: {
    readonly length: Period;
    /** Grounds of eligibility with a length of their own. */
    readonly lengthByGround: Readonly<Partial<Record<(typeof residences)[number], Period>>>;
    readonly source: string;
    /** The source of the end of a period in which nobody answered. */
    readonly expirySource: string;
  };
  readonly permit: { readonly maximum: Period; readonly source: string };
  /** The grounds of the humanitarian permit, beside the victim statement of the police. */
  readonly humanitarianPermit: { readonly grounds: readonly HumanitarianGround[]; readonly source: string };
  readonly safeReturn: SafeReturnRules;
  readonly tasks: readonly TaskRule[];
  readonly deadlines: readonly DeadlineRule[];
  readonly reminders: ReminderRules;
  readonly mail: MailRules;
  readonly referral: { readonly chaseEvery: Period; readonly source: string };
  /**
   * Days after its first try on which the caseworker is reminded of a notice that has not arrived. From that day on, a reminder also follows
   * after each `thenEvery`.
   */
  readonly notices: { readonly overdue: readonly number[]; readonly thenEvery: Period; readonly source: string };
}

/** The gates of a safe return, in the order in which they usually open; each bears the name of the fact that opens it. */
export const gates = [
  'returnRequested',
  'consentGiven',
  'returnPermitted',
  'removalSuspended',
  'legalAdviceTaken',
  'riskAssessed',
  'criminalCaseArranged',
  'medicalFitnessConfirmed',
  'travelDocumentReceived',
  'receivingOrganisationConfirmed',
  'guardianAgreed',
  'receptionConfirmed',
] as const satisfies readonly FactType[];
export type Gate = (typeof gates)[number];

/** What an edition says of a safe return. */
export interface SafeReturnRules {
  readonly riskAssessmentValid: Period;
  readonly source: string;
}

/** A statement that was recorded, or being a minor. */
export type HumanitarianGround = 'threatStatementIssued' | 'medicalStatementReceived' | 'minority';

/**
 * An event of a case that plans, does or lapses a task, or starts, meets or lifts a deadline: a fact, by its name or with the code it
 * carries (`routeDecided:return`); a stage left or entered (`leaving:reflection`); an end of the period; and others. Each is raised in
 * `case/triggers.ts`.
 */
export type Trigger =
  | FactType
  | `routeDecided:${(typeof routes)[number]}`
  | `applicationSent:${(typeof applicationKinds)[number]}`
  | `consentGiven:${string}`
  | 'caseDismissed:formalNotice'
  | 'arrivalConfirmed:followUpWanted'
  | 'permitGranted:first'
  | 'intake'
  | 'expiry'
  | `leaving:${Stage}`
  | `entering:${Stage}`
  | 'firstEntering:decision'
  | 'stageChanged'
  | 'care'
  | 'care:withoutReflection'
  | 'careAgain'
  | `period:${PeriodEnd}`
  | 'expirySuperseded'
  | 'declineSignalled'
  | 'schemeOpensInIntake'
  | 'notAMinor'
  | 'becomesApplicant'
  | 'm55Sent'
  | 'm55Sent:victim'
  | 'riskAssessedAnew'
  | 'travelRiskAccepted'
  | `followUpDone:${string}`;

/** A row that only Dutch law asks for, or one that an edition of another country takes over. */
export type AppliesIn = 'NL' | 'anyCountry';

/** One row of the task table (docs/policy.md, section 4). */
export interface TaskRule {
  readonly id: string;
  readonly kind: TaskKind;
  readonly appliesIn: AppliesIn;
  /** Owed by law: only a supervisor waives it, and a case cannot be closed over it. */
  readonly statutory?: true;
  readonly plannedBy: readonly Trigger[];
  /** Only where this holds of the case; see `conditions` in `tasks.ts`. */
  readonly onlyIf?: readonly TaskCondition[];
  /** Not planned if one of these facts was recorded before. */
  readonly unlessRecorded?: readonly FactType[];
  /** The consent that it needs first; its note says so while that is missing. */
  readonly needsConsent?: (typeof consentPurposes)[number];
  /** Planned only where this gate of a safe return is shut. */
  readonly gate?: Gate;
  readonly due: Due;
  readonly owner: TeamRole;
  readonly doneBy?: readonly Trigger[];
  readonly lapsesOn?: readonly Trigger[];
  /** Done, it gives an unaccompanied minor a guardian. */
  readonly appointsGuardian?: true;
  /** While it is open, people look for a person who missed a contact. */
  readonly looksForPerson?: true;
  /** The closing of the case settles it, so it does not stand in the way. */
  readonly settledByClosing?: true;
  /** A journey does not make it moot; no journey makes a task of kind `safety` moot. */
  readonly survivesTravel?: true;
  /** Done, it is the sending of the application from which IND's terms run. */
  readonly startsDecisionTerm?: true;
  readonly source: string;
}

export type TaskCondition =
  | 'unaccompaniedMinorWithoutGuardian'
  | 'minor'
  | 'notEuOrDutch'
  | 'hadNoPeriod'
  | 'noCooperationInEffect'
  | 'hasResidenceMatter'
  | 'humanitarianPermit'
  | 'notHumanitarianPermit';

/** When a task is due: so long after its fact; so long before an end; on several dates at once; or every month. */
export type Due =
  | { readonly after: Period | Duration }
  | { readonly eachAfter: readonly Period[] }
  | { readonly beforePeriodEnd: Period }
  | { readonly eachBeforePeriodEnd: readonly Period[] }
  | { readonly beforePermitEnd: Period }
  | { readonly everyMonth: true };

/** One row of the deadline table (docs/policy.md, section 5). */
export interface DeadlineRule {
  readonly id: string;
  readonly appliesIn: AppliesIn;
  /** It ends with the three months: no supervisor lifts it, and its source is that of the period. */
  readonly isReflectionPeriod?: true;
  /** A contact after the return; of several that are open, `followUpHeld` meets the earliest. */
  readonly isFollowUp?: true;
  readonly startedBy: readonly Trigger[];
  /** A period or duration after the start; or the date that the fact or the reflection period itself carries. */
  readonly length: Period | Duration | 'periodEnd' | 'permitEnd';
  /** Counted from the date of the latest risk assessment, not from the trigger. */
  readonly countedFrom?: 'riskAssessment';
  /** What makes a running one longer, counted from the same start. */
  readonly extendedBy?: { readonly trigger: Trigger; readonly length: Period };
  /** Not started anew while one runs. */
  readonly oneAtATime?: true;
  readonly metBy: readonly Trigger[];
  readonly liftedBy: readonly Trigger[];
  /** What ends the mails about a deadline that passed, beside what meets or lifts it. */
  readonly quietedBy?: readonly Trigger[];
  readonly warn: readonly { readonly before: Period; readonly to: readonly TeamRole[] }[];
  /** Mails once it passed unmet: the rising ladder, or the first morning only; beside them an alarm at the instant it passes. */
  readonly onPassed: {
    readonly mails: 'ladder' | 'once';
    readonly to: readonly TeamRole[];
    readonly alarm?: readonly TeamRole[];
    /** That it passed is not taken back when it is lifted. */
    readonly forGood?: true;
  };
  readonly source: string;
}

/** On which days somebody is reminded, counted from the day on which a task is due or a deadline has passed. */
export interface ReminderRules {
  readonly task: {
    /** Days before the due day. */
    readonly soon: readonly number[];
    /** The due day itself is 0. */
    readonly due: readonly number[];
    /** Days after the due day, as in `escalated`; after the last `overdue` every Monday too. */
    readonly overdue: readonly number[];
    readonly escalated: readonly number[];
    readonly thenEveryMonday: readonly ('overdue' | 'escalated')[];
  };
  readonly statutoryTask: ReminderRules['task'];
  /** Days after the first morning on which it had passed; after the last of a `ladder` every Monday too. */
  readonly passedDeadline: Readonly<Record<DeadlineRule['onPassed']['mails'], readonly number[]>>;
  readonly source: string;
}

/** When mail leaves and how long it is tried; times on the wall in Amsterdam. */
export interface MailRules {
  readonly digestAt: string;
  /** On the day after the digest's own. */
  readonly digestTriedUntil: string;
  /** A task that is due so soon after its fact, or within hours, is mailed at once if that day's digest has left. */
  readonly mailedAtOnceWithin: Period;
  readonly tryEvery: Duration;
  readonly alarmToDeputyAfter: Duration;
  /** An addressee who was tried in vain for so long is shown as not reached. */
  readonly unreachedAfter: Duration;
  /** For a letter or notice without an answer: the wait before the next try, and the number of sends in all. */
  readonly perhaps: { readonly tryAfter: Duration; readonly sends: number };
  readonly source: string;
}
