import {
  dateOf,
  daysAfter,
  instantAt,
  later,
  latest,
  minutesBetween,
  type Duration,
  type Instant,
  type PlainDate,
} from '../basics/calendar';
import { situationAt, type CaseFile } from '../case/caseFile';
import type { MailRules } from '../policy/edition';
import {
  nextAlarmNumber,
  mayShareALetter,
  isInPendingAlarm,
  type Item,
  type Letter,
  type NoticeState,
  type Outcome,
  type Outbox,
} from '../state/outbox';
import { withReceipts } from './receipts';
import { memoizeLast } from '../basics/memoize';

/** The file after tries to deliver letters and notices: what was told, what is tried again, what falls to whom. */
export function afterDelivery(file: CaseFile, outcomes: readonly Outcome[], now: Instant): CaseFile {
  const rules = file.start.edition.mail;
  const deadlines = new Set(file.situation.deadlines.map(({ id }) => id));
  // What falls to somebody whose own was held joins it, so that has to wait again first.
  const inTurn = [...outcomes.filter(({ outcome }) => outcome === 'held'), ...outcomes.filter(({ outcome }) => outcome !== 'held')];
  const outbox = inTurn.reduce((before, outcome) => afterTry(proven(before, outcome, deadlines, now), outcome, now, rules), file.outbox);
  return { ...file, outbox };
}

function proven(outbox: Outbox, { id, outcome }: Outcome, deadlines: ReadonlySet<string>, now: Instant): Outbox {
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
      return toldOf({ ...outbox, letters: others }, letter, now);
    case 'held':
      return { ...outbox, letters: [...others, { ...letter, nextTry: now }] };
    case 'failed':
      return {
        ...triedInVain(outbox, letter, now, rules),
        letters: [
          ...others,
          { ...letter, nextTry: nextTry(letter.firstTry, now, rules.tryEvery), deputy: outcome.deputy ?? letter.deputy },
        ],
      };
    case 'perhaps':
      return perhapsTold({ ...outbox, letters: others }, { ...letter, deputy: outcome.deputy ?? letter.deputy }, now, rules);
    case 'refused':
      return forward({ ...outbox, letters: others }, letter, outcome.next, now, rules.tryEvery);
  }
}

/** Tries that follow one another within the time are of one stretch, whichever letters they were of. */
function triedInVain(outbox: Outbox, { to, firstTry }: Letter, now: Instant, { unreachedAfter }: MailRules): Outbox {
  const before = outbox.unreached[to];
  const goesOn = before !== undefined && now <= later(before.last, unreachedAfter);
  return { ...outbox, unreached: { ...outbox.unreached, [to]: { since: goesOn ? before.since : firstTry, last: now } } };
}

/**
 * A letter whose answer was not heard may have arrived, so it is not repeated for a good while, and not often. Nobody counts as told by
 * it. Sent often enough, a digest waits for the end of its time, when what is open joins the next morning's; an alarm rests.
 */
function perhapsTold(outbox: Outbox, letter: Letter, now: Instant, { perhaps: { tryAfter, sends }, digestAt }: MailRules): Outbox {
  const perhaps = (letter.perhaps ?? 0) + 1;
  const after: Outbox = { ...outbox, unconfirmed: [...outbox.unconfirmed.filter((each) => each !== letter.to), letter.to] };
  const waiting = (until: Instant): Outbox => ({ ...after, letters: [...outbox.letters, { ...letter, perhaps, nextTry: until }] });
  if (perhaps < sends) return waiting(later(now, tryAfter));
  if (letter.kind !== 'alarm') return waiting(instantAt(daysAfter(letter.day, 1), digestAt));
  return { ...after, deliveredAlarms: [...outbox.deliveredAlarms, ...letter.items.flatMap(({ alarms }) => alarms ?? [])] };
}

