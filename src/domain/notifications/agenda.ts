/** What leaves at an instant, and when the next letter or notice leaves: the candidates that are due, and the earliest after. */

import { earliest, type Instant } from '../basics/calendar';
import { memoizeUntilDue } from '../basics/memoize';
import type { CaseFile } from '../case/caseFile';
import { nextExpiry } from '../case/evolve';
import type { Letter, Outbox } from '../state/outbox';
import { isRecalled } from '../state/questions';
import type { Notice } from '../state/situation';
import { mayBeTold } from './delivery';
import { dueLetters, letterCandidates } from './dueLetters';
import { mailContextAt, type MailContext } from './mailContext';

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
    ...outbox.letters.map(({ nextTry }) => nextTry),
    ...situation.notices.map((notice) => noticeTryAt(context, notice)),
    ...letterCandidates(context).map(({ at }) => at),
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
