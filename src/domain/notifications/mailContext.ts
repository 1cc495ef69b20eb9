/* The context in which letters are written: the situation, the outbox, and the reminders of each person. */

import { latest, type Instant, type PlainDate } from '../basics/calendar';
import { memoizeLast } from '../basics/memoize';
import { dutyMailbox, teamRoles, type TeamRole } from '../basics/roles';
import { situationAt, type CaseFile } from '../case/caseFile';
import type { Edition } from '../policy/edition';
import type { Outbox } from '../state/outbox';
import type { Situation, Team } from '../state/situation';
import { alarmsOf, type RaisedAlarm } from './alarms';
import { lastMorning } from './mornings';
import type { Reminder } from './reminder';
import { remindersOf } from './reminderDays';

/** Everything needed to decide which mail is due at a given instant. */
export interface MailContext {
  readonly now: Instant;
  readonly registeredAt: Instant;
  readonly situation: Situation;
  readonly outbox: Outbox;
  readonly edition: Edition;
  readonly alarms: readonly RaisedAlarm[];
  /** The reminders of each holder of a role, the duty mailbox included. */
  readonly personalReminders: ReadonlyMap<string, readonly PersonalReminder[]>;
  /** Everybody who may get a digest: the team, and the duty mailbox for a role that nobody holds. */
  readonly people: readonly string[];
}

/** A reminder for one person, and how far mails have covered it. */
export interface PersonalReminder {
  readonly person: string;
  readonly reminder: Reminder;
  /**
   * The roles that make this person responsible, each with the date up to which nothing more needs sending. Earlier items were sent, or
   * are of the time before the person took the role.
   */
  readonly roles: readonly { readonly role: TeamRole; readonly notifiedThrough: PlainDate }[];
  /** The instant from which it is a new task for this person; null where a mail has said so. */
  readonly newSince: Instant | null;
}

export const mailContextAt = memoizeLast((file: CaseFile, now: Instant): MailContext => {
  const situation = situationAt(file, now);
  const { team } = situation;
  const { outbox, start } = file;
  const { edition, registeredAt } = start;
  const personalReminders = personalRemindersAmong(remindersOf(situation, outbox.notices, edition), team, outbox.notifiedThrough, edition);
  const reminded = [...personalReminders].flatMap(([person, reminders]) => (reminders.length > 0 ? [person] : []));
  const members = Object.values(team).map(({ staffId }) => staffId);
  const people = [...new Set([...members, ...reminded])];
  return { now, registeredAt, situation, outbox, edition, alarms: alarmsOf(situation, edition), personalReminders, people };
});

/** The addressee of mail for a role. */
export function holderOf(team: Team, role: TeamRole): string {
  return team[role]?.staffId ?? dutyMailbox;
}

export function rolesOf(team: Team, person: string): readonly TeamRole[] {
  return teamRoles.filter((role) => holderOf(team, role) === person);
}

const personalRemindersAmong = memoizeLast(
  (reminders: readonly Reminder[], team: Team, notified: Outbox['notifiedThrough'], edition: Edition): MailContext['personalReminders'] => {
    const holders = new Set(teamRoles.map((role) => holderOf(team, role)));
    return new Map([...holders].map((person) => [person, personalRemindersOf(person, reminders, { team, notified, edition })]));
  },
);

function personalRemindersOf(
  person: string,
  reminders: readonly Reminder[],
  { team, notified, edition }: { readonly team: Team; readonly notified: Outbox['notifiedThrough']; readonly edition: Edition },
): readonly PersonalReminder[] {
  const held = rolesOf(team, person).map((role): HeldRole => {
    const since = team[role]?.since ?? null;
    return { role, since, after: since && lastMorning(since, edition.mail.digestAt) };
  });
  return reminders.flatMap((reminder) => {
    const roles = held.filter(({ role }) => reminder.roles.includes(role));
    return roles.length === 0 ? [] : [personalReminder(person, reminder, roles, notified[person]?.[reminder.about])];
  });
}

function personalReminder(
  person: string,
  reminder: Reminder,
  held: readonly HeldRole[],
  notified: Outbox['notifiedThrough'][string][string] | undefined,
): PersonalReminder {
  const through = notified === undefined ? reminder.after : latest(notified.on, reminder.after);
  const planned = held.find(({ role }) => role === reminder.plannedFor);
  const since = planned === undefined ? null : latest(reminder.since, planned.since ?? reminder.since);
  return {
    person,
    reminder,
    roles: held.map(({ role, after }) => ({ role, notifiedThrough: latest(through, after ?? through) })),
    newSince: since !== null && (notified === undefined || notified.at < since) ? since : null,
  };
}

/** A role that a person holds. The duty mailbox has no `since`: it has always had the roles that nobody holds. */
interface HeldRole {
  readonly role: TeamRole;
  readonly since: Instant | null;
  /** The last morning before the person took it. */
  readonly after: PlainDate | null;
}
