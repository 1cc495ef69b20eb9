/* The facts there are, each with its fields and codes. */

import type { PlainDate } from '../basics/calendar';
import { teamRoles } from '../basics/roles';

/**
 * What each fact carries beside its type and its date: codes, dates, yes or no; never free text (docs/policy.md, section 9).
 * The API's schemas, the OpenAPI document and the types of this folder are all made from this table.
 * A name with a question mark may be left out.
 */
export type Field =
  | readonly string[] // one of these codes
  | { readonly listOf: readonly string[] } // at least one of these codes
  | 'date' // a legal date, which may lie ahead
  | 'pastDate' // a legal date, today or earlier
  | 'yesNo'
  | 'confirmed' // must be said: true
  | 'purpose' // one of `consentPurposes`, or crossBorder:<partner>
  | 'taskId'
  | 'deadlineId'
  | 'factId'
  | 'fact' // another fact, whole; its date may be left out
  | 'staffId'
  | 'code' // a code of the office's own: letters, digits and hyphens
  | 'country' // ISO 3166-1, or XX for stateless, ZZ for unknown
  | 'number' // a whole number from 0 to 50
  | 'officeId';

export const routes = ['humanitarianPermit', 'return', 'otherProcedure', 'assistance'] as const;
export const grounds = ['ownWish', 'seriousThreat', 'medicalOrPsychological', 'minority', 'other'] as const;
export const residences = [
  'noLawfulResidence',
  'asylumSeeker',
  'dublin',
  'refusedEntry',
  'detained',
  'witnessOnly',
  'euCitizen',
  'dutch',
  'otherLawfulResidence',
] as const;
export const ageGroups = ['adult', 'minor'] as const;
export const sexes = ['female', 'male', 'other', 'unknown'] as const;
/** The kinds of exploitation that every edition knows. */
export const commonSectors = ['sexual', 'labour', 'criminal', 'begging', 'organRemoval', 'domestic', 'other', 'unknown'] as const;
/** These and the kinds that only some editions know (`Edition.moreSectors`). */
export const sectors = [...commonSectors, 'surrogacy', 'forcedMarriage', 'illegalAdoption'] as const;
/** Everybody who may have met the person first, in every edition. */
export const commonObservers = ['police', 'kmar', 'labourInspectorate', 'shelter', 'municipality', 'lawyer', 'self', 'other'] as const;
/** These and those whom only some editions know (`Edition.moreObservers`). */
export const observers = [...commonObservers, 'screening'] as const;
/** The kinds of a permit, each with an application of its own. */
export const permitKinds = ['cooperation', 'witness', 'employerCase', 'humanitarian', 'longerStay'] as const;
export const applicationKinds = [...permitKinds, 'renewal'] as const;
export const results = ['permit', 'longerStay', 'returned', 'otherProcedure', 'assisted', 'contactLost', 'notAVictim', 'died'] as const;
export const consentPurposes = ['policeContact', 'registration', 'placement', 'medical', 'returnDataExchange'] as const;
export const cooperationForms = ['reportSigned', 'otherCooperation', 'witness', 'employerCase'] as const;
export const guardianBodies = ['nidos', 'youthCare'] as const;
export const taskKinds = ['medical', 'social', 'financial', 'safety', 'legal', 'residence', 'return'] as const;
export type TaskKind = (typeof taskKinds)[number];
const outcomes = ['upheld', 'dismissed', 'inadmissible'] as const;
const reasons = ['ownWish', 'risk', 'documents', 'health', 'mistake', 'newInformation', 'thirdPartyAdvice', 'other'] as const;

