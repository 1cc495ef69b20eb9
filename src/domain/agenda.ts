import { dateOf, daysAfter, earliest, instantAt, latest, type Instant } from './calendar';
import type { CaseFile } from './caseFile';
import { nextExpiry } from './consequences';
import { mayBeTold } from './delivery';
import { deskAt, rolesOf, untold, type Desk } from './desk';
import { copiesToDeputies, digestFor, lettersAt, unansweredAlarms, urgentItems } from './lettersDue';
import { isRecalled } from './notices';
import type { Letter, Post } from './post';
import { rememberedUntilItComes } from './remembered';
import { firstMorning, nextStepOn } from './reminders';
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
  const notices = desk.situation.notices.filter((notice) => isDue(noticeTryAt(desk, notice), now));
  const post: Post = {
    ...desk.post,
    opened: desk.post.opened || now >= file.start.registeredAt,
    lastAlarms: {
      ...desk.post.lastAlarms,
      ...lastAlarmsAmong(letters.filter(({ id }) => !desk.post.letters.some((each) => each.id === id))),
    },
    letters: letters.map((letter) => (ready.includes(letter) ? { ...letter, nextTry: null, handedOver: now } : letter)),
    notices: underWay(desk.post.notices, notices, now),
  };
  return { file: { ...file, post }, dispatch: { letters: ready, notices } };
}

function underWay(before: Post['notices'], notices: readonly Notice[], now: Instant): Post['notices'] {
  // The same object where there are none: what is reminded of is worked out anew for another.
  if (notices.length === 0) return before;
  const handed = notices.map(({ id }) => [id, { firstTry: now, ...before[id], state: 'underway' as const, nextTry: null }] as const);
  return { ...before, ...Object.fromEntries(handed) };
}

/** The last alarm to each reader. */
function lastAlarmsAmong(letters: readonly Letter[]): Post['lastAlarms'] {
  return Object.fromEntries(letters.flatMap(({ to, numbered }) => (numbered === undefined ? [] : [[to, numbered]])));
}

/** When something is next due: now or earlier, where it waits to be sent. Null where nothing will happen by itself. */
export const nextMoment = rememberedUntilItComes((file: CaseFile, now: Instant): Instant | null => {
  const desk = deskAt(file, now);
  const { post, situation } = desk;
  return earliest([
    nextExpiry(situation),
    post.opened ? null : file.start.registeredAt,
    ...post.letters.map(({ nextTry }) => nextTry),
    ...situation.notices.map((notice) => noticeTryAt(desk, notice)),
    ...unansweredAlarms(desk, post.letters).map(({ at }) => at),
    ...copiesToDeputies(desk, post.letters).map(({ at }) => at),
    ...urgentItems(desk, post.letters).map(({ at }) => at),
    ...desk.people.map((person) => nextDigestAt(desk, person)),
  ]);
});

function isDue(at: Instant | null, now: Instant): boolean {
  return at !== null && at <= now;
}

/** When a notice is tried; a referral not any more once she took her consent back. */
function noticeTryAt(desk: Desk, notice: Notice): Instant | null {
  if (isRecalled(desk.situation.notices, notice)) return null;
  const state = desk.post.notices[notice.id];
  if (state !== undefined) return state.nextTry;
  return mayLeave(desk, notice) ? notice.at : null;
}

/** A correction only where what it corrects has been told; the recall of a referral that never left is not needed, that of one under way waits for it. */
function mayLeave({ post, situation: { notices } }: Desk, notice: Notice): boolean {
  if (notice.kind === 'recall') {
    const referral = notices.slice(0, notices.indexOf(notice)).findLast(({ kind }) => kind === 'return-referral');
    const state = referral && post.notices[referral.id]?.state;
    return state !== undefined && state !== 'underway';
  }
  return notice.corrects === undefined || notice.corrects.some((wrong) => mayBeTold(post.notices[wrong]));
}

/** When a person's next digest leaves: this morning's, tomorrow's, or on the first morning on which a step comes. */
function nextDigestAt(desk: Desk, person: string): Instant | null {
  const { now, post, edition } = desk;
  const { digestAt } = edition.mail;
  const today = dateOf(now);
  const mornings = [...(digestFor(desk, person, today, post.letters) === null ? [] : [today]), daysAfter(today, 1)].map((day) =>
    instantAt(day, digestAt),
  );
  const soon = mornings.find((morning) => untold(desk, person, morning, post.letters).length > 0);
  if (soon !== undefined) return soon;
  const tomorrow = daysAfter(today, 1);
  const steps = (desk.charges.get(person) ?? []).flatMap(({ reminder, roles }) =>
    roles.map(({ role, toldThrough }) => nextStepOn(reminder, role, latest(toldThrough, tomorrow))),
  );
  return earliest([...steps.map((on) => on && instantAt(on, digestAt)), nextMonthlyAt(desk, person)]);
}

/** The morning on which a monthly task that is not planned yet will first be told of. */
function nextMonthlyAt({ situation, edition }: Desk, person: string): Instant | null {
  const roles = rolesOf(situation.team, person);
  const { digestAt } = edition.mail;
  const own = situation.series.filter(({ rule }) => roles.some((role) => edition.tasks.find(({ id }) => id === rule)?.owner === role));
  return earliest(own.map(({ nextAt }) => instantAt(firstMorning(nextAt, digestAt), digestAt)));
}
