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
  | 'yesNo'
  | 'confirmed' // must be said: true
  | 'purpose' // one of `consentPurposes`, or crossBorder:<partner>
  | 'taskId'
  | 'deadlineId'
  | 'factId'
  | 'fact' // another fact, whole; its date may be left out
  | 'staffId'
  | 'code'; // a code of the office's own: letters, digits and hyphens

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
export const sectors = ['sexual', 'labour', 'criminal', 'begging', 'organRemoval', 'domestic', 'other', 'unknown'] as const;
export const observers = ['police', 'kmar', 'labourInspectorate', 'shelter', 'municipality', 'lawyer', 'self', 'other'] as const;
export const applicationKinds = ['cooperation', 'witness', 'humanitarian', 'longerStay'] as const;
export const results = ['permit', 'longerStay', 'returned', 'otherProcedure', 'assisted', 'contactLost', 'notAVictim', 'died'] as const;
export const consentPurposes = ['registration', 'placement', 'medical', 'returnDataExchange'] as const;
export const cooperationForms = ['reportSigned', 'otherCooperation', 'witness'] as const;
export const taskKinds = ['medical', 'social', 'financial', 'safety', 'legal', 'residence', 'return'] as const;
export type TaskKind = (typeof taskKinds)[number];
const reasons = ['ownWish', 'risk', 'documents', 'health', 'mistake', 'newInformation', 'thirdPartyAdvice', 'other'] as const;

export const factFields = {
  interviewHeld: {},
  eligibilityDecided: { eligible: 'yesNo', ground: residences },
  ageAssessed: { ageGroup: ageGroups, 'unaccompanied?': 'yesNo' },
  reflectionStarted: { 'evidence?': 'code' },
  reflectionDeclined: { confirmed: 'confirmed' },
  consentGiven: { purpose: 'purpose' },
  consentWithdrawn: { purpose: 'purpose' },
  taskCompleted: { task: 'taskId' },
  taskWaived: { task: 'taskId', reason: ['notNeeded', 'refusedByPerson', 'doneElsewhere', 'notPossible', 'noConsent'] },
  taskReopened: { task: 'taskId' },
  taskAdded: { kind: taskKinds, due: 'date', owner: teamRoles, 'title?': 'code' },
  teamChanged: { role: teamRoles, staffId: 'staffId' },
  cooperated: { form: cooperationForms },
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
  decisionTermExtended: { reason: reasons },
  permitGranted: { from: 'date', until: 'date' },
  permitRenewed: { from: 'date', until: 'date' },
  permitRefused: {},
  permitEnded: { reason: ['expired', 'withdrawn'] },
  objectionFiled: {},
  complaintFiled: {},
  deadlineLifted: { deadline: 'deadlineId', reason: reasons },
  caseDismissed: { formalNotice: 'yesNo' },
  judgmentGiven: { final: 'yesNo' },
  returnDecisionIssued: {},
  returnRequested: {},
  returnPermitted: {},
  removalSuspended: {},
  legalAdviceTaken: {},
  riskAssessed: { outcome: ['acceptable', 'acceptableWithMeasures', 'notAcceptable'] },
  criminalCaseArranged: { how: ['nonePending', 'testimonyGiven', 'testimonyFromAbroad', 'returnForTestimony'] },
  medicalFitnessConfirmed: {},
  travelDocumentReceived: {},
  receivingOrganisationConfirmed: { 'refusedByPerson?': 'yesNo' },
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
  closed: { result: results },
  reopened: { reason: reasons },
  corrected: { replaces: 'factId', 'with?': 'fact', reason: reasons },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Field>>>>;

export type FactType = keyof typeof factFields;
export const factTypes = Object.keys(factFields) as FactType[];

type ValueOf<F> = F extends readonly (infer Code)[]
  ? Code
  : F extends { readonly listOf: readonly (infer Code)[] }
    ? readonly Code[]
    : F extends 'date'
      ? PlainDate
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
