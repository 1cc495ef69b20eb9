/* The letters about urgent new tasks. */

import { dateOf, daysAfter, instantAt } from '../basics/calendar';
import { isHeld, type Letter } from '../state/outbox';
import type { Task } from '../state/workPlan';
import { merged, namedByFirstItem, type LetterCandidate } from './letterCandidate';
import { holderOf, type MailContext } from './mailContext';

/** The first mail about tasks that are due within a day and were planned after that day's digest. */
export function urgentLetters(context: MailContext, letters: readonly Letter[]): readonly LetterCandidate[] {
  const { situation, outbox } = context;
  if (!outbox.opened && letters.length === 0) return [];
  const urgent = situation.tasks.filter((task) => task.urgent && task.end === null && isNewAfterDigest(context, task, letters));
  return merged(
    urgent.map(({ id, owner, plannedAt, dueOn }) => {
      const to = holderOf(situation.team, owner);
      const items = [{ about: id, step: 'planned' as const, date: dueOn, responsible: to }];
      return { id: `new/${plannedAt}/${to}`, at: plannedAt, kind: 'new', to, items };
    }),
  ).map(namedByFirstItem);
}

function isNewAfterDigest(context: MailContext, { id, owner, plannedAt }: Task, letters: readonly Letter[]): boolean {
  const { situation, personalReminders, edition, outbox, now } = context;
  const holder = holderOf(situation.team, owner);
  const day = dateOf(plannedAt);
  const isAfterDigest = plannedAt > instantAt(day, edition.mail.digestAt) || outbox.lastDigestOn[holder] === day;
  const isTooLate = now > instantAt(daysAfter(day, 1), edition.mail.digestTriedUntil);
  const waits = isHeld(outbox, { responsible: holder, about: id }, plannedAt);
  const isWritten = letters.some(({ items }) => items.some((item) => item.responsible === holder && item.about === id));
  const reminders = personalReminders.get(holder) ?? [];
  return (
    isAfterDigest &&
    !isTooLate &&
    !waits &&
    !isWritten &&
    reminders.some(({ reminder, newSince }) => reminder.about === id && newSince === plannedAt)
  );
}
