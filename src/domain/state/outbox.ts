import { dateOf, type Duration, type Instant, type PlainDate } from '../basics/calendar';

/** What was sent, what is under way and what could not be delivered: carried with the case, compact. */
export interface Outbox {
  /** Whether the first mail of the intake was made. */
  readonly opened: boolean;
  /** Up to which date's steps a person was told of an item, and when what he was told was so: nothing is said twice. */
  readonly notifiedThrough: Readonly<Record<string, Readonly<Record<string, { readonly on: PlainDate; readonly at: Instant }>>>>;
  /** The day of the last digest that a person received: one a day. */
  readonly lastDigestOn: Readonly<Record<string, PlainDate>>;
  /** Letters not yet delivered. */
  readonly letters: readonly Letter[];
  /** Alarms delivered, by alarm and role. */
  readonly deliveredAlarms: readonly string[];
  /** The last alarm that was written to each reader. */
  readonly lastAlarms: Readonly<Record<string, AlarmNumber>>;
  /** Notices to partners, by the notice's id. */
  readonly notices: Readonly<Record<string, NoticeState>>;
  /**
   * The substitute of each person who could not be reached. `joinsDigestOn`: their mail was forwarded after the substitute's digest had
   * gone out, so on this date it is included in that digest, without trying the original recipient first.
   */
  readonly substitutes: Readonly<Record<string, { readonly to: string; readonly joinsDigestOn?: PlainDate | undefined }>>;
  /** To whom a letter was sent whose answer was not heard, until one arrives: nobody knows whether they have it. */
  readonly unconfirmed: readonly string[];
  /** To whom nothing was delivered, since when and until when last tried; until a letter arrives. */
  readonly unreached: Readonly<Record<string, { readonly since: Instant; readonly last: Instant }>>;
  /** What became of each mail about a deadline, by the deadline's id: kept for as long as the case is. */
  readonly receipts: Readonly<Record<string, readonly Receipt[]>>;
}

/** That somebody was reminded of a deadline, or could not be. */
export interface Receipt {
  readonly step: StepName;
  readonly to: string;
  readonly outcome: 'delivered' | 'refused';
  readonly at: Instant;
}

export const emptyOutbox: Outbox = {
  opened: false,
  notifiedThrough: {},
  lastDigestOn: {},
  letters: [],
  deliveredAlarms: [],
  lastAlarms: {},
  notices: {},
  substitutes: {},
  unconfirmed: [],
  unreached: {},
  receipts: {},
};

/** How far an item is, from the mildest word to the gravest. */
export const steps = ['planned', 'soon', 'due', 'overdue', 'warning', 'escalated', 'expired', 'alarm'] as const;
export type StepName = (typeof steps)[number];
export type MailClass = 'new' | 'reminder' | 'warning' | 'escalation' | 'alarm';

/** One line of a letter: a task or deadline (or the fact that raised an alarm), how far it is, and its date. */
export interface Item {
  readonly about: string;
  readonly step: StepName;
  readonly date: PlainDate;
  /** Whose item it is: the addressee, or somebody for whom he stands in. */
  readonly of: string;
  /** Which alarm, of each role in which it is his. */
  readonly alarms?: readonly string[] | undefined;
}

/** A mail to one person, or to a desk by its address. */
export interface Letter {
  /** The same at each try, and never the same for another letter of the case: the Message-ID is made from it. */
  readonly id: string;
  readonly kind: 'digest' | 'new' | 'alarm';
  readonly to: string;
  readonly day: PlainDate;
  readonly items: readonly Item[];
  readonly firstTry: Instant;
  /** When it is tried next; null while a try is under way. */
  readonly nextTry: Instant | null;
  /** When it was last handed over: what it says is what was so then. */
  readonly handedOver?: Instant | undefined;
  /** Whom it was tried with before, in vain for good. */
  readonly triedRecipients: readonly string[];
  /** The addressee's deputy, once the directory named one: an alarm that cannot be delivered for an hour goes there too. */
  readonly deputy?: string | undefined;
  /** How often it was sent without an answer being heard. */
  readonly perhaps?: number | undefined;
  /** Of an alarm. */
  readonly numbered?: AlarmNumber | undefined;
}

/** By what a reader tells the alarms of one case apart: when it was written, and which of that day's it is to this reader, from 1. */
export interface AlarmNumber {
  readonly at: Instant;
  readonly number: number;
}

/** `failed`: nothing can have arrived. `perhaps`: it was sent, and the answer was not heard; with no next try it rests. */
export interface NoticeState {
  readonly state: 'underway' | 'failed' | 'perhaps' | 'told' | 'refused';
  readonly firstTry: Instant;
  readonly nextTry: Instant | null;
  /** How often it was sent without an answer being heard; left out once one was. */
  readonly perhaps?: number | undefined;
}

/**
 * What became of a try to deliver. `failed`: nothing can have been delivered. `perhaps`: it was sent, and the answer was not heard.
 * `next`: whom it falls to, from the directory. `held`: it was not tried, since what falls to its addressee in the same moment is to
 * stand in it.
 */
export type Outcome =
  | { readonly id: string; readonly outcome: 'delivered' | 'held' }
  | {
      readonly id: string;
      readonly outcome: 'failed' | 'perhaps';
      readonly deputy?: string | undefined;
      /** How long the receiver asked not to be tried again. */
      readonly askedToWait?: Duration | undefined;
    }
  | { readonly id: string; readonly outcome: 'refused'; readonly next: string | null };

/** The number of an alarm that is written now, after the last one to the same reader. */
export function nextAlarmNumber(last: AlarmNumber | undefined, at: Instant): AlarmNumber {
  return { at, number: last !== undefined && dateOf(last.at) === dateOf(at) ? last.number + 1 : 1 };
}

/** Whether an alarm about it is on its way to a person. */
export function isInPendingAlarm(about: string, person: string, letters: readonly Letter[]): boolean {
  return letters.some(({ kind, to, items }) => kind === 'alarm' && to === person && items.some((item) => item.about === about));
}

/** Whether what one says may stand in the other. */
export function mayShareALetter(one: Letter, other: Letter): boolean {
  return one.kind === other.kind && (one.kind !== 'digest' || one.day === other.day);
}

/** What a letter says: of what comes to somebody twice, as his own and for a colleague, how far it is for whom it is furthest. */
export function mostSevereOf(items: readonly Item[]): readonly Item[] {
  const rank = ({ step }: Item) => steps.indexOf(step);
  const saysMore = (other: Item, item: Item) =>
    rank(other) > rank(item) || (rank(other) === rank(item) && items.indexOf(other) < items.indexOf(item));
  return items.filter((item) => !items.some((other) => other.about === item.about && saysMore(other, item)));
}

/** A letter's class is that of its most urgent line. */
export function classOf(items: readonly Item[]): MailClass {
  const classes = items.map(({ step }) => classOfStep[step]);
  return mostUrgentFirst.find((each) => classes.includes(each)) ?? 'new';
}

const mostUrgentFirst: readonly MailClass[] = ['alarm', 'escalation', 'warning', 'reminder', 'new'];
const classOfStep: Readonly<Record<StepName, MailClass>> = {
  alarm: 'alarm',
  escalated: 'escalation',
  expired: 'escalation',
  warning: 'warning',
  soon: 'reminder',
  due: 'reminder',
  overdue: 'reminder',
  planned: 'new',
};