function toldOf(outbox: Outbox, letter: Letter, now: Instant): Outbox {
  const day = letter.kind === 'alarm' ? dateOf(now) : letter.day;
  const told = Object.fromEntries(
    [...new Set(letter.items.map(({ of }) => of))].map((of) => [
      of,
      { ...outbox.notifiedThrough[of], ...toldNow(outbox, letter, { of, day, now }) },
    ]),
  );
  // Who can be reached again needs nobody to stand in.
  const substitutes = Object.fromEntries(Object.entries(outbox.substitutes).filter(([of]) => of !== letter.to));
  return {
    ...outbox,
    notifiedThrough: { ...outbox.notifiedThrough, ...told },
    substitutes,
    unconfirmed: outbox.unconfirmed.filter((each) => each !== letter.to),
    unreached: Object.fromEntries(Object.entries(outbox.unreached).filter(([to]) => to !== letter.to)),
    lastDigestOn: letter.kind === 'digest' ? { ...outbox.lastDigestOn, [letter.to]: dateOf(now) } : outbox.lastDigestOn,
    deliveredAlarms: [...outbox.deliveredAlarms, ...letter.items.flatMap(({ alarms }) => alarms ?? [])],
  };
}

/** What a letter that arrived told somebody: of each item up to which day, and when that was so. */
function toldNow(
  outbox: Outbox,
  { items, handedOver }: Letter,
  { of, day, now }: { of: string; day: PlainDate; now: Instant },
): Outbox['notifiedThrough'][string] {
  const his = items.filter((item) => item.of === of);
  return Object.fromEntries(
    his.map(({ about }) => [about, { on: latest(outbox.notifiedThrough[of]?.[about]?.on ?? day, day), at: handedOver ?? now }]),
  );
}

/**
 * A letter refused for good goes to whom it falls to. It joins a letter of its kind that waits for him already, unless that may have
 * arrived: a repeat under the same Message-ID might not be read. A digest otherwise joins tomorrow's where he has had today's, and an alarm that he gets already is not sent twice.
 * With nobody left it is tried again: somebody may mend the address.
 */
function forward(outbox: Outbox, letter: Letter, next: string | null, now: Instant, every: Duration): Outbox {
  if (next === null) return { ...outbox, letters: [...outbox.letters, { ...letter, nextTry: nextTry(letter.firstTry, now, every) }] };
  const { kind, items } = letter;
  // What is to stand in tomorrow's digest stands there whatever alarm falls meanwhile.
  const asBefore = (of: string) => (kind === 'digest' ? {} : outbox.substitutes[of]);
  const fallen = (standIn: Outbox['substitutes'][string]): Outbox => ({
    ...outbox,
    substitutes: { ...outbox.substitutes, ...Object.fromEntries(items.map(({ of }) => [of, { ...asBefore(of), ...standIn }])) },
  });
  const after = fallen({ to: next });
  if (kind === 'alarm' && items.every((item) => isAlarmed(outbox, next, item)))
    return { ...after, deliveredAlarms: [...outbox.deliveredAlarms, ...items.flatMap(({ alarms }) => alarms ?? [])] };
  const mayJoin = ({ nextTry: at, perhaps }: Letter) => at !== null && perhaps === undefined;
  const waiting = outbox.letters.find((each) => each.to === next && mayJoin(each) && mayShareALetter(each, letter));
  if (waiting !== undefined)
    return { ...after, letters: outbox.letters.map((each) => (each === waiting ? { ...each, items: [...each.items, ...items] } : each)) };
  if (kind === 'digest' && isDigested(outbox, next, dateOf(now))) return fallen({ to: next, joinsDigestOn: daysAfter(dateOf(now), 1) });
  // The name of the one it was meant for stays in it: it is another letter than any that he gets for himself.
  const forwarded: Letter = {
    ...letter,
    id: `${letter.id}/${next}`,
    to: next,
    triedRecipients: [...letter.triedRecipients, letter.to],
    nextTry: now,
    perhaps: undefined,
    // It is on its way to the deputy: no copy of it goes there too.
    deputy: undefined,
  };
  if (kind !== 'alarm') return { ...after, letters: [...outbox.letters, forwarded] };
  const numbered = nextAlarmNumber(outbox.lastAlarms[next], now);
  return { ...after, letters: [...outbox.letters, { ...forwarded, numbered }], lastAlarms: { ...outbox.lastAlarms, [next]: numbered } };
}

