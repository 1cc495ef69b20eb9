/* The shapes of ids: of people, offices, tasks, deadlines and facts; and of partners. */

export const idShape = /^[a-z][a-z0-9-]{0,62}$/;

/** The same in words, for the author of one that is not. */
export const idInWords = 'lower-case letters, digits and hyphens, a letter first';

/** A partner's id may have capitals too, as in `youthCare`: it is also the name by which the rules know the partner. */
export const partnerIdShape = /^[a-z][A-Za-z0-9-]{0,62}$/;

/** The same in words, for the author of one that is not. */
export const partnerIdInWords = 'letters, digits and hyphens, a lower-case letter first';

/** A name as an id: `departedUnknown` is `departed-unknown`. */
export type KebabCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${KebabCase<Rest>}`
  : '';

export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
