/* The residence of a person: the period, cooperation, applications, permits and remedies. */

import type { Period, PlainDate } from '../basics/calendar';
import type { applicationKinds, cooperationForms, permitKinds } from '../facts/catalogue';

export type ApplicationKind = (typeof applicationKinds)[number];
export type PermitKind = (typeof permitKinds)[number];

export interface Cooperation {
  readonly on: PlainDate;
  readonly form: (typeof cooperationForms)[number];
  /** Whether the person first awaits the decision on asylum, or that application was refused since; null otherwise. */
  readonly asylum: 'awaited' | 'refused' | null;
}

export interface Application {
  readonly kind: ApplicationKind;
  readonly since: PlainDate;
  /** The fact by which IND extended its term. */
  readonly extendedBy: string | null;
  /** Of a renewal: the kind of the permit that it renews. */
  readonly renews?: PermitKind | undefined;
}

export interface Permit {
  readonly kind: PermitKind;
  /** The first day since the grant; a renewal keeps it. */
  readonly begunOn: PlainDate;
  readonly from: PlainDate;
  readonly until: PlainDate;
  /** The fact by which IND granted or renewed it. */
  readonly fact: string;
}

/** Permits of which each began at the latest on the day after the last day of the one before. */
export interface PermitChain {
  readonly from: PlainDate;
  readonly lastDay: PlainDate;
  /** Whether the end of a permit cut it. It goes on with the next permit, if that begins in time. */
  readonly isCut: boolean;
}

/** A refusal or a withdrawal, with what an objection that is upheld brings back. */
export type ContestedDecision = {
  /** The fact that recorded it. */
  readonly fact: string;
  readonly on: PlainDate;
} & ({ readonly application: Application } | { readonly permit: Permit; readonly permitChain: PermitChain | null });

export interface Objection {
  /** The fact by which it was filed. */
  readonly fact: string;
  /** The contested decision, by its fact. */
  readonly against: string;
  readonly suspends: boolean;
  /** Whether an interim measure stands beside it. */
  readonly measure: boolean;
  readonly extendedBy: string | null;
  /** The fact from which IND's present term to decide runs, and the date from which it is counted. */
  readonly termFrom: string;
  readonly termCountedFrom: PlainDate;
  readonly end: 'upheld' | 'notUpheld' | 'givenUp' | null;
  /** The number of its last decision among those of the case, 0 before. */
  readonly decided: number;
}

export interface Appeal {
  readonly fact: string;
  /** The objection, by its fact. */
  readonly about: string;
  /** Whether it is a further appeal. */
  readonly isFurther: boolean;
  readonly measure: boolean;
  readonly isDecided: boolean;
}

export interface ReflectionPeriod {
  readonly startedOn: PlainDate;
  readonly length: Period;
  /** The last day; the period holds to its end. */
  readonly endsOn: PlainDate;
  readonly endedOn: PlainDate | null;
  readonly end: PeriodEnd | null;
}
export type PeriodEnd = 'cooperated' | 'declined' | 'expired' | 'departedUnknown' | 'otherApplication';
