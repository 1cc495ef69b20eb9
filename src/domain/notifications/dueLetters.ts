import { dateOf, daysAfter, instantAt, later, latest, type Instant, type PlainDate } from '../basics/calendar';
import { isDigested } from './delivery';
import { holderOf, rolesOf, unsentItems, type MailContext } from './recipients';
import { isMailboxAddress, type TeamRole } from '../basics/roles';
import { nextAlarmNumber, isInPendingAlarm, type Item, type Letter, type Outbox } from '../state/outbox';
import { memoizeLast } from '../basics/memoize';
import { heldRoles, saysBy } from './reminders';

/** All letters that are not delivered by this moment: those made before, looked at again, and those it makes. */
export function dueLetters(context: MailContext): readonly Letter[] {
  const kept = context.outbox.letters.flatMap((letter) =>
    only(letter, (item) => isInTime(context, letter) && stands(context, letter, item)),
  );
  const alarms = alarmLetters(context, kept);
  const unsaid = kept.flatMap((letter) => only(letter, (item) => !saidByAnAlarm(context, letter, item, [...kept, ...alarms])));
  return [openingLetters, digestLetters, urgentLetters].reduce<readonly Letter[]>(
    (letters, make) => [...letters, ...make(context, letters)],
    [...unsaid, ...alarms],
  );
}

/** A letter with those of its items, if there are any. One that is under way is left as it is. */
function only(letter: Letter, holds: (item: Item) => boolean): Letter[] {
  if (letter.nextTry === null) return [letter];
  const items = letter.items.filter(holds);
  return items.length === 0 ? [] : [{ ...letter, items }];
}

function isInTime({ now, edition }: MailContext, { kind, day }: Letter): boolean {
  return kind === 'alarm' || now <= instantAt(daysAfter(day, 1), edition.mail.digestTriedUntil);
}

/** It is still so, and still his: he may have left the role in which it was. */
function stands(context: MailContext, { day }: Letter, { of, about, step, date, alarms: raised }: Item): boolean {
  const roles = rolesOf(context.situation.team, of);
  if (raised !== undefined) return context.alarms.some(({ key }) => roles.some((role) => raised.includes(`${key}/${role}`)));
  const his = context.personalReminders.get(of) ?? [];
  return his.some(({ reminder }) => reminder.about === about && reminder.date === date && saysBy(reminder, step, roles, day));
}

/** What somebody was alarmed of while his digest waited, or is about to be, is not in that digest too. */
function saidByAnAlarm(context: MailContext, { kind, to, firstTry }: Letter, { of, about }: Item, letters: readonly Letter[]): boolean {
  if (kind !== 'digest' || of !== to) return false;
  const roles = rolesOf(context.situation.team, of);
  const told = context.alarms.some(
    (alarm) =>
      alarm.about === about &&
      alarm.at >= firstTry &&
      roles.some((role) => context.outbox.deliveredAlarms.includes(`${alarm.key}/${role}`)),
  );
  return told || isInPendingAlarm(about, to, letters);
}

/** One letter for all alarms of one instant to one person; beside it one to the deputy, where it was not delivered for an hour. */
function alarmLetters(context: MailContext, letters: readonly Letter[]): readonly Letter[] {
  const { now } = context;
  const due = unansweredAlarms(context, letters).filter(({ at }) => at <= now);
  const made = together(
    due.map(({ alarm, keys, person }) => ({
      id: `alarm/${alarm.at}/${person}`,
      to: person,
      item: { about: alarm.about, step: 'alarm', date: alarm.date, of: person, alarms: keys },
    })),
  ).map(({ id, to, items }) => letter({ id, kind: 'alarm', to, items, day: dateOf(now), firstTry: now }));
  const copies = copiesToDeputies(context, letters)
    .filter(({ at }) => at <= now)
    .map(({ alarm: { id, deputy, ...rest } }) => letter({ ...rest, id: `${id}/deputy`, to: deputy ?? '', firstTry: now }));
  return inNumber([...made, ...copies], context.outbox.lastAlarms, now);
}

