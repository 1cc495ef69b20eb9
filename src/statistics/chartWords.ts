/* The words around a chart. */

import { dateOf } from '../domain/basics/calendar';
import type { Language } from '../domain/basics/language';
import { dateInWords } from '../domain/words';
import type { StatisticView } from './view';
import { someWords } from './words';

export function headOf(view: StatisticView, language: Language): { readonly title: string; readonly subtitle: string } {
  return { title: `${view.title}, ${periodInWords(view, language)}`, subtitle: view.counts };
}

/** The source and the date; and what hatching means, where something is hatched. */
export function footOf(view: StatisticView, language: Language, hides: boolean): readonly string[] {
  const sources = 'periods' in view ? [...new Set(view.periods.map(({ source }) => source))] : [view.source];
  const date = dateInWords(dateOf(view.madeAt), language);
  const { published, exact, sourceIs, hatched } = someWords;
  const state = view.publishedAt === null ? `${exact[language]}, ${date}` : `${published[language]} ${date}`;
  return [...(hides ? [hatched[language]] : []), `${sourceIs[language]}: ${sources.join('; ')}. ${state}.`];
}

function periodInWords(view: StatisticView, language: Language): string {
  if ('periods' in view) {
    const [first, last] = [view.periods[0]?.period, view.periods.at(-1)?.period];
    if (first !== undefined && last !== undefined) return first === last ? oneInWords(first, language) : `${first}\u2013${last}`;
  }
  return oneInWords(view.period, language);
}

function oneInWords(period: string, language: Language): string {
  const [, year, quarter] = /^(\d{4})-Q([1-4])$/.exec(period) ?? [];
  if (year !== undefined) return { en: `quarter ${quarter} of ${year}`, nl: `kwartaal ${quarter} van ${year}` }[language];
  // Whole years need no months.
  return period.replace(/^(\d{4})-01\/(\d{4})-12$/, '$1/$2').replace('/', '\u2013');
}
