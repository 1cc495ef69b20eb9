/* The words of each code of a fact, in Dutch and English. */

import type { consentPurposes, factFields, FactType } from '../facts/catalogue';
import type { Words } from '../basics/language';

type CodeIn<Field> = Field extends readonly (infer One)[] ? One : Field extends { readonly listOf: readonly (infer One)[] } ? One : never;
type CodesOf<T extends FactType> = {
  [Name in keyof (typeof factFields)[T]]: CodeIn<(typeof factFields)[T][Name]>;
}[keyof (typeof factFields)[T]];

/** Every code that some fact carries. */
export type Code = { [T in FactType]: CodesOf<T> }[FactType] | (typeof consentPurposes)[number];

/** How each code reads after a colon. A code that two fields share means the same in both. */
export const codeWords: Readonly<Record<Code, Words>> = {
  // Routes, and how a case may end
  humanitarianPermit: { nl: 'vergunning op humanitaire gronden', en: 'permit on humanitarian grounds' },
  return: { nl: 'terugkeer', en: 'return' },
  otherProcedure: { nl: 'andere verblijfsprocedure', en: 'another residence procedure' },
  assistance: { nl: 'hulp zonder verblijfstraject', en: 'assistance without a residence track' },
  permit: { nl: 'verblijfsvergunning', en: 'residence permit' },
  longerStay: { nl: 'voortgezet verblijf', en: 'longer stay' },
  returned: { nl: 'teruggekeerd', en: 'returned' },
  assisted: { nl: 'geholpen', en: 'assisted' },
  contactLost: { nl: 'met onbekende bestemming vertrokken', en: 'left for an unknown destination' },
  notAVictim: { nl: 'geen mogelijk slachtoffer gebleken', en: 'found not to be a possible victim' },
  died: { nl: 'overleden', en: 'died' },

  // Grounds of a route, and reasons
  ownWish: { nl: 'eigen wens', en: "the person's own wish" },
  seriousThreat: { nl: 'ernstige bedreiging', en: 'serious threat' },
  medicalOrPsychological: { nl: 'medische of psychische gronden', en: 'medical or psychological grounds' },
  minority: { nl: 'minderjarigheid', en: 'being a minor' },
  other: { nl: 'anders', en: 'other' },
  risk: { nl: 'risico', en: 'risk' },
  documents: { nl: 'documenten', en: 'documents' },
  health: { nl: 'gezondheid', en: 'health' },
  mistake: { nl: 'vergissing', en: 'a mistake' },
  newInformation: { nl: 'nieuwe informatie', en: 'new information' },
  thirdPartyAdvice: { nl: 'advies van een derde', en: "a third party's advice" },
  notNeeded: { nl: 'niet nodig', en: 'not needed' },
  refusedByPerson: { nl: 'betrokkene wil het niet', en: 'the person does not want it' },
  doneElsewhere: { nl: 'elders gedaan', en: 'done elsewhere' },
  notPossible: { nl: 'niet mogelijk', en: 'not possible' },
  noConsent: { nl: 'geen toestemming', en: 'no consent' },
  expired: { nl: 'verlopen', en: 'it ran out' },
  withdrawn: { nl: 'ingetrokken', en: 'it was withdrawn' },

  // Residence and age
  noLawfulResidence: { nl: 'geen rechtmatig verblijf', en: 'no lawful residence' },
  asylumSeeker: { nl: 'asielaanvraag', en: 'asylum application' },
  dublin: { nl: 'Dublinprocedure', en: 'Dublin procedure' },
  refusedEntry: { nl: 'toegang geweigerd', en: 'refused entry' },
  detained: { nl: 'in vreemdelingenbewaring', en: 'in detention' },
  witnessOnly: { nl: 'alleen getuige', en: 'witness only' },
  euCitizen: { nl: 'burger van de Unie', en: 'citizen of the Union' },
  dutch: { nl: 'Nederlandse nationaliteit', en: 'Dutch nationality' },
  otherLawfulResidence: { nl: 'ander rechtmatig verblijf', en: 'other lawful residence' },
  adult: { nl: 'meerderjarig', en: 'adult' },
  minor: { nl: 'minderjarig', en: 'minor' },

  // Cooperation, applications and evidence
  reportSigned: { nl: 'aangifte', en: 'a signed report' },
  otherCooperation: { nl: 'medewerking op andere wijze', en: 'cooperation otherwise' },
  witness: { nl: 'als getuige', en: 'as a witness' },
  cooperation: { nl: 'wegens medewerking', en: 'because of cooperation' },
  employerCase: { nl: 'in de zaak tegen de werkgever', en: 'in the case against the employer' },
  renewal: { nl: 'verlenging', en: 'renewal' },
  humanitarian: { nl: 'op humanitaire gronden', en: 'on humanitarian grounds' },
  BIG: { nl: 'BIG', en: 'BIG' },
  NIP: { nl: 'NIP', en: 'NIP' },
  acceptable: { nl: 'aanvaardbaar', en: 'acceptable' },
  acceptableWithMeasures: { nl: 'aanvaardbaar met maatregelen', en: 'acceptable with measures' },
  notAcceptable: { nl: 'niet aanvaardbaar', en: 'not acceptable' },

  // The person's part in the criminal case
  nonePending: { nl: 'er loopt geen zaak', en: 'no case is pending' },
  testimonyGiven: { nl: 'betrokkene heeft een verklaring afgelegd', en: 'the person has testified' },
  testimonyFromAbroad: { nl: 'betrokkene verklaart vanuit het buitenland', en: 'the person testifies from abroad' },
  returnForTestimony: { nl: 'betrokkene komt terug om te verklaren', en: 'the person comes back to testify' },

  // The start of the period, remedies, the duty to report, guardianship and compensation
  m55: { nl: 'kennisgeving M55', en: 'notice M55' },
  intakeInterview: { nl: 'intakegesprek', en: 'the intake interview' },
  courtOrder: { nl: 'rechterlijke uitspraak', en: 'a court order' },
  indDecision: { nl: 'besluit van IND', en: 'a decision of IND' },
  application: { nl: 'aanvraag', en: 'application' },
  objection: { nl: 'bezwaar', en: 'objection' },
  upheld: { nl: 'gegrond', en: 'upheld' },
  dismissed: { nl: 'ongegrond', en: 'dismissed' },
  inadmissible: { nl: 'niet-ontvankelijk', en: 'inadmissible' },
  P1W: { nl: 'wekelijks', en: 'weekly' },
  P1M: { nl: 'maandelijks', en: 'monthly' },
  none: { nl: 'geen', en: 'none' },
  nidos: { nl: 'Nidos', en: 'Nidos' },
  youthCare: { nl: 'jeugdzorg', en: 'youth care' },
  secured: { nl: 'veiliggesteld', en: 'secured' },
  notWanted: { nl: 'betrokkene wil het niet', en: 'the person does not want it' },

  // Purposes of consent, and kinds of tasks
  policeContact: { nl: 'contact met de politie', en: 'contact with the police' },
  registration: { nl: 'registratie', en: 'registration' },
  placement: { nl: 'plaatsing in de opvang', en: 'placement in a shelter' },
  medical: { nl: 'medische zorg', en: 'medical care' },
  returnDataExchange: { nl: 'uitwisseling met IOM, IND en DT&V over terugkeer', en: 'exchange with IOM, IND and DT&V about a return' },
  social: { nl: 'sociaal', en: 'social' },
  financial: { nl: 'financieel', en: 'financial' },
  safety: { nl: 'veiligheid', en: 'safety' },
  legal: { nl: 'juridisch', en: 'legal' },
  residence: { nl: 'verblijf', en: 'residence' },

  // Roles of the team
  caseworker: { nl: 'de hulpverlener', en: 'the caseworker' },
  careCoordinator: { nl: 'de zorgcoördinator', en: 'the care coordinator' },
  police: { nl: 'de politie', en: 'the police' },
  supervisor: { nl: 'de leidinggevende', en: 'the supervisor' },
  lawyer: { nl: 'de advocaat', en: 'the lawyer' },
  returnCounsellor: { nl: 'de terugkeerbegeleider', en: 'the return counsellor' },
};

export const partnerAbroad: Words = { nl: 'overdracht aan een partner over de grens:', en: 'hand-over to a partner abroad:' };
