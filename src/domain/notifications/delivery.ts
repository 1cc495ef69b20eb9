/* What a case remembers of each try to deliver a letter or a notice. */

import { dateOf, daysAfter, instantAt, later, latest, type Instant, type PlainDate } from '../basics/calendar';
import { memoizeLast } from '../basics/memoize';
import { changed, type CaseFile } from '../case/caseFile';
import type { MailRules } from '../policy/edition';
import { deliveredAlarmsWith, type Letter, type NoticeState, type Outbox, type Outcome } from '../state/outbox';
import { forward } from './forwarding';
import { withReceipts } from './receipts';
import { nextTry } from './tries';

/** The file after tries to deliver letters and notices. */
export function afterDelivery(file: CaseFile, outcomes: readonly Outcome[], now: Instant): CaseFile {
  const rules = file.start.edition.mail;
  const deadlines = new Set(file.situation.deadlines.map(({ id }) => id));
  // Deferred letters first: a forwarded letter may have to join one of them.
  const deferredFirst = [
    ...outcomes.filter(({ outcome }) => outcome === 'deferred'),
    ...outcomes.filter(({ outcome }) => outcome !== 'deferred'),
  ];
  const outbox = deferredFirst.reduce(
    (before, outcome) => afterTry(withReceipt(before, outcome, deadlines, now), outcome, now, rules),
    file.outbox,
  );
  return changed(file, { outbox });
}

function withReceipt(outbox: Outbox, { id, outcome }: Outcome, deadlines: ReadonlySet<string>, now: Instant): Outbox {
  const letter = outbox.letters.find((each) => each.id === id);
  if (letter === undefined || (outcome !== 'delivered' && outcome !== 'refused')) return outbox;
  return { ...outbox, receipts: withReceipts(outbox.receipts, letter, outcome, { deadlines, now }) };
}

function afterTry(outbox: Outbox, outcome: Outcome, now: Instant, rules: MailRules): Outbox {
  const letter = outbox.letters.find(({ id }) => id === outcome.id);
  return letter === undefined ? noticeAfter(outbox, outcome, now, rules) : letterAfter(outbox, letter, outcome, now, rules);
}

function letterAfter(outbox: Outbox, letter: Letter, outcome: Outcome, now: Instant, rules: MailRules): Outbox {
  const others = outbox.letters.filter(({ id }) => id !== letter.id);
  switch (outcome.outcome) {
    case 'delivered':
      return afterArrival({ ...outbox, letters: others }, letter, now);
    case 'deferred':
      return { ...outbox, letters: [...others, { ...letter, nextTry: now }] };
    case 'failed':
      return {
        ...withFailedTry(outbox, letter, now, rules),
        letters: [
          ...others,
          { ...letter, nextTry: nextTry(letter.firstTry, now, rules.tryEvery), deputy: outcome.deputy ?? letter.deputy },
        ],
      };
    case 'perhaps':
      return afterUnconfirmed({ ...outbox, letters: others }, { ...letter, deputy: outcome.deputy ?? letter.deputy }, now, rules);
    case 'refused':
      return forward({ ...outbox, letters: others }, letter, outcome.next, now, rules.tryEvery);
  }
}

/** Failed tries with less than `unreachedAfter` between them count as one stretch, whatever their letters. */
function withFailedTry(outbox: Outbox, { to, firstTry }: Letter, now: Instant, { unreachedAfter }: MailRules): Outbox {
  const before = outbox.unreached[to];
  const goesOn = before !== undefined && now <= later(before.last, unreachedAfter);
  return { ...outbox, unreached: { ...outbox.unreached, [to]: { since: goesOn ? before.since : firstTry, last: now } } };
}

/**
 * A letter without an answer may have arrived, so it is repeated late and seldom, and nobody counts as notified by it. After the last
 * repeat a digest waits for the end of its time, when its open items join the next morning's; an alarm rests.
 */
function afterUnconfirmed(outbox: Outbox, letter: Letter, now: Instant, { perhaps: { tryAfter, sends }, digestAt }: MailRules): Outbox {
  const perhaps = (letter.perhaps ?? 0) + 1;
  const after: Outbox = { ...outbox, unconfirmed: [...outbox.unconfirmed.filter((each) => each !== letter.to), letter.to] };
  const waiting = (until: Instant): Outbox => ({ ...after, letters: [...outbox.letters, { ...letter, perhaps, nextTry: until }] });
  if (perhaps < sends) return waiting(later(now, tryAfter));
  if (letter.kind !== 'alarm') return waiting(instantAt(daysAfter(letter.day, 1), digestAt));
  return { ...after, deliveredAlarms: deliveredAlarmsWith(outbox, letter.items) };
}

