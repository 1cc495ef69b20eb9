/* What new rules make due for the time before a case goes over to them: it is part of each person's next digest, and leaves by nothing else. */

import type { Instant } from '../basics/calendar';
import { changed, type CaseFile } from '../case/caseFile';
import type { Edition } from '../policy/edition';
import type { Held, Item, NoticeState, Outbox } from '../state/outbox';
import { isDue, noticeTryAt } from './agenda';
import { unansweredRoles } from './alarmLetters';
import { unsentItems } from './digests';
import { letterCandidates } from './dueLetters';
import { mailContextAt } from './mailContext';
import { lastMorning } from './mornings';

/** What a case has to send by an instant and has not sent, by the rules of the build that says so. */
export interface Due {
  readonly at: Instant;
  /** Items that no mail has brought, by person. */
  readonly unsent: Abouts;
  /** Those of them that leave at once, and do not wait for the next morning. */
  readonly leaving: Abouts;
  /** Without those that are held: they leave by nothing but a digest. */
  readonly alarms: readonly DueAlarm[];
  /** Notices that were never tried, by id. */
  readonly notices: readonly string[];
}

/** Per person, what items are about. */
type Abouts = Held['items'];

interface DueAlarm {
  readonly about: string;
  /** The alarm and the role. */
  readonly key: string;
  readonly role: string;
  /** Whether a task or a deadline raised it, whose date rules may move. */
  readonly isDated: boolean;
}

/** What a case has to send by an instant. Mostly nothing: it sends what is due within seconds. */
export function dueOf(file: CaseFile, at: Instant): Due {
  const context = mailContextAt(file, at);
  const { situation, outbox, alarms, people } = context;
  const candidates = letterCandidates(context).filter((each) => each.at <= at);
  const held = new Set(outbox.held?.alarms);
  return {
    at,
    unsent: byPerson(people.flatMap((person) => unsentItems(context, person, at, []))),
    leaving: byPerson([...outbox.letters, ...candidates].flatMap(({ kind, items }) => (kind === 'alarm' ? [] : items))),
    alarms: alarms.flatMap((alarm) =>
      alarm.at > at
        ? []
        : unansweredRoles(context, alarm)
            .map((role) => ({ about: alarm.about, key: `${alarm.key}/${role}`, role, isDated: alarm.cause === undefined }))
            .filter(({ key }) => !held.has(key)),
    ),
    notices: situation.notices
      .filter((notice) => outbox.notices[notice.id] === undefined && isDue(noticeTryAt(context, notice), at))
      .map(({ id }) => id),
  };
}

/**
 * The case after it went over to these rules. `before`: what it had to send by the rules that it left. What it has to send beside that, new
 * rules made due for the time before, and it is held.
 */
export function heldFrom(file: CaseFile, before: Due, now: Instant): CaseFile {
  const due = dueOf(file, before.at);
  const items = both(without(due.unsent, before.unsent), without(due.leaving, before.leaving));
  const alarms = due.alarms.filter(({ about, role }) => !before.alarms.some((each) => each.about === about && each.role === role));
  const notices = due.notices.filter((id) => !before.notices.includes(id));
  if (Object.keys(items).length + alarms.length + notices.length === 0) return file;
  return changed(file, { outbox: holding(file, { items, alarms, notices }, now) });
}

/** What new rules added to what is due. */
interface Added {
  readonly items: Abouts;
  readonly alarms: readonly DueAlarm[];
  readonly notices: readonly string[];
}

function holding({ outbox, start: { edition } }: CaseFile, { items, alarms, notices }: Added, now: Instant): Outbox {
  // Somebody was alarmed about the task or the deadline, whose date was another then.
  const [known, unknown] = parted(alarms, (alarm) => alarm.isDated && isAlarmed(outbox, alarm));
  const before = heldNow(outbox, now, edition);
  const state: NoticeState = { state: 'held', firstTry: now, nextTry: null };
  return {
    ...outbox,
    deliveredAlarms: [...outbox.deliveredAlarms, ...known.map(({ key }) => key)],
    notices: { ...outbox.notices, ...Object.fromEntries(notices.map((id) => [id, state])) },
    held: {
      since: now,
      items: both(before.items, items),
      alarms: [...before.alarms, ...unknown.map(({ key }) => key)],
    },
  };
}

function isAlarmed({ deliveredAlarms }: Outbox, { about, role }: DueAlarm): boolean {
  return deliveredAlarms.some((key) => key.startsWith(`${about}@`) && key.endsWith(`/${role}`));
}

/** What is still held: items until the first morning after, alarms until they are delivered. */
function heldNow({ held, deliveredAlarms }: Outbox, now: Instant, { mail: { digestAt } }: Edition): Omit<Held, 'since'> {
  if (held === undefined) return { items: {}, alarms: [] };
  return {
    items: lastMorning(held.since, digestAt) === lastMorning(now, digestAt) ? held.items : {},
    alarms: held.alarms.filter((key) => !deliveredAlarms.includes(key)),
  };
}

/** The items, alarms and notices that are held, each by a name that tells it apart in its case. */
export function namesHeld({ outbox, start: { edition } }: CaseFile, now: Instant): readonly string[] {
  const { items, alarms } = heldNow(outbox, now, edition);
  const notices = Object.entries(outbox.notices).filter(([, { state, firstTry }]) => state === 'held' && firstTry === outbox.held?.since);
  return [
    ...Object.entries(items).flatMap(([person, abouts]) => abouts.map((about) => `${person} ${about}`)),
    ...alarms,
    ...notices.map(([id]) => id),
  ];
}

function byPerson(items: readonly Item[]): Abouts {
  return items.reduce<Abouts>((abouts, { responsible, about }) => both(abouts, { [responsible]: [about] }), {});
}

function both(some: Abouts, others: Abouts): Abouts {
  const added = Object.entries(others).map(([person, abouts]) => [person, [...new Set([...(some[person] ?? []), ...abouts])]] as const);
  return { ...some, ...Object.fromEntries(added) };
}

function without(all: Abouts, others: Abouts): Abouts {
  const left = Object.entries(all).map(
    ([person, abouts]) => [person, abouts.filter((each) => others[person]?.includes(each) !== true)] as const,
  );
  return Object.fromEntries(left.filter(([, abouts]) => abouts.length > 0));
}

function parted<Each>(all: readonly Each[], isFirst: (each: Each) => boolean): readonly [readonly Each[], readonly Each[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}
