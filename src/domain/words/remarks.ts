/* Remarks beside the dates of a case, in Dutch and English. */

import { dateInWords } from '.';
import type { PlainDate } from '../basics/calendar';
import type { Words } from '../basics/language';

/** When the period was offered to the person. */
export function offeredOn(date: PlainDate): Words {
  return {
    nl: `De bedenktijd is aangeboden op ${dateInWords(date, 'nl')}.`,
    en: `The reflection period was offered on ${dateInWords(date, 'en')}.`,
  };
}

/** The start of a term of IND that began with an M55. */
export const countedFromTheM55: Words = {
  nl: 'De aanvraag telt vanaf de dag waarop de M55 is verstuurd.',
  en: 'The application counts from the day on which the M55 was sent.',
};

/** The start of a term that nobody has named otherwise. */
export const earliestReading: Words = {
  nl: 'Vroegste lezing: geteld vanaf het sepot, alsof betrokkene er die dag van wist.',
  en: 'Earliest reading: counted from the dismissal, as if the person knew of it on that day.',
};

/** How far the withdrawal of a permit may reach back. */
export function withdrawalReachesBack(to: PlainDate): Words {
  return {
    nl: `Een intrekking van de vergunning kan terugwerken tot ${dateInWords(to, 'nl')}, de dag van het sepot.`,
    en: `A withdrawal of the permit may reach back to ${dateInWords(to, 'en')}, the day of the dismissal.`,
  };
}