/** Alarms that are written now, each with its number for its reader. */
function inNumber(alarms: readonly Letter[], last: Outbox['lastAlarms'], now: Instant): readonly Letter[] {
  return alarms.reduce<readonly Letter[]>((before, alarm) => {
    const previous = before.findLast(({ to }) => to === alarm.to)?.numbered ?? last[alarm.to];
    return [...before, { ...alarm, numbered: nextAlarmNumber(previous, now) }];
  }, []);
}

/** Alarms that go to the deputy too, each with when, unless they arrive before. */
export function copiesToDeputies({ outbox, edition }: MailContext, letters: readonly Letter[]): { at: Instant; alarm: Letter }[] {
  return letters
    .filter(
      ({ id, kind, to, triedRecipients, deputy, items }) =>
        kind === 'alarm' &&
        deputy !== undefined &&
        ![to, ...triedRecipients].includes(deputy) &&
        // Two may be each other's deputy: nothing goes round for as long as no mail leaves.
        !id.endsWith('/deputy') &&
        !letters.some((each) => each.id === `${id}/deputy`) &&
        // What the deputy has read already is known; the addressee's own letter is tried on.
        items.some(({ alarms = [] }) => alarms.some((key) => !outbox.deliveredAlarms.includes(key))),
    )
    .map((alarm) => ({ at: later(alarm.firstTry, edition.mail.alarmToDeputyAfter), alarm }));
}

/** Alarms that a person was not told of in a role that he holds, and no letter is about. */
export function unansweredAlarms({ alarms, situation, outbox, people }: MailContext, letters: readonly Letter[]) {
  const alarmed = setOf(outbox.deliveredAlarms);
  return alarms.flatMap((alarm) => {
    const answered = (role: TeamRole) => alarmed.has(`${alarm.key}/${role}`);
    // Who takes a role that nobody held finds what is open in his digest, once somebody else was alarmed.
    const known = alarm.to.some(answered);
    const roles = heldRoles(alarm.to, situation.team).filter(
      (role) => !answered(role) && !(known && (situation.team[role]?.since ?? alarm.at) > alarm.at),
    );
    return people
      .map((person) => {
        const his = roles.filter((role) => holderOf(situation.team, role) === person);
        // Who took a role later is alarmed then.
        const at = his.reduce((when, role) => latest(when, situation.team[role]?.since ?? alarm.at), alarm.at);
        return { alarm, person, at, keys: his.map((role) => `${alarm.key}/${role}`) };
      })
      .filter(
        ({ keys, person }) =>
          !keys.every((key) =>
            letters.some(({ items }) => items.some(({ of, alarms: raised }) => of === person && raised?.includes(key) === true)),
          ),
      );
  });
}

// A case may have hundreds, of which each is asked about at each wake.
const setOf = memoizeLast((keys: readonly string[]): ReadonlySet<string> => new Set(keys));

/** The first mail to each of the team with a task, at the intake itself: that day's digest for them. */
function openingLetters(context: MailContext, letters: readonly Letter[]): readonly Letter[] {
  const { now, outbox, edition, registeredAt: at } = context;
  const today = dateOf(now);
  // After a night of downtime the morning's digest says it all.
  const late = today > dateOf(at) && now >= instantAt(today, edition.mail.digestAt);
  if (outbox.opened || now < at || late) return [];
  return context.people.flatMap((person) =>
    digest(context, person, unsentItems(context, person, today > dateOf(at) ? now : at, letters), today),
  );
}

