import { dateOf, daysAfter, earliest, instantAt, later, type Instant, type PlainDate } from './calendar';
import type { CaseFile } from './caseFile';
import { nextExpiry } from './consequences';
import { isDigested } from './delivery';
import { deskAt, isNewTo, members, rolesOf, sinceWhen, toldThrough, untold, type Desk } from './desk';
import type { Item, Letter, Post } from './post';
import { firstMorning, heldRoles, nextStepOn } from './reminders';
import type { Notice } from './situation';

/** What has to leave at a moment. */
export interface Dispatch {
  readonly letters: readonly Letter[];
  readonly notices: readonly Notice[];
}

/**
 * What is due at a moment, and the file that remembers it as under way. The same function serves the clock, the preview
 * and the list of what comes next: what is shown is what will happen.
 */
export function dispatchAt(file: CaseFile, now: Instant): { readonly file: CaseFile; readonly dispatch: Dispatch } {
  const desk = deskAt(file, now);
  const letters = lettersAt(desk);
  const ready = letters.filter(({ nextTry }) => nextTry !== null && nextTry <= now);
  const notices = desk.situation.notices.filter(({ id, at }) => isDue(noticeTryAt(desk.post, id, at), now));
  const post: Post = {
    ...desk.post,
    opened: desk.post.opened || now >= file.start.registeredAt,
    letters: letters.map((letter) => (ready.includes(letter) ? { ...letter, nextTry: null } : letter)),
    notices: {
      ...desk.post.notices,
      ...Object.fromEntries(
        notices.map(({ id }) => [id, { state: 'underway' as const, firstTry: desk.post.notices[id]?.firstTry ?? now, nextTry: null }]),
      ),
    },
  };
  return { file: { ...file, post }, dispatch: { letters: ready, notices } };
}

/** When something is next due: now or earlier, where it waits to be sent. Null where nothing will happen by itself. */
export function nextMoment(file: CaseFile, now: Instant): Instant | null {
  const desk = deskAt(file, now);
  const { post, situation } = desk;
  return earliest([
    nextExpiry(situation),
    post.opened ? null : file.start.registeredAt,
    ...post.letters.map(({ nextTry }) => nextTry),
    ...situation.notices.map(({ id, at }) => noticeTryAt(post, id, at)),
    ...unansweredAlarms(desk, post.letters).map(({ alarm }) => alarm.at),
    ...urgentItems(desk, post.letters).map(({ at }) => at),
    ...desk.people.map((person) => nextDigestAt(desk, person)),
  ]);
}

function isDue(at: Instant | null, now: Instant): boolean {
  return at !== null && at <= now;
}

function noticeTryAt(post: Post, id: string, at: Instant): Instant | null {
  const state = post.notices[id];
  return state === undefined ? at : state.nextTry;
}

/** All letters that are not delivered by this moment: those made before, looked at again, and those it makes. */
function lettersAt(desk: Desk): readonly Letter[] {
  const kept = desk.post.letters.flatMap((letter) => lookAgain(desk, letter));
  return [alarmLetters, openingLetters, digestLetters, urgentLetters].reduce<readonly Letter[]>(
    (letters, make) => [...letters, ...make(desk, letters)],
    kept,
  );
}

/** What still stands of a letter; nothing, where its time is over too. One that is under way is left as it is. */
function lookAgain(desk: Desk, letter: Letter): Letter[] {
  if (letter.nextTry === null) return [letter];
  const over = letter.kind !== 'alarm' && desk.now > instantAt(daysAfter(letter.day, 1), desk.edition.mail.digestTriedUntil);
  const items = letter.items.filter((item) => stands(desk, item));
  return over || items.length === 0 ? [] : [{ ...letter, items }];
}

function stands({ situation, reminders, alarms }: Desk, { of, about, alarms: raised }: Item): boolean {
  if (!members(situation).includes(of)) return false;
  return raised === undefined
    ? reminders.some((each) => each.about === about)
    : alarms.some(({ key }) => raised[0]?.startsWith(key) === true);
}

