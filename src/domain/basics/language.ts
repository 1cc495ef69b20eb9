/* The languages. */

export type Language = 'nl' | 'en';

/** Something in both languages. */
export type Words = Readonly<Record<Language, string>>;
