import ical, { ICalEventTransparency } from 'ical-generator';
import { epoch } from '../domain/calendar';
import type { Moment } from '../domain/moments';
import { momentInWords, type Language } from '../domain/words';

/**
 * The plan of a case as iCalendar (RFC 5545), for whoever may see its words: an event for each moment, which blocks nobody's time.
 * `plan` names it, so that a calendar which has the same plan already takes no event twice.
 */
export function calendarFile(plan: string, moments: readonly Moment[], language: Language): string {
  const calendar = ical({ prodId: { company: 'pathways', product: 'preview', language } });
  for (const [number, moment] of moments.entries()) {
    const start = new Date(epoch(moment.at));
    calendar.createEvent({
      id: `${plan}-${number}@pathways`,
      stamp: start,
      start,
      summary: momentInWords(moment, language),
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}
