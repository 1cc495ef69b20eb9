/* Why a task is there, in Dutch and English. */

import type { Language, Words } from '../basics/language';
import { citedIn } from './sources';

/** What a task says of its reason: the law or practice of the row of the edition that planned it. A task without one was added by people. */
interface Reason {
  readonly source?: string | undefined;
  readonly statutory: boolean;
}

/** The reason of a task in a sentence or two: whether the law asks for it, where that is said, and whether its term is ours. */
export function whyInWords({ source, statutory }: Reason, language: Language): string {
  if (source === undefined) return addedByTheTeam[language];
  const cited = citedIn(source, language).join('; ');
  if (cited === '' && !statutory) return ourPractice[language];
  const reason = cited === '' ? byLaw[language] : `${(statutory ? byLaw : from)[language]}: ${cited}`;
  return isOurs(source) ? `${reason}. ${ourTerm[language]}` : `${reason}.`;
}

/** A source says so of a number that nobody but this service set. */
function isOurs(source: string): boolean {
  return /\bours\b/.test(source);
}

const addedByTheTeam: Words = { nl: 'Toegevoegd door het team van de zaak.', en: 'Added by the team of the case.' };
const ourPractice: Words = { nl: 'Onze eigen werkafspraak.', en: 'Our own practice.' };
const ourTerm: Words = { nl: 'De termijn is onze eigen werkafspraak.', en: 'The term is our own practice.' };
const byLaw: Words = { nl: 'Wettelijk verplicht', en: 'Required by law' };
const from: Words = { nl: 'Bron', en: 'Source' };
