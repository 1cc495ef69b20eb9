export type Language = 'nl' | 'en';

/** A task's name in words. */
export function taskTitle(rule: string, language: Language): string {
  return `${rule} ${language}`;
}
