import ical, { foldLines, ICalEventStatus, ICalEventTransparency, type ICalEventData } from 'ical-generator';
import { daysAfter, epoch, type Instant, type PlainDate } from '../domain/basics/calendar';
import type { UpcomingAction } from '../domain/state/upcoming';
import type { PlannedDate } from '../domain/plan/plannedDates';
import { actionInWords, plannedDateInWords, planName, type Language } from '../domain/words';

/** What a calendar is made of. */
export interface Plan {
  readonly startOn: PlainDate;
  readonly madeAt: Instant;
  readonly dates: readonly PlannedDate[];
  /** The mails and notices, if they are wanted. */
  readonly mails: readonly UpcomingAction[];
  /** A name for an entry that the plan has the next time too, and no other plan. */
  readonly nameOf: (entry: readonly unknown[]) => string;
}

/**
 * The plan of a case as iCalendar (RFC 5545), for whoever may see its words, piece by piece: an event of a whole day for each task and
 * deadline, and one of its minute for each mail; none blocks anybody's time. A calendar that has a plan of the same case already finds its
 * entries by their names: one that moved is moved, and one that is over is cancelled.
 */
export function* calendarFile({ startOn, madeAt, dates, mails, nameOf }: Plan, language: Language): Generator<string, void> {
  const calendar = ical({ prodId: { company: 'pathways', product: 'preview', language }, name: planName(startOn, language) });
  const always = { stamp: new Date(epoch(madeAt)), transparency: ICalEventTransparency.TRANSPARENT };
  // Event by event: the library folds lines so slowly that a file of thousands would keep others waiting.
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
    yield event({ id: uid([at, what, about, to]), start: new Date(epoch(at)), summary: actionInWords(mail, language) });
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