/** One letter for all alarms of one instant to one person; beside it one to the deputy, where it was not delivered for an hour. */
function alarmLetters(desk: Desk, letters: readonly Letter[]): readonly Letter[] {
  const { now, edition } = desk;
  const due = unansweredAlarms(desk, letters).filter(({ alarm }) => alarm.at <= now);
  const made = together(
    due.map(({ alarm, keys, person }) => ({
      id: `alarm/${alarm.at}/${person}`,
      to: person,
      item: { about: alarm.about, step: 'alarm', date: alarm.date, of: person, alarms: keys },
    })),
  ).map(({ id, to, items }) => letter({ id, kind: 'alarm', to, items, day: dateOf(now), firstTry: now }));
  const copies = letters
    .filter(
      ({ id, kind, deputy, firstTry, items }) =>
        kind === 'alarm' &&
        deputy !== undefined &&
        later(firstTry, edition.mail.alarmToDeputyAfter) <= now &&
        !letters.some((each) => each.id === `${id}/deputy`) &&
        // What the deputy has read already is known; the addressee's own letter is tried on.
        items.some(({ alarms = [] }) => alarms.some((key) => !desk.post.alarmed.includes(key))),
    )
    .map(({ id, deputy, ...rest }) => letter({ ...rest, id: `${id}/deputy`, to: deputy ?? '', firstTry: now }));
  return [...made, ...copies];
}

/** Alarms that a person was not told of in a role that he holds, and no letter is about. */
function unansweredAlarms({ alarms, situation, post, people }: Desk, letters: readonly Letter[]) {
  return alarms.flatMap((alarm) => {
    const roles = heldRoles(alarm.to, situation.team).filter((role) => !post.alarmed.includes(`${alarm.key}/${role}`));
    return people
      .map((person) => ({
        alarm,
        person,
        keys: roles.filter((role) => situation.team[role]?.staffId === person).map((role) => `${alarm.key}/${role}`),
      }))
      .filter(
        ({ keys, person }) =>
          !keys.every((key) =>
            letters.some(({ items }) => items.some(({ of, alarms: raised }) => of === person && raised?.includes(key) === true)),
          ),
      );
  });
}

/** The first mail to each of the team with a task, at the intake itself: that day's digest for them. */
function openingLetters(desk: Desk, letters: readonly Letter[]): readonly Letter[] {
  const { now, post, edition, situation } = desk;
  const at = situation.history[0]?.at ?? now;
  const today = dateOf(now);
  // After a night of downtime the morning's digest says it all.
  const late = today > dateOf(at) && now >= instantAt(today, edition.mail.digestAt);
  if (post.opened || now < at || late) return [];
  return desk.people.flatMap((person) => digest(desk, person, untold(desk, person, today > dateOf(at) ? now : at, letters), today));
}

/** The morning's digests, or what is late of them: at most one a person, case and day. */
function digestLetters(desk: Desk, letters: readonly Letter[]): readonly Letter[] {
  const today = dateOf(desk.now);
  const morning = instantAt(today, desk.edition.mail.digestAt);
  if (desk.now < morning) return [];
  return desk.people
    .filter((person) => mayHaveDigest(desk, person, today, letters))
    .flatMap((person) => digest(desk, person, untold(desk, person, morning, letters), today));
}

function digest(desk: Desk, person: string, items: readonly Item[], day: PlainDate): Letter[] {
  return items.length === 0 ? [] : [letter({ id: `digest/${day}/${person}`, kind: 'digest', to: person, items, day, firstTry: desk.now })];
}

function mayHaveDigest({ post }: Desk, person: string, day: PlainDate, letters: readonly Letter[]): boolean {
  // Who was refused is not tried again while what fell to somebody else is on its way to him.
  const standIn = post.standIns[person]?.now;
  return !isDigested(post, person, day, letters) && (standIn === undefined || !isDigested(post, standIn, day, letters));
}

