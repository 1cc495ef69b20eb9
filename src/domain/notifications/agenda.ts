/* What leaves at an instant, and when the next letter or notice leaves: the candidates that are due, and the earliest after. */

import { earliest, type Instant } from '../basics/calendar';
import { memoizeUntilDue } from '../basics/memoize';
import { changed, type CaseFile } from '../case/caseFile';
import { nextExpiry } from '../case/clockEvents';
import type { Letter, Outbox } from '../state/outbox';
import { isRecalled, restsOnConsent } from '../state/questions';
import type { Notice } from '../state/situation';
import { mayHaveArrived } from './delivery';
import { dueLetters, letterCandidates } from './dueLetters';
import { mailContextAt, type MailContext } from './mailContext';

/** The letters and notices that leave at an instant. */
export interface Dispatch {
  readonly letters: readonly Letter[];
  readonly notices: readonly Notice[];
}

/**
 * Everything that is due at an instant, and the file that remembers it as under way. The clock, the preview and the list of upcoming
 * actions all use it: people are shown exactly the mail that will leave.
 */
export function dispatchAt(file: CaseFile, now: Instant): { readonly file: CaseFile; readonly dispatch: Dispatch } {
  const context = mailContextAt(file, now);
  const letters = dueLetters(context);
  const ready = letters.filter(({ nextTry }) => isDue(nextTry, now));
  const notices = context.situation.notices.filter((notice) => isDue(noticeTryAt(context, notice), now));
  const isIdle = letters.length + notices.length + context.outbox.letters.length === 0;
  if (isIdle && context.outbox.opened) return { file, dispatch: { letters: [], notices: [] } };
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
  return { file: changed(file, { outbox }), dispatch: { letters: ready, notices } };
}

function underWay(before: Outbox['notices'], notices: readonly Notice[], now: Instant): Outbox['notices'] {
  // The same object where there are none: reminders are memoized by it.
  if (notices.length === 0) return before;
  const handed = notices.map(({ id }) => [id, { firstTry: now, ...before[id], state: 'underway' as const, nextTry: null }] as const);
  return { ...before, ...Object.fromEntries(handed) };
}

/** The last alarm to each reader. */
function lastAlarmsAmong(letters: readonly Letter[]): Outbox['lastAlarms'] {
  return Object.fromEntries(letters.flatMap(({ to, numbered }) => (numbered === undefined ? [] : [[to, numbered]])));
}

/** The instant at which something is next due: now or earlier if it waits to be sent. Null where nothing will happen by itself. */
export const nextDueAt = memoizeUntilDue((file: CaseFile, now: Instant): Instant | null => {
  const context = mailContextAt(file, now);
  const { outbox, situation } = context;
  return earliest([
    nextExpiry(situation),
    ...outbox.letters.map(({ nextTry }) => nextTry),
    ...situation.notices.map((notice) => noticeTryAt(context, notice)),
    ...letterCandidates(context).map(({ at }) => at),
  ]);
});

export function isDue(at: Instant | null, now: Instant): boolean {
  return at !== null && at <= now;
}

/** The instant at which a notice is tried; null for one whose consent was withdrawn. */
export function noticeTryAt(context: MailContext, notice: Notice): Instant | null {
  if (isRecalled(context.situation.notices, notice)) return null;
  const state = context.outbox.notices[notice.id];
  if (state !== undefined) return state.nextTry;
  return mayLeave(context, notice) ? notice.at : null;
}

/** A correction leaves only if the wrong notice may have arrived. A recall waits for the outcome of what it recalls, and is not needed if nothing ever left. */
function mayLeave({ outbox, situation: { notices } }: MailContext, notice: Notice): boolean {
  if (notice.kind === 'recall') {
    const recalled = notices.slice(0, notices.indexOf(notice)).filter((each) => each.partner === notice.partner && restsOnConsent(each));
    const states = recalled.flatMap(({ id }) => outbox.notices[id]?.state ?? []).filter((state) => state !== 'held');
    return states.length > 0 && !states.includes('underway');
  }
  return notice.corrects === undefined || notice.corrects.some((wrong) => mayHaveArrived(outbox.notices[wrong]));
}
