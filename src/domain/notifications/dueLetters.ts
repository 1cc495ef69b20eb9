/* All letters of an instant: those that wait, checked again, and the new ones of every kind. */

import { daysAfter, instantAt } from '../basics/calendar';
import { isInPendingAlarm, type Item, type Letter } from '../state/outbox';
import { alarmCandidates, alarmLetters } from './alarmLetters';
import { morningDigests, openingDigests } from './digests';
import { lettersDue, type CandidateMaker, type LetterCandidate } from './letterCandidate';
import { rolesOf, type MailContext } from './mailContext';
import { isAmongStepsBy } from './reminder';
import { urgentLetters } from './urgentLetters';

/** In this order: each maker leaves out what the letters before say. */
const makersAfterAlarms: readonly CandidateMaker[] = [openingDigests, morningDigests, urgentLetters];

/** All letters that are undelivered at this instant: those written before, checked again, and the new ones. */
export function dueLetters(context: MailContext): readonly Letter[] {
  const kept = context.outbox.letters.flatMap((letter) =>
    withItems(letter, (item) => isInTime(context, letter) && isStillDue(context, letter, item)),
  );
  const alarms = alarmLetters(context, kept);
  const undelivered = [...kept, ...alarms];
  const notAlarmed = kept.flatMap((letter) => withItems(letter, (item) => !isInAlarm(context, letter, item, undelivered)));
  return makersAfterAlarms.reduce<readonly Letter[]>(
    (letters, make) => [...letters, ...lettersDue(make(context, letters), context.now)],
    [...notAlarmed, ...alarms],
  );
}

/** The letters that a case will write, now or later, unless something changes. */
export function letterCandidates(context: MailContext): readonly LetterCandidate[] {
  return [alarmCandidates, ...makersAfterAlarms].flatMap((make) => make(context, context.outbox.letters));
}

/** A letter with the items that pass a test; none where no item is left. A letter that is under way is left as it is. */
function withItems(letter: Letter, passes: (item: Item) => boolean): Letter[] {
  if (letter.nextTry === null) return [letter];
  const items = letter.items.filter(passes);
  return items.length === 0 ? [] : [{ ...letter, items }];
}

function isInTime({ now, edition }: MailContext, { kind, day }: Letter): boolean {
  return kind === 'alarm' || now <= instantAt(daysAfter(day, 1), edition.mail.digestTriedUntil);
}

/** Whether an item is still open, and still for the same person: they may have left the role. */
function isStillDue(context: MailContext, { day }: Letter, { responsible, about, step, date, alarms }: Item): boolean {
  const roles = rolesOf(context.situation.team, responsible);
  if (alarms !== undefined) return context.alarms.some(({ key }) => roles.some((role) => alarms.includes(`${key}/${role}`)));
  const reminders = context.personalReminders.get(responsible) ?? [];
  return reminders.some(({ reminder }) => reminder.about === about && reminder.date === date && isAmongStepsBy(reminder, step, roles, day));
}

/** Whether the addressee of a waiting digest was alarmed about an item since, or is about to be. */
function isInAlarm(
  context: MailContext,
  { kind, to, firstTry }: Letter,
  { responsible, about }: Item,
  letters: readonly Letter[],
): boolean {
  if (kind !== 'digest' || responsible !== to) return false;
  const roles = rolesOf(context.situation.team, responsible);
  const { deliveredAlarms } = context.outbox;
  const isAlarmed = context.alarms.some(
    (alarm) => alarm.about === about && alarm.at >= firstTry && roles.some((role) => deliveredAlarms.includes(`${alarm.key}/${role}`)),
  );
  return isAlarmed || isInPendingAlarm(about, to, letters);
}