function afterArrival(outbox: Outbox, letter: Letter, now: Instant): Outbox {
  const day = letter.kind === 'alarm' ? dateOf(now) : letter.day;
  const people = [...new Set(letter.items.map(({ responsible }) => responsible))];
  const notified = people.map(
    (person) => [person, { ...outbox.notifiedThrough[person], ...notifiedNow(outbox, letter, { person, day, now }) }] as const,
  );
  // A person who can be reached again needs no substitute.
  const substitutes = Object.fromEntries(Object.entries(outbox.substitutes).filter(([person]) => person !== letter.to));
  return {
    ...outbox,
    notifiedThrough: { ...outbox.notifiedThrough, ...Object.fromEntries(notified) },
    substitutes,
    unconfirmed: outbox.unconfirmed.filter((each) => each !== letter.to),
    unreached: Object.fromEntries(Object.entries(outbox.unreached).filter(([to]) => to !== letter.to)),
    lastDigestOn: letter.kind === 'digest' ? { ...outbox.lastDigestOn, [letter.to]: dateOf(now) } : outbox.lastDigestOn,
    deliveredAlarms: deliveredAlarmsWith(outbox, letter.items),
  };
}

/** The items of a person that a delivered letter covers: up to which date, and when its content was computed. */
function notifiedNow(
  outbox: Outbox,
  { items, handedOver }: Letter,
  { person, day, now }: { person: string; day: PlainDate; now: Instant },
): Outbox['notifiedThrough'][string] {
  const before = outbox.notifiedThrough[person] ?? {};
  const covered = items.filter(({ responsible }) => responsible === person);
  return Object.fromEntries(covered.map(({ about }) => [about, { on: latest(before[about]?.on ?? day, day), at: handedOver ?? now }]));
}

function noticeAfter(outbox: Outbox, outcome: Outcome, now: Instant, rules: MailRules): Outbox {
  const { id } = outcome;
  const before = outbox.notices[id];
  if (before === undefined) return outbox;
  return { ...outbox, notices: { ...outbox.notices, [id]: noticeStateAfter(before, outcome, now, rules) } };
}

function noticeStateAfter(before: NoticeState, outcome: Outcome, now: Instant, rules: MailRules): NoticeState {
  const { firstTry, perhaps = 0 } = before;
  switch (outcome.outcome) {
    case 'deferred':
      return before;
    case 'delivered':
      return { state: 'delivered', firstTry, nextTry: null };
    case 'refused':
      return { state: 'refused', firstTry, nextTry: null };
    case 'failed': {
      const regular = nextTry(firstTry, now, rules.tryEvery);
      const { askedToWait } = outcome;
      return { ...before, state: 'failed', nextTry: askedToWait === undefined ? regular : latest(regular, later(now, askedToWait)) };
    }
    case 'perhaps': {
      const { tryAfter, sends } = rules.perhaps;
      return { state: 'perhaps', firstTry, nextTry: perhaps + 1 < sends ? later(now, tryAfter) : null, perhaps: perhaps + 1 };
    }
  }
}

/** Whether a notice has arrived at a partner, or may have. */
export function mayHaveArrived(notice: NoticeState | undefined): boolean {
  return notice !== undefined && (notice.state === 'delivered' || notice.perhaps !== undefined);
}

/** The file if everything under way arrives. The timer is set from this, so a successful delivery does not re-arm it. */
export const assumingDelivered = memoizeLast((file: CaseFile, now: Instant): CaseFile => assumingOutcome(file, 'delivered', now));

/** The file if everything under way ends in one outcome. */
export function assumingOutcome(file: CaseFile, outcome: 'delivered' | 'perhaps', now: Instant): CaseFile {
  const letters = file.outbox.letters.filter(({ nextTry: next }) => next === null);
  const notices = Object.entries(file.outbox.notices).filter(([, { state }]) => state === 'underway');
  const ids = [...letters.map(({ id }) => id), ...notices.map(([id]) => id)];
  if (ids.length === 0) return file;
  return afterDelivery(
    file,
    ids.map((id) => ({ id, outcome })),
    now,
  );
}
