import type { Edition } from '../edition';
import { nl202305 } from './nl-2023-05';

/** Every edition that a case may begin under. */
export const editions: readonly Edition[] = [nl202305];

/** The edition in force for a case that names none. */
export const currentEdition = nl202305;

/** The edition of that name, if there is one. */
export function findEdition(name: string): Edition | undefined {
  return editions.find((edition) => edition.edition === name);
}
