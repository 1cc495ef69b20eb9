import type { PlainDate } from './calendar';

export type Language = 'nl' | 'en';

/** A legal date as people write it: `7 December 2027`. */
export function dateInWords(date: PlainDate, language: Language): string {
  return dates[language].format(new Date(`${date}T00:00:00Z`));
}

const long = { timeZone: 'UTC', dateStyle: 'long' } as const;
const dates = { nl: new Intl.DateTimeFormat('nl-NL', long), en: new Intl.DateTimeFormat('en-GB', long) };

/** A task's name in words. */
export function taskTitle(rule: string, language: Language): string {
  return `${rule} ${language}`;
}
