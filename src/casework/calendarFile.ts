import ical, { foldLines, ICalEventStatus, ICalEventTransparency, type ICalEventData } from 'ical-generator';
import { daysAfter, epoch, type Instant, type PlainDate } from '../domain/basics/calendar';
import type { UpcomingAction } from '../domain/state/upcoming';
import type { PlannedDate } from '../domain/plan/plannedDates';
import { momentInWords, plannedDateInWords, planName, type Language } from '../domain/words';

/** The content of a calendar. */
export interface Plan {
  readonly startOn: PlainDate;
  readonly madeAt: Instant;
  readonly dates: readonly PlannedDate[];
  /** The mails and notices, if they are wanted. */
  readonly mails: readonly UpcomingAction[];
  /** A name for an entry. The next plan of the same case gives the same name, and no other plan does. */
  readonly nameOf: (entry: readonly unknown[]) => string;
}

/**
 * The plan of a case as iCalendar (RFC 5545), piece by piece. A task or deadline is an event of a whole day, and a mail is an event of its
 * minute. No event blocks anybody's time. A calendar that already holds a plan of the same case finds the entries by their names. There an
 * entry that moved is moved, and an entry that is over is cancelled.
 */
export function* calendarFile({ startOn, madeAt, dates, mails, nameOf }: Plan, language: Language): Generator<string, void> {
  const calendar = ical({ prodId: { company: 'pathways', product: 'preview', language }, name: planName(startOn, language) });
  const always = { stamp: new Date(epoch(madeAt)), transparency: ICalEventTransparency.TRANSPARENT };
  // Event by event: the library folds lines so slowly that a file of thousands would keep other requests waiting.
  const event = (data: ICalEventData) => foldLines(calendar.createEvent({ ...always, ...data }).toString());
  const uid = uniqueNames(nameOf);
  yield calendar.toString().slice(0, -lastLine.length);
  for (const date of dates) {
    const status = date.isOver ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED;
    const summary = plannedDateInWords(date, language);
    yield event({ id: uid([date.what, date.id]), ...wholeDay(date.on), status, summary });
  }
  for (const mail of mails) {
    const { at, what, about, to } = mail;
    yield event({ id: uid([at, what, about, to]), start: new Date(epoch(at)), summary: momentInWords(mail, language) });
  }
  yield `${lastLine}\r\n`;
}

const lastLine = 'END:VCALENDAR';

function wholeDay(date: PlainDate): Pick<ICalEventData, 'allDay' | 'start' | 'end'> {
  // The end is the first day after it; the library takes both in UTC.
  return { allDay: true, start: new Date(date), end: new Date(daysAfter(date, 1)) };
}

/** Names of entries; those that are alike are numbered. */
function uniqueNames(nameOf: Plan['nameOf']): (entry: readonly unknown[]) => string {
  const count = new Map<string, number>();
  return (entry) => {
    const name = nameOf(entry);
    const number = (count.get(name) ?? 0) + 1;
    count.set(name, number);
    return `${name}-${number}@pathways`;
  };
}
