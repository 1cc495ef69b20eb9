import type { Edition } from '../edition';
import { nl201510 } from './nl-2015-10';

/** What is known of another country's policy: the length of the period, since when it holds, and its source. */
export type PolicyAbroad = Pick<Edition, 'edition' | 'from' | 'source'> & { readonly length: Edition['reflection']['length'] };

const dutchTasks = ['rvb-form', 'rvb-application', 'first-allowance-paid'];
const keptOfResidence = ['decide-route', 'approve-route'];
const dutchTerms = ['ind-decision-target', 'ind-decision', 'objection', 'art12-complaint', 'departure-term'];

/** An edition of another country: the help and the safe return of ours, without what only Dutch law asks for. */
export function abroad({ length, ...known }: PolicyAbroad): Edition {
  return {
    ...nl201510,
    ...known,
    borrowed: `all but the length of the period is taken from ${nl201510.edition}, without the tasks and terms of Dutch residence law`,
    reflection: { length, lengthByGround: {}, source: known.source },
    tasks: nl201510.tasks.filter(({ id, kind }) => !dutchTasks.includes(id) && (kind !== 'residence' || keptOfResidence.includes(id))),
    deadlines: nl201510.deadlines.filter(({ id }) => !dutchTerms.includes(id)),
  };
}
