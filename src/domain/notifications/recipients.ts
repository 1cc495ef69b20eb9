import { alarmsOf, type RaisedAlarm } from './alarms';
import { latest, type Instant, type PlainDate } from '../basics/calendar';
import { situationAt, type CaseFile } from '../case/caseFile';
import type { Edition } from '../policy/edition';
import { dutyMailbox, teamRoles, type TeamRole } from '../basics/roles';
import { isInPendingAlarm, type Item, type Letter, type Outbox } from '../state/outbox';
import { memoizeLast } from '../basics/memoize';
import type { Reminder, Step } from './reminderLadder';
import { graver, lastMorning, latestStep, remindersOf } from './reminders';
import type { Situation, Team } from '../state/situation';

/** The case as whoever writes its letters sees it at a moment. */
export interface MailContext {
  readonly now: Instant;
  readonly registeredAt: Instant;
  readonly situation: Situation;
  readonly outbox: Outbox;
  readonly edition: Edition;
  readonly alarms: readonly RaisedAlarm[];
  /** What each of the team, and the duty context, is reminded of. */
  readonly personalReminders: ReadonlyMap<string, readonly PersonalReminder[]>;
  /** Everybody who may get a digest: the team, and the duty context for a role that nobody holds. Whom it falls to, the directory knows. */
  readonly people: readonly string[];
}

/** What somebody is reminded of, and how far he has been told. */
export interface PersonalReminder {
  readonly of: string;
  readonly reminder: Reminder;
  /** The roles in which it is his, each with the date up to which he needs no more steps: told, or before it was his. */
  readonly roles: readonly { readonly role: TeamRole; readonly toldThrough: PlainDate }[];
  /** Since when it is his as a task of which no mail has told him yet; null where one has. */
  readonly newSince: Instant | null;
}

export const mailContextAt = memoizeLast((file: CaseFile, now: Instant): MailContext => {
  const situation = situationAt(file, now);
  const { team } = situation;
  const { outbox, start } = file;
  const { edition, registeredAt } = start;
  const personalReminders = personalRemindersAmong(remindersOf(situation, outbox.notices, edition), team, outbox.notifiedThrough, edition);
  const charged = [...personalReminders].flatMap(([of, theirs]) => (theirs.length > 0 ? [of] : []));
  const members = Object.values(team).map(({ staffId }) => staffId);
  const people = [...new Set([...members, ...charged])];
  return { now, registeredAt, situation, outbox, edition, alarms: alarmsOf(situation, edition), personalReminders, people };
});

/** Whom something for a role is addressed to. */
export function holderOf(team: Team, role: TeamRole): string {
  return team[role]?.staffId ?? dutyMailbox;
}

export function rolesOf(team: Team, person: string): readonly TeamRole[] {
  return teamRoles.filter((role) => holderOf(team, role) === person);
}

/**
 * What a person has not been told by a moment: of each item the latest step; two notices of one kind are one item. What an undelivered
 * alarm says already is left out.
 */
export function unsentItems(context: MailContext, person: string, by: Instant, letters: readonly Letter[]): Item[] {
  const morning = lastMorning(by, context.edition.mail.digestAt);
  const items = (context.personalReminders.get(person) ?? [])
    .filter(({ reminder: { about } }) => !isInPendingAlarm(about, person, letters))
    .flatMap((charge) => itemOf(charge, by, morning) ?? []);
  return items.filter((item, index) => items.findIndex(({ about }) => about === item.about) === index);
}

/** The line of a letter that somebody's charge is by a moment, with the steps up to the morning before; none where nothing is new. */
function itemOf({ of, reminder, roles, newSince }: PersonalReminder, by: Instant, morning: PlainDate): Item | null {
  const { about, date } = reminder;
  // A step of any date rather than the word that the task was planned.
  const steps = roles.flatMap(({ role, toldThrough }) => latestStep(reminder, role, toldThrough, morning) ?? []);
  const last = steps.reduce<Step | null>(graver, null);
  // What was to be warned of has come: of that another step speaks, or nobody needs to.
  if (last?.step === 'warning' && date < morning) return null;
  if (last !== null) return { about, date, step: last.step, of };
  return newSince !== null && newSince <= by ? { about, date, step: 'planned', of } : null;
}

const personalRemindersAmong = memoizeLast(
  (reminders: readonly Reminder[], team: Team, told: Outbox['notifiedThrough'], edition: Edition): MailContext['personalReminders'] => {
    const holders = new Set(teamRoles.map((role) => holderOf(team, role)));
    return new Map([...holders].map((of) => [of, personalRemindersOf(of, reminders, { team, told, edition })]));
  },
);

function personalRemindersOf(of: string, reminders: readonly Reminder[], { team, told, edition }: Known): readonly PersonalReminder[] {
  const held = rolesOf(team, of).map((role): Held => {
    const since = team[role]?.since ?? null;
    return { role, since, after: since && lastMorning(since, edition.mail.digestAt) };
  });
  return reminders.flatMap((reminder) => {
    const his = held.filter(({ role }) => reminder.roles.includes(role));
    return his.length === 0 ? [] : [personalReminderOf(of, reminder, his, told[of]?.[reminder.about])];
  });
}

function personalReminderOf(of: string, reminder: Reminder, held: readonly Held[], told: ToldOfItem | undefined): PersonalReminder {
  const through = told === undefined ? reminder.after : latest(told.on, reminder.after);
  const planned = held.find(({ role }) => role === reminder.plannedFor);
  const since = planned === undefined ? null : latest(reminder.since, planned.since ?? reminder.since);
  return {
    of,
    reminder,
    roles: held.map(({ role, after }) => ({ role, toldThrough: latest(through, after ?? through) })),
    newSince: since !== null && (told === undefined || told.at < since) ? since : null,
  };
}

interface Known {
  readonly team: Team;
  readonly told: Outbox['notifiedThrough'];
  readonly edition: Edition;
}

type ToldOfItem = Outbox['notifiedThrough'][string][string];

/** A role and since when somebody has it; of one that nobody holds the duty context has always had what there is. */
interface Held {
  readonly role: TeamRole;
  readonly since: Instant | null;
  /** The last morning before. */
  readonly after: PlainDate | null;
}
