/* The letters about alarms: to whom, at which instant, and with which number. */

import { later, latest, type Instant } from '../basics/calendar';
import { memoizeLast } from '../basics/memoize';
import type { TeamRole } from '../basics/roles';
import { nextAlarmNumber, type Item, type Letter, type Outbox } from '../state/outbox';
import type { RaisedAlarm } from './alarms';
import { lettersDue, merged, namedByFirstItem, type LetterCandidate } from './letterCandidate';
import { holderOf, type MailContext } from './mailContext';
import { heldRoles } from './reminder';

/** The alarm letters that are due, each with its number for its reader. */
export function alarmLetters(context: MailContext, letters: readonly Letter[]): readonly Letter[] {
  return numbered(lettersDue(alarmCandidates(context, letters), context.now), context.outbox.lastAlarms, context.now);
}

/** Each alarm for each person who has not been sent it, and the copies to deputies. */
export function alarmCandidates(context: MailContext, letters: readonly Letter[]): readonly LetterCandidate[] {
  return [...unsentAlarms(context, letters), ...copiesToDeputies(context, letters)];
}

function numbered(alarms: readonly Letter[], last: Outbox['lastAlarms'], now: Instant): readonly Letter[] {
  return alarms.reduce<readonly Letter[]>((before, alarm) => {
    const previous = before.findLast(({ to }) => to === alarm.to)?.numbered ?? last[alarm.to];
    return [...before, { ...alarm, numbered: nextAlarmNumber(previous, now) }];
  }, []);
}

/** One letter for all alarms of one instant to one person. */
function unsentAlarms(context: MailContext, letters: readonly Letter[]): readonly LetterCandidate[] {
  const held = setOf(context.outbox.held?.alarms ?? none);
  const single = context.alarms.flatMap((alarm) => {
    const roles = unansweredRoles(context, alarm).filter((role) => !held.has(`${alarm.key}/${role}`));
    return roles.length === 0 ? [] : context.people.flatMap((person) => alarmFor(context, alarm, person, roles, letters) ?? []);
  });
  return merged(single).map(namedByFirstItem);
}

/** The alarms that a person's next digest brings: new rules raised them for the time before the case went over to them. */
export function heldAlarmItems(context: MailContext, person: string, by: Instant): readonly Item[] {
  const { held } = context.outbox;
  if (held === undefined || by <= held.since) return [];
  return context.alarms.flatMap((alarm) => {
    const roles = unansweredRoles(context, alarm).filter((role) => held.alarms.includes(`${alarm.key}/${role}`));
    return roles.length === 0 ? [] : (alarmFor(context, alarm, person, roles, [])?.items ?? []);
  });
}

/** The roles for which nobody was sent the alarm. A person who takes a role after others were alarmed finds the item in the digest. */
export function unansweredRoles({ situation: { team }, outbox }: MailContext, alarm: RaisedAlarm): readonly TeamRole[] {
  const delivered = setOf(outbox.deliveredAlarms);
  const isAnswered = (role: TeamRole) => delivered.has(`${alarm.key}/${role}`);
  const isKnown = alarm.to.some(isAnswered);
  return heldRoles(alarm.to, team).filter((role) => !isAnswered(role) && !(isKnown && (team[role]?.since ?? alarm.at) > alarm.at));
}

const none: readonly string[] = [];
// A case may have hundreds, and every wake asks about each.
const setOf = memoizeLast((keys: readonly string[]): ReadonlySet<string> => new Set(keys));

function alarmFor(
  { situation: { team } }: MailContext,
  alarm: RaisedAlarm,
  person: string,
  unanswered: readonly TeamRole[],
  letters: readonly Letter[],
): LetterCandidate | null {
  const roles = unanswered.filter((role) => holderOf(team, role) === person);
  const alarms = roles.map((role) => `${alarm.key}/${role}`);
  const isWritten = (key: string) =>
    letters.some(({ items }) => items.some((item) => item.responsible === person && item.alarms?.includes(key) === true));
  if (alarms.every(isWritten)) return null;
  return {
    id: `alarm/${alarm.at}/${person}`,
    // A person who took the role later is alarmed then.
    at: roles.reduce((at, role) => latest(at, team[role]?.since ?? alarm.at), alarm.at),
    kind: 'alarm',
    to: person,
    items: [{ about: alarm.about, step: 'alarm', date: alarm.date, responsible: person, alarms }],
  };
}

/** An alarm goes to the deputy too if it could not be delivered for an hour. The addressee's own letter is tried on. */
function copiesToDeputies({ outbox, edition }: MailContext, letters: readonly Letter[]): readonly LetterCandidate[] {
  return letters.flatMap((alarm) => {
    const { id, kind, to, triedRecipients, deputy, items, firstTry } = alarm;
    if (kind !== 'alarm' || deputy === undefined || [to, ...triedRecipients].includes(deputy)) return [];
    const copy = `${id}/deputy`;
    // Two people may be each other's deputy: a copy is never copied again.
    if (id.endsWith('/deputy') || letters.some((each) => each.id === copy)) return [];
    const isRead = items.every(({ alarms = [] }) => alarms.every((key) => outbox.deliveredAlarms.includes(key)));
    return isRead ? [] : [{ id: copy, at: later(firstTry, edition.mail.alarmToDeputyAfter), kind, to: deputy, items }];
  });
}