/** The first mail about tasks that are due within a day and came after that day's digest. */
function urgentLetters(desk: Desk, letters: readonly Letter[]): readonly Letter[] {
  const due = urgentItems(desk, letters).filter(({ at }) => at <= desk.now);
  return together(due.map(({ at, item }) => ({ id: `new/${at}/${item.of}`, to: item.of, item }))).map(({ id, to, items }) =>
    letter({ id, kind: 'new', to, items, day: dateOf(desk.now), firstTry: desk.now }),
  );
}

function urgentItems(desk: Desk, letters: readonly Letter[]): { at: Instant; item: Item }[] {
  const { situation, reminders, edition, post, now } = desk;
  if (!post.opened && letters.length === 0) return [];
  return situation.tasks
    .filter(({ urgent, end }) => urgent && end === null)
    .flatMap((task) => {
      const reminder = reminders.find(({ about }) => about === task.id);
      const role = reminder?.plannedFor ?? null;
      const of = role === null ? undefined : situation.team[role]?.staffId;
      if (reminder === undefined || role === null || of === undefined) return [];
      const at = task.plannedAt;
      const day = dateOf(at);
      const afterTheDigest = at > instantAt(day, edition.mail.digestAt) || post.digested[of] === day;
      const tooLate = now > instantAt(daysAfter(day, 1), edition.mail.digestTriedUntil);
      const written = letters.some(({ items }) => items.some((item) => item.of === of && item.about === task.id));
      const his = sinceWhen(desk, reminder, role) === at && isNewTo(desk, reminder, of, at);
      return afterTheDigest && !tooLate && !written && his
        ? [{ at, item: { about: task.id, step: 'planned' as const, date: task.dueOn, of } }]
        : [];
    });
}

/** When a person's next digest leaves: this morning's, tomorrow's, or on the first morning on which a step comes. */
function nextDigestAt(desk: Desk, person: string): Instant | null {
  const { now, post, edition } = desk;
  const { digestAt } = edition.mail;
  const today = dateOf(now);
  const mornings = [...(mayHaveDigest(desk, person, today, post.letters) ? [today] : []), daysAfter(today, 1)].map((day) =>
    instantAt(day, digestAt),
  );
  const soon = mornings.find((morning) => untold(desk, person, morning, post.letters).length > 0);
  if (soon !== undefined) return soon;
  const tomorrow = daysAfter(today, 1);
  const steps = [person, ...absentFor(desk, person)].flatMap((of) =>
    desk.reminders.flatMap((reminder) =>
      rolesOf(desk.situation, of).map((role) => {
        const through = toldThrough(desk, reminder, role, of);
        return nextStepOn(reminder, role, through > tomorrow ? through : tomorrow);
      }),
    ),
  );
  return earliest([...steps.map((on) => on && instantAt(on, digestAt)), nextMonthlyAt(desk, person)]);
}

function absentFor({ post }: Desk, person: string): string[] {
  return Object.entries(post.standIns).flatMap(([of, standIn]) => (standIn.now === person ? [of] : []));
}

/** The morning on which a monthly task that is not planned yet will first be told of. */
function nextMonthlyAt({ situation, edition }: Desk, person: string): Instant | null {
  const roles = rolesOf(situation, person);
  const { digestAt } = edition.mail;
  const own = situation.series.filter(({ rule }) => roles.some((role) => edition.tasks.find(({ id }) => id === rule)?.owner === role));
  return earliest(own.map(({ nextAt }) => instantAt(firstMorning(nextAt, digestAt), digestAt)));
}

function letter(made: Omit<Letter, 'nextTry' | 'passed' | 'deputy'>): Letter {
  return {
    id: made.id,
    kind: made.kind,
    to: made.to,
    day: made.day,
    items: made.items,
    firstTry: made.firstTry,
    nextTry: made.firstTry,
    passed: [],
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
