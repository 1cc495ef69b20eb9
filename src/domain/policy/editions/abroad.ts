/* The editions of other countries, which borrow from our own. */

import type { Edition } from '../edition';
import { nl201510 } from './nl-2015-10';

/** What is known of another country's policy: the length of the period, since when it holds, and its source. */
export type PolicyAbroad = Pick<Edition, 'edition' | 'from' | 'source'> & { readonly length: Edition['reflection']['length'] };

/** An edition of another country: it takes the rows of our own that apply in any country, and the length of the period from its law. */
export function abroad({ length, ...known }: PolicyAbroad): Edition {
  return {
    ...nl201510,
    ...known,
    borrowed: `all but the length of the period is taken from ${nl201510.edition}, without the tasks and terms of Dutch residence law`,
    reflection: { length, lengthByGround: {}, source: known.source, expirySource: known.source },
    tasks: nl201510.tasks.filter(({ appliesIn }) => appliesIn === 'anyCountry'),
    deadlines: nl201510.deadlines.filter(({ appliesIn }) => appliesIn === 'anyCountry'),
  };
}
