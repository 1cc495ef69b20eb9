/* The outbox of a case: letters, notices and receipts, with their outcomes. */

import { dateOf, type Duration, type Instant, type PlainDate } from '../basics/calendar';

/** The mail of a case: sent, under way, or undeliverable. It is carried from run to run. */
export interface Outbox {
  /** Whether the first mail of the intake was written. */
  readonly opened: boolean;
  /** Per person and item: the last date covered by a mail, and the instant its content was computed. */
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
  /** The people to whom a letter was sent without an answer, until a letter arrives. */
  readonly unconfirmed: readonly string[];
  /** The people to whom nothing could be delivered, with the first and the last try, until a letter arrives. */
  readonly unreached: Readonly<Record<string, { readonly since: Instant; readonly last: Instant }>>;
  /** The outcome of each mail about a deadline, by the deadline's id: kept for as long as the case is. */
  readonly receipts: Readonly<Record<string, readonly Receipt[]>>;
  /** What other rules made due for the time before the case went over to them; left out where they made nothing due. */
  readonly held?: Held | undefined;
}

/** Items that new rules made due for the time before a case went over to them. Each is part of a person's next digest, and of no other letter. */
export interface Held {
  /** When the case went over. */
  readonly since: Instant;
  /** Per person, what the items are about. */
  readonly items: Readonly<Record<string, readonly string[]>>;
  /** Alarms, by alarm and role. */
  readonly alarms: readonly string[];
}

/** The outcome of one mail about a deadline. */
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

/** The steps of an item, from the mildest to the most severe. */
export const steps = ['planned', 'soon', 'due', 'overdue', 'warning', 'escalated', 'expired', 'alarm'] as const;
export type StepName = (typeof steps)[number];
export type MailClass = 'new' | 'reminder' | 'warning' | 'escalation' | 'alarm';

/** One line of a letter: a task, a deadline or the fact that raised an alarm, with its step and its date. */
export interface Item {
  readonly about: string;
  readonly step: StepName;
  readonly date: PlainDate;
  /** The person responsible for the item: the addressee, or a person for whom the addressee is the substitute. */
  readonly responsible: string;
  /** The keys of the alarm, one for each role of the responsible person. */
  readonly alarms?: readonly string[] | undefined;
}

/** A mail to one person, or to a shared mailbox by its address. */
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
  /** When it was last handed over: its content was computed then. */
  readonly handedOver?: Instant | undefined;
  /** The recipients to whom it could not be delivered for good. */
  readonly triedRecipients: readonly string[];
  /** The addressee's deputy, once the directory named one: an alarm that cannot be delivered for an hour goes there too. */
  readonly deputy?: string | undefined;
  /** How often it was sent without an answer being heard. */
  readonly perhaps?: number | undefined;
  /** For alarms only. */
  readonly numbered?: AlarmNumber | undefined;
}

/** Tells a reader the alarms of one case apart: when it was written, and its number among that reader's alarms of the day, from 1. */
export interface AlarmNumber {
  readonly at: Instant;
  readonly number: number;
}

/**
 * `failed`: nothing can have arrived. `perhaps`: it was sent, and no answer was heard; without a next try it rests. `held`: new rules made
 * it due for the time before the case went over to them, so people decide.
 */
export interface NoticeState {
  readonly state: 'underway' | 'failed' | 'perhaps' | 'delivered' | 'refused' | 'held';
  readonly firstTry: Instant;
  readonly nextTry: Instant | null;
  /** How often it was sent without an answer being heard; left out once one was. */
  readonly perhaps?: number | undefined;
}

/**
 * The outcome of a try to deliver. `failed`: nothing can have been delivered. `perhaps`: it was sent, and no answer was heard. `refused`:
 * it can never be delivered there; `next` is the recipient whom the directory names, or null. `deferred`: it was not tried, since a
 * letter that is forwarded to the same addressee is to join it.
 */
export type Outcome =
  | { readonly id: string; readonly outcome: 'delivered' | 'deferred' }
  | {
      readonly id: string;
      readonly outcome: 'failed' | 'perhaps';
      readonly deputy?: string | undefined;
      /** How long the receiver asked not to be tried again. */
      readonly askedToWait?: Duration | undefined;
    }
  | { readonly id: string; readonly outcome: 'refused'; readonly next: string | null };

/** The delivered alarms once these items have been delivered too. */
export function deliveredAlarmsWith({ deliveredAlarms }: Outbox, items: readonly Item[]): readonly string[] {
  return [...deliveredAlarms, ...items.flatMap(({ alarms }) => alarms ?? [])];
}

/** The number of an alarm that is written now, after the last one to the same reader. */
export function nextAlarmNumber(last: AlarmNumber | undefined, at: Instant): AlarmNumber {
  return { at, number: last !== undefined && dateOf(last.at) === dateOf(at) ? last.number + 1 : 1 };
}

/** Whether a person has had a digest on a day, or one is on its way. One of an earlier day counts too: it may arrive any minute. */
export function isDigested(outbox: Outbox, person: string, day: PlainDate, letters: readonly Letter[]): boolean {
  return (
    outbox.lastDigestOn[person] === day ||
    letters.some((each) => each.kind === 'digest' && each.to === person && (each.day === day || each.nextTry === null))
  );
}

/** Whether an alarm about an item is on its way to a person. */
export function isInPendingAlarm(about: string, person: string, letters: readonly Letter[]): boolean {
  return letters.some(({ kind, to, items }) => kind === 'alarm' && to === person && items.some((item) => item.about === about));
}

/** Whether the items of one letter may be in the other. */
export function mayShareALetter(one: Letter, other: Letter): boolean {
  return one.kind === other.kind && (one.kind !== 'digest' || one.day === other.day);
}

/** Whether an item waits for the first digest after the case went over, so that none before leaves for it alone. */
export function isHeld({ held }: Outbox, { responsible, about }: Pick<Item, 'responsible' | 'about'>, at: Instant): boolean {
  return held !== undefined && at <= held.since && held.items[responsible]?.includes(about) === true;
}

/** If an item reaches a reader twice, as their own and for a colleague, only its most severe step is kept. */
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
