/* The next recipient's mail, after a letter was refused for good. */

import { dateOf, daysAfter, type Duration, type Instant } from '../basics/calendar';
import {
  deliveredAlarmsWith,
  isDigested,
  isInPendingAlarm,
  mayShareALetter,
  nextAlarmNumber,
  type Item,
  type Letter,
  type Outbox,
} from '../state/outbox';
import { nextTry } from './tries';

/**
 * The outbox after a letter was refused for good: the letter is forwarded to the next recipient. It joins a letter of its kind that
 * waits for that recipient, unless that one may have arrived. A repeat under the same Message-ID might not be read. Otherwise a digest
 * joins tomorrow's if the recipient has had today's, and an alarm that the recipient has already is not sent twice. If nobody is left,
 * the letter is tried again: somebody may correct the address.
 */
export function forward(outbox: Outbox, letter: Letter, next: string | null, now: Instant, every: Duration): Outbox {
  if (next === null) return { ...outbox, letters: [...outbox.letters, { ...letter, nextTry: nextTry(letter.firstTry, now, every) }] };
  const { kind, items } = letter;
  const after = withSubstitute(outbox, letter, { to: next });
  if (kind === 'alarm' && items.every((item) => isAlarmed(outbox, next, item)))
    return { ...after, deliveredAlarms: deliveredAlarmsWith(outbox, items) };
  const mayJoin = ({ nextTry: at, perhaps }: Letter) => at !== null && perhaps === undefined;
  const waiting = outbox.letters.find((each) => each.to === next && mayJoin(each) && mayShareALetter(each, letter));
  if (waiting !== undefined)
    return { ...after, letters: outbox.letters.map((each) => (each === waiting ? { ...each, items: [...each.items, ...items] } : each)) };
  const today = dateOf(now);
  if (kind === 'digest' && isDigested(outbox, next, today, outbox.letters))
    return withSubstitute(outbox, letter, { to: next, joinsDigestOn: daysAfter(today, 1) });
  const forwarded = forwardedTo(next, letter, now);
  if (kind !== 'alarm') return { ...after, letters: [...outbox.letters, forwarded] };
  const numbered = nextAlarmNumber(outbox.lastAlarms[next], now);
  return { ...after, letters: [...outbox.letters, { ...forwarded, numbered }], lastAlarms: { ...outbox.lastAlarms, [next]: numbered } };
}

/** The same letter to the next recipient. The id keeps the name of the first: it differs from every letter of the recipient's own. */
function forwardedTo(next: string, letter: Letter, now: Instant): Letter {
  const { id, to, triedRecipients } = letter;
  // It goes to the deputy already, so no copy goes there too.
  const fresh = { perhaps: undefined, deputy: undefined, nextTry: now };
  return { ...letter, ...fresh, id: `${id}/${next}`, to: next, triedRecipients: [...triedRecipients, to] };
}

function withSubstitute(outbox: Outbox, { kind, items }: Letter, substitute: Outbox['substitutes'][string]): Outbox {
  // Items that wait for tomorrow's digest stay there, whatever alarm is forwarded meanwhile.
  const before = (person: string) => (kind === 'digest' ? {} : outbox.substitutes[person]);
  const added = items.map(({ responsible }) => [responsible, { ...before(responsible), ...substitute }] as const);
  return { ...outbox, substitutes: { ...outbox.substitutes, ...Object.fromEntries(added) } };
}

/** Whether a person knows of an item or an alarm about it is on its way to them. Also if somebody, such as a deputy, has read this very alarm. */
function isAlarmed(outbox: Outbox, person: string, { about, date, alarms = [] }: Item): boolean {
  const isRead = alarms.length > 0 && alarms.every((key) => outbox.deliveredAlarms.includes(key));
  const notified = outbox.notifiedThrough[person]?.[about];
  return isRead || (notified !== undefined && notified.on >= date) || isInPendingAlarm(about, person, outbox.letters);
}
