/* Why a task is there, in Dutch and English. */

import type { Language, Words } from '../basics/language';

/** What a task says of its reason: the row of the edition that planned it, and the law or agreement of that row. */
interface Reason {
  readonly rule: string;
  readonly source?: string | undefined;
  readonly statutory: boolean;
}

/** The reason of a task in a sentence or two. */
export function whyInWords({ rule, source, statutory }: Reason, language: Language): string {
  if (source === undefined) return addedByTheTeam[language];
  const said = `${{ nl: 'Regel', en: 'Rule' }[language]} ${rule}: ${source === ours ? ourPractice[language] : source}.`;
  return statutory ? `${byLaw[language]} ${said}` : said;
}

/** The source of a number that nobody but this service set. */
const ours = 'ours';

const addedByTheTeam: Words = { nl: 'Toegevoegd door het team van de zaak.', en: 'Added by the team of the case.' };
const ourPractice: Words = { nl: 'eigen werkafspraak', en: 'our own practice' };
const byLaw: Words = { nl: 'Wettelijk verplicht.', en: 'Required by law.' };
