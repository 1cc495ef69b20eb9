import { latest, type Instant, type PlainDate } from './calendar';
import { alarmsOf, type RaisedAlarm } from './alarms';
import { situationAt, type CaseFile } from './caseFile';
import type { Edition } from './edition';
import { dutyDesk, teamRoles, type TeamRole } from './people';
import type { Item, Letter, Post } from './post';
import { remembered } from './remembered';
import { graver, lastMorning, latestStep, remindersOf, type Reminder, type Step } from './reminders';
import type { Situation, Team } from './situation';

/** The case as whoever writes its letters sees it at a moment. */
export interface Desk {
  readonly now: Instant;
  readonly registeredAt: Instant;
  readonly situation: Situation;
  readonly post: Post;
  readonly edition: Edition;
  readonly reminders: readonly Reminder[];
  readonly alarms: readonly RaisedAlarm[];
  /** Everybody who may get a digest: the team, the duty desk for a role that nobody holds, and who stands in for any of them. */
  readonly people: readonly string[];
}

export const deskAt = remembered((file: CaseFile, now: Instant): Desk => {
  const situation = situationAt(file, now);
  const { edition, registeredAt } = file.start;
  const standIns = Object.values(file.post.standIns).map((standIn) => standIn.now);
  const reminders = remindersOf(situation, edition);
  return {
    now,
    registeredAt,
    situation,
    post: file.post,
    edition,
    reminders,
    alarms: alarmsOf(situation, edition),
    people: [...new Set([...addresseesOf(situation, reminders), ...standIns])],
  };
});

/** Whom something for a role is addressed to. */
export function holderOf(team: Team, role: TeamRole): string {
  return team[role]?.staffId ?? dutyDesk;
}

export function rolesOf({ team }: Pick<Situation, 'team'>, person: string): readonly TeamRole[] {
  return rolesByHolder(team).get(person) ?? [];
}

const rolesByHolder = remembered((team: Team): ReadonlyMap<string, readonly TeamRole[]> => {
  const holders = [...new Set(teamRoles.map((role) => holderOf(team, role)))];
  return new Map(holders.map((holder) => [holder, teamRoles.filter((role) => holderOf(team, role) === holder)]));
});

function addresseesOf({ team }: Situation, reminders: readonly Reminder[]): string[] {
  const members = Object.values(team).map(({ staffId }) => staffId);
  return [...members, ...reminders.flatMap(({ roles }) => roles).map((role) => holderOf(team, role))];
}

/** Whether a reminder is for one of the team, in any of his roles. */
export function isFor({ situation }: Desk, reminder: Reminder, person: string): boolean {
  return rolesOf(situation, person).some((role) => reminder.roles.includes(role));
}

/** Since when a reminder is a role's: when it was planned, or when the person took the role. */
export function sinceWhen({ situation }: Desk, { since }: Reminder, role: TeamRole): Instant {
  return latest(since, situation.team[role]?.since ?? since);
}

/**
 * What a person has not been told by a moment: of each item the latest step, his own and of those for whom he stands in.
 * What an undelivered alarm tells him already is left out.
 */
export function untold(desk: Desk, person: string, by: Instant, letters: readonly Letter[]): Item[] {
  const absent = Object.entries(desk.post.standIns).flatMap(([of, standIn]) => (standIn.now === person && of !== person ? [of] : []));
  const alarmed = letters.filter(({ kind, to }) => kind === 'alarm' && to === person).flatMap(({ items }) => items);
  return [person, ...absent].flatMap((of) =>
    desk.reminders
      .filter(({ about }) => !alarmed.some((item) => item.about === about))
      .flatMap((reminder) => itemOf(desk, reminder, of, by) ?? []),
  );
}

/** The item that a reminder is for one of the team by a moment; none where nothing is new. */
export function itemOf(desk: Desk, reminder: Reminder, of: string, by: Instant): Item | null {
  if (!isFor(desk, reminder, of)) return null;
  const { about, date } = reminder;
  const digestAt = desk.edition.mail.digestAt;
  const steps = rolesOf(desk.situation, of).flatMap(
    (role) => latestStep(reminder, role, toldThrough(desk, reminder, role, of), lastMorning(by, digestAt)) ?? [],
  );
  // A step of any date rather than the word that the task was planned.
  const last = steps.reduce<Step | null>(graver, null);
  if (last !== null) return { about, date, step: last.step, of };
  return isNewTo(desk, reminder, of, by) ? { about, date, step: 'planned', of } : null;
}

/** The date up to which a person needs no more steps of an item: told, or before it was his. */
export function toldThrough(desk: Desk, reminder: Reminder, role: TeamRole, of: string): PlainDate {
  const told = desk.post.told[of]?.[reminder.about]?.on;
  const since = lastMorning(sinceWhen(desk, reminder, role), desk.edition.mail.digestAt);
  return told === undefined ? since : latest(told, since);
}

/** Whether a task is a person's by a moment, and no mail has told him so since it became his. */
export function isNewTo(desk: Desk, reminder: Reminder, of: string, by: Instant): boolean {
  const role = rolesOf(desk.situation, of).find((each) => each === reminder.plannedFor);
  if (role === undefined) return false;
  const since = sinceWhen(desk, reminder, role);
  const told = desk.post.told[of]?.[reminder.about];
  return since <= by && (told === undefined || told.at < since);
}