export const factFields = {
  interviewHeld: {},
  eligibilityDecided: { eligible: 'yesNo', ground: residences },
  ageAssessed: { ageGroup: ageGroups, 'unaccompanied?': 'yesNo' },
  reflectionStarted: { 'evidence?': ['m55', 'intakeInterview', 'courtOrder', 'indDecision'] },
  reflectionDeclined: { confirmed: 'confirmed' },
  consentGiven: { purpose: 'purpose' },
  consentWithdrawn: { purpose: 'purpose' },
  taskCompleted: { task: 'taskId' },
  taskWaived: { task: 'taskId', reason: ['notNeeded', 'refusedByPerson', 'doneElsewhere', 'notPossible', 'noConsent'] },
  taskReopened: { task: 'taskId' },
  taskAdded: { kind: taskKinds, due: 'date', owner: teamRoles, 'title?': 'code' },
  teamChanged: { role: teamRoles, staffId: 'staffId' },
  cooperated: { form: cooperationForms, 'awaitsAsylumDecision?': 'yesNo' },
  declined: { confirmed: 'confirmed' },
  cooperationEnded: {},
  victimStatementIssued: {},
  threatStatementIssued: {},
  medicalStatementReceived: { register: ['BIG', 'NIP'] },
  routeProposed: { route: routes, grounds: { listOf: grounds } },
  routeRejected: { route: routes, reason: reasons },
  routeDecided: { route: routes, grounds: { listOf: grounds } },
  applicationSent: { kind: applicationKinds },
  applicationWithdrawn: {},
  decisionTermExtended: { reason: reasons, 'of?': ['application', 'objection'] },
  permitGranted: { from: 'date', until: 'date' },
  permitRenewed: { from: 'date', until: 'date' },
  permitRefused: {},
  permitEnded: { reason: ['expired', 'withdrawn'], 'withEffectFrom?': 'pastDate' },
  objectionFiled: { 'suspends?': 'yesNo' },
  objectionDecided: { outcome: outcomes },
  appealFiled: { interimMeasureAsked: 'yesNo' },
  interimMeasureDecided: { granted: 'yesNo' },
  appealDecided: { outcome: outcomes },
  complaintFiled: {},
  deadlineLifted: { deadline: 'deadlineId', reason: reasons },
  caseDismissed: { formalNotice: 'yesNo', 'knownOn?': 'pastDate' },
  judgmentGiven: { final: 'yesNo' },
  returnDecisionIssued: {},
  lawfulStayEnded: {},
  entryBanIssued: {},
  presenceAssessed: { necessary: 'yesNo' },
  transferTermSet: { until: 'date' },
  transferPlanned: { transferOn: 'date' },
  reportingDutySet: { every: ['P1W', 'P1M', 'none'] },
  returnRequested: {},
  returnPermitted: {},
  removalSuspended: {},
  legalAdviceTaken: {},
  riskAssessed: { outcome: ['acceptable', 'acceptableWithMeasures', 'notAcceptable'] },
  criminalCaseArranged: { how: ['nonePending', 'testimonyGiven', 'testimonyFromAbroad', 'returnForTestimony'] },
  compensationArranged: { how: ['secured', 'notWanted', 'notPossible'] },
  medicalFitnessConfirmed: {},
  travelDocumentReceived: {},
  receivingOrganisationConfirmed: { 'refusedByPerson?': 'yesNo' },
  guardianNamed: { body: guardianBodies },
  guardianAgreed: {},
  receptionConfirmed: {},
  departureDeclared: {},
  residenceDocumentHandedIn: { 'notIssued?': 'yesNo' },
  travelBooked: { travelOn: 'date' },
  travelled: {},
  arrivalConfirmed: { followUpWanted: 'yesNo' },
  followUpHeld: {},
  followUpStopped: { reason: reasons },
  returnStopped: { reason: reasons },
  contactMissed: {},
  departedUnknown: {},
  returnedToContact: {},
  otherApplicationFiled: {},
  otherApplicationRefused: {},
  closed: { result: results },
  reopened: { reason: reasons },
  intakeCorrected: {
    reason: reasons,
    'residence?': residences,
    'ageGroup?': ageGroups,
    'unaccompanied?': 'yesNo',
    'nationality?': 'country',
    'dependants?': 'number',
    'asylumRequestedOn?': 'pastDate',
    'observedOn?': 'pastDate',
    'office?': 'officeId',
  },
  corrected: { replaces: 'factId', 'with?': 'fact', reason: reasons },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Field>>>>;

export type FactType = keyof typeof factFields;
export const factTypes = Object.keys(factFields) as FactType[];

type ValueOf<F> = F extends readonly (infer Code)[]
  ? Code
  : F extends { readonly listOf: readonly (infer Code)[] }
    ? readonly Code[]
    : F extends 'date' | 'pastDate'
      ? PlainDate
      : F extends 'number'
        ? number
        : F extends 'yesNo'
          ? boolean
          : F extends 'confirmed'
            ? true
            : F extends 'fact'
              ? RightFact
              : string;
type Required<T> = { readonly [Name in keyof T as Name extends `${string}?` ? never : Name]: ValueOf<T[Name]> };
type Optional<T> = { readonly [Name in keyof T as Name extends `${infer Bare}?` ? Bare : never]?: ValueOf<T[Name]> | undefined };

/** What a correction puts in a fact's place: any fact; without a date it keeps that of the one it replaces. */
export interface RightFact {
  readonly type: FactType;
  readonly on?: PlainDate | undefined;
  readonly [field: string]: unknown;
}

/** A fact of one type: what happened, and the legal date on which it did. */
export type Fact<T extends FactType = FactType> = {
  [Each in T]: { readonly type: Each; readonly on: PlainDate } & Required<(typeof factFields)[Each]> & Optional<(typeof factFields)[Each]>;
}[T];

/** The dates of a fact, beside its own, that cannot lie ahead. */
export function pastDatesOf(fact: Fact): readonly PlainDate[] {
  const values: Readonly<Record<string, unknown>> = fact;
  return Object.entries(factFields[fact.type] as Readonly<Record<string, Field>>).flatMap(([name, field]) => {
    const value = field === 'pastDate' ? values[name.replace('?', '')] : undefined;
    return value === undefined ? [] : [value as PlainDate];
  });
}
