/* The names of the sources of the policy, for people who do not know our keys. */

import type { Language, Words } from '../basics/language';

/** By the keys of docs/sources.md. A name says the law, or who practises it so, and the year of the text where the key has it. */
export const sourceNames: Readonly<Record<string, Words>> = {
  VC15: { nl: 'Vreemdelingencirculaire 2000 (2015)', en: 'Aliens Circular 2000 (2015)' },
  VC12: { nl: 'Vreemdelingencirculaire 2000 (2012)', en: 'Aliens Circular 2000 (2012)' },
  VCA15: { nl: 'Vreemdelingencirculaire 2000 A (2015)', en: 'Aliens Circular 2000, part A (2015)' },
  VW15: { nl: 'Vreemdelingenwet 2000 (2015)', en: 'Aliens Act 2000 (2015)' },
  VB15: { nl: 'Vreemdelingenbesluit 2000 (2015)', en: 'Aliens Decree 2000 (2015)' },
  VV15: { nl: 'Voorschrift Vreemdelingen 2000 (2015)', en: 'Aliens Regulation 2000 (2015)' },
  RVB15: { nl: 'Regeling verstrekkingen bepaalde categorieën vreemdelingen (2015)', en: 'Regulation on benefits for aliens (2015)' },
  SV15: { nl: 'Wetboek van Strafvordering (2015)', en: 'Code of Criminal Procedure (2015)' },
  WBV19: { nl: 'Besluit WBV 2019/10', en: 'Decree WBV 2019/10' },
  KST19: { nl: 'Kamerstuk 28 638, nr. 165 (2019)', en: 'Letter of the government to Parliament of 28 June 2019' },
  WBV23: { nl: 'Besluit WBV 2023/11', en: 'Decree WBV 2023/11' },
  AMH13: { nl: 'Aanwijzing mensenhandel', en: 'Instruction on human trafficking of the prosecution service' },
  'RB-DHA': { nl: 'Rechtbank Den Haag', en: 'District Court The Hague' },
  'CJEU-TERM': { nl: 'Hof van Justitie EU, C-338/21', en: 'Court of Justice of the EU, C-338/21' },
  RVS23: { nl: 'Raad van State, 5 juli 2023', en: 'Council of State, 5 July 2023' },
  PACT24: { nl: 'Verordening (EU) 2024/1351', en: 'Regulation (EU) 2024/1351' },
  DIR24: { nl: 'Richtlijn (EU) 2024/1712', en: 'Directive (EU) 2024/1712' },
  'WEGW-IOM': { nl: 'Wegwijzer mensenhandel, pagina over IOM', en: 'the guide Wegwijzer mensenhandel, page on IOM' },
  'CM-BEDS': { nl: 'CoMensha, over de opvang', en: 'CoMensha, on the shelters' },
  'CM-GDPR': { nl: 'CoMensha, over de AVG', en: 'CoMensha, on the GDPR' },
  'CM-SAFE': { nl: 'CoMensha, project Safe Return', en: 'CoMensha, project Safe Return' },
  'IOM-EN': { nl: 'IOM Nederland', en: 'IOM Netherlands' },
  BE08: { nl: 'België, omzendbrief van 26 september 2008', en: 'Belgium, circular of 26 September 2008' },
  'DE-KOK': { nl: 'Duitsland, KOK', en: 'Germany, KOK' },
  'BG-REF': { nl: 'Bulgarije, nationaal verwijzingsmechanisme', en: 'Bulgaria, national referral mechanism' },
  'BG-RISK': { nl: 'Bulgarije, risicobeoordeling', en: 'Bulgaria, assessment of risk' },
  'BG-NRM': { nl: 'Bulgarije, nationaal verwijzingsmechanisme', en: 'Bulgaria, national referral mechanism' },
  UK22: { nl: 'Verenigd Koninkrijk, verklaring van 13 december 2022', en: 'United Kingdom, statement of 13 December 2022' },
  'NO-UDI': { nl: 'Noorwegen, UDI', en: 'Norway, UDI' },
};

/** A key, and the place in it: an article, a chapter of the circular, or the number of a judgment. */
const citation = /\b([A-Z]{2,}[A-Z0-9]*(?:-[A-Z]+)?)(?: (?:art\. ([\w.]+(?:\(\w+\))*)|(B\d+(?:\/[\d.]*\d)?|\d{4}:\d+)))?/g;

/** What a source cites, by name and place. Our own words in it are left out: `VC15 B8/3: legal aid; the days are ours` cites one chapter. */
export function citedIn(source: string, language: Language): readonly string[] {
  return [...source.matchAll(citation)].flatMap(([, key = '', article, place]) => {
    const name = sourceNames[key]?.[language];
    if (name === undefined) return [];
    const where = article === undefined ? place : `${{ nl: 'artikel', en: 'article' }[language]} ${article}`;
    return [where === undefined ? name : `${name}, ${where}`];
  });
}