/** Whether a person has had a digest on a day, or one is on its way: that of an earlier day too, which may arrive at any moment. */
export function isDigested(outbox: Outbox, person: string, day: PlainDate, letters: readonly Letter[] = outbox.letters): boolean {
  return (
    outbox.lastDigestOn[person] === day ||
    letters.some((each) => each.kind === 'digest' && each.to === person && (each.day === day || each.nextTry === null))
  );
}

/** Whether a person was told of it, or an alarm about it is on its way to them, or somebody has read this very alarm: a deputy has its copy. */
function isAlarmed(outbox: Outbox, person: string, { about, date, alarms = [] }: Item): boolean {
  const isRead = alarms.length > 0 && alarms.every((key) => outbox.deliveredAlarms.includes(key));
  return isRead || (outbox.notifiedThrough[person]?.[about]?.on ?? '') >= date || isInPendingAlarm(about, person, outbox.letters);
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
    case 'held':
      return before;
    case 'delivered':
      return { state: 'told', firstTry, nextTry: null };
    case 'refused':
      return { state: 'refused', firstTry, nextTry: null };
    case 'failed': {
      const inTurn = nextTry(firstTry, now, rules.tryEvery);
      const { askedToWait } = outcome;
      return { ...before, state: 'failed', nextTry: askedToWait === undefined ? inTurn : latest(inTurn, later(now, askedToWait)) };
    }
    case 'perhaps': {
      const { tryAfter, sends } = rules.perhaps;
      return { state: 'perhaps', firstTry, nextTry: perhaps + 1 < sends ? later(now, tryAfter) : null, perhaps: perhaps + 1 };
    }
  }
}

/** Whether a partner knows of a notice, or may know. */
export function mayBeTold(notice: NoticeState | undefined): boolean {
  return notice !== undefined && (notice.state === 'told' || notice.perhaps !== undefined);
}

/** The next of the tries, which are evenly spaced from the first. */
function nextTry(first: Instant, now: Instant, every: Duration): Instant {
  const minutes = minutesBetween(first, later(first, every));
  const gone = Math.floor(Math.max(0, minutesBetween(first, now)) / minutes) + 1;
  return later(first, `PT${gone * minutes}M`);
}

/** The file as it will be if everything under way arrives: what the clock is set by, so that an answer as hoped changes nothing. */
export const assumingDelivered = memoizeLast((file: CaseFile, now: Instant): CaseFile => supposing(file, 'delivered', now));

function supposing(file: CaseFile, outcome: 'delivered' | 'perhaps', now: Instant): CaseFile {
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

/**
 * What the next run has to know of what was sent: of what still stands the last step, and nothing of what has ended. What is still under
 * way may have arrived: the answer would come to a run that has ended.
 */
export function forNextRun(file: CaseFile, now: Instant): Outbox {
  const { outbox } = supposing(file, 'perhaps', now);
  // Of now, not of the last fact: the clock has planned tasks since.
  const situation = situationAt(file, now);
  const unmet = [...situation.tasks, ...situation.deadlines].filter(({ end }) => end === null).map(({ id }) => id);
  // Of what raised an alarm too: somebody else's, not yet delivered, may still fall to who has been told.
  const standing = new Set<string>([...unmet, ...situation.notices.map(({ kind }) => kind), ...situation.alarms.map(({ about }) => about)]);
  const told = Object.entries(outbox.notifiedThrough).map(
    ([of, items]) => [of, Object.fromEntries(Object.entries(items).filter(([about]) => standing.has(about)))] as const,
  );
  return { ...outbox, notifiedThrough: Object.fromEntries(told) };
}
