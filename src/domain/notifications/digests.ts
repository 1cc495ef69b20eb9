/* The digests of a case: their mornings, their readers and their items. */

import { dateOf, daysAfter, earliest, instantAt, latest, type Instant, type PlainDate } from '../basics/calendar';
import { isMailboxAddress } from '../basics/roles';
import { owed, taskRuleOf } from '../plan/tasks';
import { isDigested, isHeld, isInPendingAlarm, type Item, type Letter } from '../state/outbox';
import { heldAlarmItems } from './alarmLetters';
import { merged, type LetterCandidate } from './letterCandidate';
import { rolesOf, type MailContext, type PersonalReminder } from './mailContext';
import { firstMorning, lastMorning } from './mornings';
import { latestStep, moreSevere, nextStepOn, type Step } from './reminder';

/** The first digests: at the intake itself, to each member of the team with a task. */
export function openingDigests(context: MailContext, letters: readonly Letter[]): readonly LetterCandidate[] {
  const { now, outbox, edition, registeredAt } = context;
  if (outbox.opened) return [];
  const today = dateOf(now);
  const isLaterDay = today > dateOf(registeredAt);
  // After a night of downtime the digest of the morning covers every item.
  const isTooLate = isLaterDay && now >= instantAt(today, edition.mail.digestAt);
  return context.people.map((person) => ({
    id: digestId(today, person),
    at: registeredAt,
    kind: 'digest',
    to: person,
    items: isTooLate ? [] : unsentItems(context, person, isLaterDay ? now : registeredAt, letters),
  }));
}

/** The next digest for each person: at most one a person, case and day. The digest of this morning may be late. */
export function morningDigests(context: MailContext, letters: readonly Letter[]): readonly LetterCandidate[] {
  return merged(context.people.flatMap((person) => nextDigest(context, person, letters) ?? []));
}

function nextDigest(context: MailContext, person: string, letters: readonly Letter[]): LetterCandidate | null {
  const today = dateOf(context.now);
  const tomorrow = daysAfter(today, 1);
  const days = digestReader(context, person, today, letters) === null ? [tomorrow] : [today, tomorrow];
  for (const day of days) {
    const digest = digestOn(context, person, day, letters);
    if (digest.items.some((item) => !isHeld(context.outbox, item, digest.at))) return digest;
  }
  const later = nextStepAfter(context, person, tomorrow);
  return later && digestOn(context, person, dateOf(later), letters);
}

function digestOn(context: MailContext, person: string, day: PlainDate, letters: readonly Letter[]): LetterCandidate {
  const at = instantAt(day, context.edition.mail.digestAt);
  const to = digestReader(context, person, day, letters) ?? person;
  return { id: digestId(day, to), at, kind: 'digest', to, items: unsentItems(context, person, at, letters) };
}

function digestId(day: PlainDate, to: string): string {
  return `digest/${day}/${to}`;
}

/**
 * The reader of a person's items on a day: the person, or the substitute whose digest they join. Null where one of the two has had
 * that day's digest.
 */
function digestReader({ outbox, people }: MailContext, person: string, day: PlainDate, letters: readonly Letter[]): string | null {
  const substitute = outbox.substitutes[person];
  // A person who was refused is not tried again while their items are on the way to the substitute.
  if ([person, substitute?.to ?? person].some((each) => isDigested(outbox, each, day, letters))) return null;
  const joins = substitute?.joinsDigestOn === day && (isMailboxAddress(substitute.to) || people.includes(substitute.to));
  return joins ? substitute.to : person;
}

/** The first morning after a day on which a reminder's step comes, or on which a recurring task will be new. */
function nextStepAfter({ situation, edition, personalReminders }: MailContext, person: string, day: PlainDate): Instant | null {
  const { digestAt } = edition.mail;
  const steps = (personalReminders.get(person) ?? []).flatMap(({ reminder, roles }) =>
    roles.map(({ role, notifiedThrough }) => nextStepOn(reminder, role, latest(notifiedThrough, day))),
  );
  const roles = rolesOf(situation.team, person);
  // In a hidden case the caseworker owns the tasks of the police.
  const recurring = situation.series.filter((series) => {
    const rule = taskRuleOf(edition, series);
    return rule !== undefined && roles.includes(owed(situation, rule).owner);
  });
  const planned = recurring.map(({ nextAt }) => firstMorning(nextAt, digestAt));
  return earliest([...steps, ...planned].map((on) => on && instantAt(on, digestAt)));
}

/**
 * The items that a person has not been sent by an instant, each with its latest step. Two notices of one kind are one item. An item of an
 * undelivered alarm is left out.
 */
export function unsentItems(context: MailContext, person: string, by: Instant, letters: readonly Letter[]): readonly Item[] {
  const morning = lastMorning(by, context.edition.mail.digestAt);
  const reminded = (context.personalReminders.get(person) ?? [])
    .filter(({ reminder: { about } }) => !isInPendingAlarm(about, person, letters))
    .flatMap((reminder) => itemOf(reminder, by, morning) ?? []);
  const items = [...heldAlarmItems(context, person, by), ...reminded];
  return items.filter((item, index) => items.findIndex(({ about }) => about === item.about) === index);
}

/** The item of a personal reminder, with the steps up to a morning; null where nothing is new. */
function itemOf({ person, reminder, roles, newSince }: PersonalReminder, by: Instant, morning: PlainDate): Item | null {
  const { about, date } = reminder;
  const steps = roles.flatMap(({ role, notifiedThrough }) => latestStep(reminder, role, notifiedThrough, morning) ?? []);
  const last = steps.reduce<Step | null>(moreSevere, null);
  // The date has come, so the warning is obsolete: a later step covers it.
  if (last?.name === 'warning' && date < morning) return null;
  // A step says more than that the task was planned.
  if (last !== null) return { about, date, step: last.name, responsible: person };
  return newSince !== null && newSince <= by ? { about, date, step: 'planned', responsible: person } : null;
}
