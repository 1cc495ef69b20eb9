import { dateOf, daysAfter, earliest, instantAt, latest, type Instant } from '../basics/calendar';
import type { CaseFile } from '../case/caseFile';
import { nextExpiry } from '../case/evolve';
import { mayBeTold } from './delivery';
import { mailContextAt, rolesOf, unsentItems, type MailContext } from './recipients';
import { copiesToDeputies, digestFor, dueLetters, unansweredAlarms, urgentItems } from './dueLetters';
import { isRecalled } from '../state/questions';
import type { Letter, Outbox } from '../state/outbox';
import { memoizeUntilDue } from '../basics/memoize';
import { firstMorning, nextStepOn } from './reminders';
import type { Notice } from '../state/situation';

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
  const context = mailContextAt(file, now);
  const letters = dueLetters(context);
  const ready = letters.filter(({ nextTry }) => nextTry !== null && nextTry <= now);
  const notices = context.situation.notices.filter((notice) => isDue(noticeTryAt(context, notice), now));
  const outbox: Outbox = {
    ...context.outbox,
    opened: context.outbox.opened || now >= file.start.registeredAt,
    lastAlarms: {
      ...context.outbox.lastAlarms,
      ...lastAlarmsAmong(letters.filter(({ id }) => !context.outbox.letters.some((each) => each.id === id))),
    },
    letters: letters.map((letter) => (ready.includes(letter) ? { ...letter, nextTry: null, handedOver: now } : letter)),
    notices: underWay(context.outbox.notices, notices, now),
  };
  return { file: { ...file, outbox }, dispatch: { letters: ready, notices } };
}

function underWay(before: Outbox['notices'], notices: readonly Notice[], now: Instant): Outbox['notices'] {
  // The same object where there are none: what is reminded of is worked out anew for another.
  if (notices.length === 0) return before;
  const handed = notices.map(({ id }) => [id, { firstTry: now, ...before[id], state: 'underway' as const, nextTry: null }] as const);
  return { ...before, ...Object.fromEntries(handed) };
}

/** The last alarm to each reader. */
function lastAlarmsAmong(letters: readonly Letter[]): Outbox['lastAlarms'] {
  return Object.fromEntries(letters.flatMap(({ to, numbered }) => (numbered === undefined ? [] : [[to, numbered]])));
}

/** When something is next due: now or earlier, where it waits to be sent. Null where nothing will happen by itself. */
export const nextDueAt = memoizeUntilDue((file: CaseFile, now: Instant): Instant | null => {
  const context = mailContextAt(file, now);
  const { outbox, situation } = context;
  return earliest([
    nextExpiry(situation),
    outbox.opened ? null : file.start.registeredAt,
    ...outbox.letters.map(({ nextTry }) => nextTry),
    ...situation.notices.map((notice) => noticeTryAt(context, notice)),
    ...unansweredAlarms(context, outbox.letters).map(({ at }) => at),
    ...copiesToDeputies(context, outbox.letters).map(({ at }) => at),
    ...urgentItems(context, outbox.letters).map(({ at }) => at),
    ...context.people.map((person) => nextDigestAt(context, person)),
  ]);
});

function isDue(at: Instant | null, now: Instant): boolean {
  return at !== null && at <= now;
}

/** When a notice is tried; a referral not any more once she took her consent back. */
function noticeTryAt(context: MailContext, notice: Notice): Instant | null {
  if (isRecalled(context.situation.notices, notice)) return null;
  const state = context.outbox.notices[notice.id];
  if (state !== undefined) return state.nextTry;
  return mayLeave(context, notice) ? notice.at : null;
}

/** A correction only where what it corrects has been told; the recall of a referral that never left is not needed, that of one under way waits for it. */
function mayLeave({ outbox, situation: { notices } }: MailContext, notice: Notice): boolean {
  if (notice.kind === 'recall') {
    const referral = notices.slice(0, notices.indexOf(notice)).findLast(({ kind }) => kind === 'return-referral');
    const state = referral && outbox.notices[referral.id]?.state;
    return state !== undefined && state !== 'underway';
  }
  return notice.corrects === undefined || notice.corrects.some((wrong) => mayBeTold(outbox.notices[wrong]));
}

/** When a person's next digest leaves: this morning's, tomorrow's, or on the first morning on which a step comes. */
function nextDigestAt(context: MailContext, person: string): Instant | null {
  const { now, outbox, edition } = context;
  const { digestAt } = edition.mail;
  const today = dateOf(now);
  const mornings = [...(digestFor(context, person, today, outbox.letters) === null ? [] : [today]), daysAfter(today, 1)].map((day) =>
    instantAt(day, digestAt),
  );
  const soon = mornings.find((morning) => unsentItems(context, person, morning, outbox.letters).length > 0);
  if (soon !== undefined) return soon;
  const tomorrow = daysAfter(today, 1);
  const steps = (context.personalReminders.get(person) ?? []).flatMap(({ reminder, roles }) =>
    roles.map(({ role, toldThrough }) => nextStepOn(reminder, role, latest(toldThrough, tomorrow))),
  );
  return earliest([...steps.map((on) => on && instantAt(on, digestAt)), nextMonthlyAt(context, person)]);
}

/** The morning on which a monthly task that is not planned yet will first be told of. */
function nextMonthlyAt({ situation, edition }: MailContext, person: string): Instant | null {
  const roles = rolesOf(situation.team, person);
  const { digestAt } = edition.mail;
  const own = situation.series.filter(({ rule }) => roles.some((role) => edition.tasks.find(({ id }) => id === rule)?.owner === role));
  return earliest(own.map(({ nextAt }) => instantAt(firstMorning(nextAt, digestAt), digestAt)));
}