/** The morning's digests, or what is late of them: at most one a person, case and day. */
function digestLetters(context: MailContext, letters: readonly Letter[]): readonly Letter[] {
  const today = dateOf(context.now);
  const morning = instantAt(today, context.edition.mail.digestAt);
  if (context.now < morning) return [];
  const lines = context.people.flatMap((person) => {
    const to = digestFor(context, person, today, letters);
    return to === null ? [] : [{ to, items: unsentItems(context, person, morning, letters) }];
  });
  const addressees = [...new Set(lines.map(({ to }) => to))];
  return addressees.flatMap((to) => {
    const items = lines.filter((each) => each.to === to).flatMap((each) => each.items);
    return digest(context, to, items, today);
  });
}

function digest(context: MailContext, person: string, items: readonly Item[], day: PlainDate): Letter[] {
  return items.length === 0
    ? []
    : [letter({ id: `digest/${day}/${person}`, kind: 'digest', to: person, items, day, firstTry: context.now })];
}

/**
 * In whose digest of a day stands what a person is to be told: his own, or that of whom it fell to too late for the day before,
 * if he has not left the team since. Null: in none.
 */
export function digestFor({ outbox, people }: MailContext, person: string, day: PlainDate, letters: readonly Letter[]): string | null {
  const standIn = outbox.substitutes[person];
  // Who was refused is not tried again while what fell to somebody else is on its way to him.
  if ([person, standIn?.now ?? person].some((each) => isDigested(outbox, each, day, letters))) return null;
  const joins = standIn?.joinsOn === day && (isMailboxAddress(standIn.now) || people.includes(standIn.now));
  return joins ? standIn.now : person;
}

/** The first mail about tasks that are due within a day and came after that day's digest. */
function urgentLetters(context: MailContext, letters: readonly Letter[]): readonly Letter[] {
  const due = urgentItems(context, letters).filter(({ at }) => at <= context.now);
  return together(due.map(({ at, item }) => ({ id: `new/${at}/${item.of}`, to: item.of, item }))).map(({ id, to, items }) =>
    letter({ id, kind: 'new', to, items, day: dateOf(context.now), firstTry: context.now }),
  );
}

export function urgentItems(context: MailContext, letters: readonly Letter[]): { at: Instant; item: Item }[] {
  const { situation, personalReminders, edition, outbox, now } = context;
  if (!outbox.opened && letters.length === 0) return [];
  return situation.tasks
    .filter(({ urgent, end }) => urgent && end === null)
    .flatMap((task) => {
      const of = holderOf(situation.team, task.owner);
      const at = task.plannedAt;
      const day = dateOf(at);
      const afterTheDigest = at > instantAt(day, edition.mail.digestAt) || outbox.lastDigestOn[of] === day;
      const tooLate = now > instantAt(daysAfter(day, 1), edition.mail.digestTriedUntil);
      const written = letters.some(({ items }) => items.some((item) => item.of === of && item.about === task.id));
      const his = personalReminders.get(of)?.some(({ reminder, newSince }) => reminder.about === task.id && newSince === at) === true;
      return afterTheDigest && !tooLate && !written && his
        ? [{ at, item: { about: task.id, step: 'planned' as const, date: task.dueOn, of } }]
        : [];
    });
}

function letter(made: Omit<Letter, 'nextTry' | 'handedOver' | 'triedRecipients' | 'deputy' | 'perhaps' | 'numbered'>): Letter {
  return {
    id: made.id,
    kind: made.kind,
    to: made.to,
    day: made.day,
    items: made.items,
    firstTry: made.firstTry,
    nextTry: made.firstTry,
    triedRecipients: [],
  };
}

function together(parts: readonly { readonly id: string; readonly to: string; readonly item: Item }[]) {
  const ids = [...new Set(parts.map(({ id }) => id))];
  return ids.map((id) => {
    const same = parts.filter((part) => part.id === id);
    const [first] = same;
    // Two letters of one minute are two letters, where the second was made when the first had left.
    return { id: `${id}/${first?.item.about ?? ''}`, to: first?.to ?? '', items: same.map(({ item }) => item) };
  });
}
