/* The type of an edition of the policy, and of its rows. */

import type { Words } from '../basics/language';
import type { Duration, Period, PlainDate } from '../basics/calendar';
import type { consentPurposes, FactType, observers, residences, sectors, TaskKind } from '../facts/catalogue';
import type { TeamRole } from '../basics/roles';
import type { Trigger } from './trigger';

/** A rule that may be in doubt. Whoever reads a date that it makes sees the doubt beside it. */
export interface Doubtful {
  /** What is not certain of it, in a sentence. */
  readonly doubt?: Words;
  /** The day on which somebody who knows the law confirmed it. */
  readonly confirmedOn?: PlainDate;
}

/**
 * The content of an edition. It is plain JSON: a run takes it as input, the API shows it, and the case keeps it to its end. Each number has
 * its source, or the word "ours".
 */
export interface Edition extends Doubtful {
  readonly edition: string;
  /** The first day on which it was in force; null where no source gives one. */
  readonly from: PlainDate | null;
  readonly source: string;
  /** The parts that come from another edition, where no source of its own was found. */
  readonly borrowed?: string;
  /** Those who may have met the person first, beside the common ones. */
  readonly moreObservers?: readonly (typeof observers)[number][];
  /** Kinds of exploitation beside the common ones. */
  readonly moreSectors?: readonly (typeof sectors)[number][];
  readonly reflection: Doubtful & {
    readonly length: Period;
    /** Grounds of eligibility with a length of their own. */
    readonly lengthByGround: Readonly<Partial<Record<(typeof residences)[number], Period>>>;
    /** Doubts that hold for a ground alone. */
    readonly doubtByGround?: Readonly<Partial<Record<(typeof residences)[number], Doubtful>>>;
    readonly source: string;
    /** The source of the end of a period in which nobody answered. */
    readonly expirySource: string;
  };
  readonly permit: Doubtful & { readonly maximum: Period; readonly source: string };
  /** The grounds of the humanitarian permit, beside the victim statement of the police. */
  readonly humanitarianPermit: Doubtful & {
    readonly grounds: readonly HumanitarianGround[];
    /** Doubts that hold for a ground alone. */
    readonly doubtByGround?: Readonly<Partial<Record<HumanitarianGround, Doubtful>>>;
    readonly source: string;
  };
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
  'compensationArranged',
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

/** A row that only Dutch law asks for, or one that an edition of another country takes over. */
export type AppliesIn = 'NL' | 'anyCountry';

/** One row of the task table (docs/policy.md, section 4). */
export interface TaskRule extends Doubtful {
  readonly id: string;
  /** The row whose name and numbers its tasks bear, where that is another. */
  readonly namedAs?: string;
  readonly kind: TaskKind;
  readonly appliesIn: AppliesIn;
  /** Owed by law: only a supervisor waives it, and a case cannot be closed over it. */
  readonly statutory?: true;
  readonly plannedBy: readonly Trigger[];
  /** Only where this holds of the case; see `conditions` in `tasks.ts`. */
  readonly onlyIf?: readonly TaskCondition[];
  /** Not planned if one of these facts was recorded before. */
  readonly unlessRecorded?: readonly FactType[];
  /** Not planned if one of its tasks was done before, or if there was one at all. */
  readonly unlessBefore?: 'done' | 'planned';
  /** Not planned by a fact that plans this row. */
  readonly insteadOf?: string;
  /** The consent that it needs first; its note says so while that is missing. */
  readonly needsConsent?: (typeof consentPurposes)[number];
  /** The consent without which it is not owed while the case is hidden; until that opens, it belongs to the caseworker. */
  readonly owedWithConsent?: (typeof consentPurposes)[number];
  /** Notes for people of one ground of residence. */
  readonly noteFor?: Readonly<Partial<Record<(typeof residences)[number], Words>>>;
  /** Planned only where this gate of a safe return is shut. */
  readonly gate?: Gate;
  readonly due: Due;
  readonly owner: TeamRole;
  readonly doneBy?: readonly Trigger[];
  readonly lapsesOn?: readonly Trigger[];
  /** It asks the person whether the police may know of them; done or waived without a yes, help goes on without the police. */
  readonly asksForPoliceContact?: true;
  /** It offers the reflection period to the person. */
  readonly offersPeriod?: true;
  /** Done, CoMensha knows of the person, and is notified of what follows. */
  readonly registersPerson?: true;
  /** Done, it gives an unaccompanied minor a guardian. */
  readonly appointsGuardian?: true;
  /** Done, DT&V knows of the person. */
  readonly tellsDtv?: true;
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
  | 'hidden'
  | 'notHidden'
  | 'minorOrDependants'
  | 'dependants'
  | 'dublin'
  | 'hasResidenceMatter'
  | 'humanitarianPermit'
  | 'notHumanitarianPermit';

/** When a task is due: so long after its fact, or after the asylum request; so long before an end; on several dates at once; or again and again. */
export type Due =
  | { readonly after: Period | Duration }
  | { readonly eachAfter: readonly Period[] }
  | { readonly beforePeriodEnd: Period }
  | { readonly eachBeforePeriodEnd: readonly Period[] }
  | { readonly beforePermitEnd: Period }
  | { readonly afterAsylumRequest: Period }
  | { readonly every: Period }
  // As somebody set it, or else each of this period.
  | { readonly everyAsSet: Period };

/** A start other than the date of the fact. */
export type CountedFrom = 'riskAssessment' | 'permitChain' | 'objectionTerm' | 'knownOn';

/** One row of the deadline table (docs/policy.md, section 5). */
export interface DeadlineRule extends Doubtful {
  readonly id: string;
  /** What else a reader of the date has to know, in a sentence. */
  readonly remark?: Words;
  readonly appliesIn: AppliesIn;
  /** It ends with the three months: no supervisor lifts it, and its source is that of the period. */
  readonly isReflectionPeriod?: true;
  /** A contact after the return; of several that are open, `followUpHeld` meets the earliest. */
  readonly isFollowUp?: true;
  readonly startedBy: readonly Trigger[];
  /** A period or duration after the start; or the date that the fact or the reflection period itself carries. */
  readonly length: Period | Duration | 'periodEnd' | 'permitEnd' | 'asTold';
  /** The date from which it is counted, where that is not the date of the fact: see `countedFrom` in `plan/deadlines.ts`. */
  readonly countedFrom?: CountedFrom;
  /** What makes a running one longer, and by how much, counted from its last day. */
  readonly extendedBy?: { readonly what: 'application' | 'objection'; readonly by: Period };
  /** The term of IND for one objection: of several objections, each fact is about the one filed first. */
  readonly isTermOfObjection?: true;
  /** Started again, the open one gets the new date. */
  readonly isMoved?: true;
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
