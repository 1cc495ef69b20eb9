/* The words of statistics, in Dutch and English. */

import type { Words } from '../domain/basics/language';
import type { ageGroups, sectors, sexes } from '../domain/facts/catalogue';
import type { OfferOutcome } from '../domain/views/statisticsRow';
import type { measures, periodEnds, TableId, tables, Unit } from './tables';

/** Each table: its title, and what it counts by which day. */
export const tableWords: Readonly<Record<TableId, { readonly title: Words; readonly counts: Words }>> = {
  'nationality-year': {
    title: { en: 'Possible victims by nationality', nl: 'Mogelijke slachtoffers naar nationaliteit' },
    counts: {
      en: 'Persons by the date of their first registration with CoMensha. Of two nationalities the one given first counts.',
      nl: 'Personen naar de datum van hun eerste aanmelding bij CoMensha. Van twee nationaliteiten telt de eerst genoemde.',
    },
  },
  sex: {
    title: { en: 'Possible victims by sex', nl: 'Mogelijke slachtoffers naar geslacht' },
    counts: {
      en: 'Persons by the date of their first registration with CoMensha.',
      nl: 'Personen naar de datum van hun eerste aanmelding bij CoMensha.',
    },
  },
  'age-group': {
    title: { en: 'Possible victims by age group', nl: 'Mogelijke slachtoffers naar leeftijdsgroep' },
    counts: {
      en: 'Persons by the date of their first registration with CoMensha, by the age that is known last.',
      nl: 'Personen naar de datum van hun eerste aanmelding bij CoMensha, met de laatst bekende leeftijd.',
    },
  },
  sector: {
    title: { en: 'Possible victims by form of exploitation', nl: 'Mogelijke slachtoffers naar vorm van uitbuiting' },
    counts: {
      en: 'Persons by the date of their first registration with CoMensha.',
      nl: 'Personen naar de datum van hun eerste aanmelding bij CoMensha.',
    },
  },
  offers: {
    title: { en: 'Reflection periods offered', nl: 'Bedenktijd aangeboden' },
    counts: {
      en: 'Registered persons by the month of their first offer, and by their answer since. The total is the number of offers.',
      nl: 'Aangemelde personen naar de maand van het eerste aanbod, en naar hun antwoord sindsdien. Het totaal is het aantal aanbiedingen.',
    },
  },
  'indication-to-offer': {
    title: { en: 'Days from the first indication to the offer', nl: 'Dagen van de eerste aanwijzing tot het aanbod' },
    counts: {
      en: 'Registered persons by the year of their first offer. A median is of at least 11 persons.',
      nl: 'Aangemelde personen naar het jaar van het eerste aanbod. Een mediaan is van ten minste 11 personen.',
    },
  },
  'period-ends': {
    title: { en: 'How the reflection period ended', nl: 'Hoe de bedenktijd eindigde' },
    counts: {
      en: 'Persons whose period has ended, by the date of their first registration with CoMensha.',
      nl: 'Personen van wie de bedenktijd is geëindigd, naar de datum van hun eerste aanmelding bij CoMensha.',
    },
  },
  'stage-time': {
    title: { en: 'Days in each stage', nl: 'Dagen in elke fase' },
    counts: {
      en: 'Ended stays of persons by the date of their first registration with CoMensha. A median is of at least 11 persons.',
      nl: 'Beëindigde verblijven van personen, naar de datum van hun eerste aanmelding bij CoMensha. Een mediaan is van ten minste 11 personen.',
    },
  },
  'on-time': {
    title: { en: 'Statutory tasks of intake and reflection period', nl: 'Wettelijke taken van intake en bedenktijd' },
    counts: {
      en: 'Tasks owed whatever a person chooses, done or past their date, by the date of the first registration with CoMensha.',
      nl: 'Taken los van de keuze van een persoon, gedaan of over de datum, naar de datum van de eerste aanmelding bij CoMensha.',
    },
  },
  returns: {
    title: { en: 'Persons who travelled home', nl: 'Personen die zijn teruggekeerd' },
    counts: {
      en: 'Registered persons by the date of their journey. The number is no target.',
      nl: 'Aangemelde personen naar de datum van hun reis. Het aantal is geen doel.',
    },
  },
  'follow-ups': {
    title: { en: 'Contacts after the return', nl: 'Contacten na de terugkeer' },
    counts: {
      en: 'Contacts that a person wanted and whose day has come, by the date of the journey.',
      nl: 'Contacten die een persoon wilde en waarvan de dag is gekomen, naar de datum van de reis.',
    },
  },
};

type Code =
  | (typeof sexes)[number]
  | (typeof ageGroups)[number]
  | (typeof sectors)[number]
  | (typeof periodEnds)[number]
  | (typeof measures)[number]
  | (typeof tables)['on-time' | 'returns' | 'follow-ups']['rows'][number];

/** Rows and columns by their code. Stages have their names elsewhere (domain/words), and answers to the offer below. */
export const codeNames: Readonly<Record<Code, Words>> = {
  female: { en: 'female', nl: 'vrouw' },
  male: { en: 'male', nl: 'man' },
  other: { en: 'other', nl: 'anders' },
  unknown: { en: 'unknown', nl: 'onbekend' },
  adult: { en: 'adult', nl: 'meerderjarig' },
  minor: { en: 'minor', nl: 'minderjarig' },
  sexual: { en: 'sexual exploitation', nl: 'seksuele uitbuiting' },
  labour: { en: 'labour exploitation', nl: 'arbeidsuitbuiting' },
  criminal: { en: 'forced crime', nl: 'criminele uitbuiting' },
  begging: { en: 'forced begging', nl: 'gedwongen bedelarij' },
  organRemoval: { en: 'removal of organs', nl: 'orgaanverwijdering' },
  domestic: { en: 'domestic work', nl: 'huishoudelijk werk' },
  surrogacy: { en: 'surrogacy', nl: 'draagmoederschap' },
  forcedMarriage: { en: 'forced marriage', nl: 'gedwongen huwelijk' },
  illegalAdoption: { en: 'illegal adoption', nl: 'illegale adoptie' },
  cooperated: { en: 'the person cooperates', nl: 'betrokkene werkt mee' },
  declined: { en: 'the person declined', nl: 'betrokkene werkt niet mee' },
  expired: { en: 'the period ran out', nl: 'de bedenktijd liep af' },
  departedUnknown: { en: 'left for an unknown destination', nl: 'met onbekende bestemming vertrokken' },
  otherApplication: { en: 'another application', nl: 'een andere aanvraag' },
  persons: { en: 'persons', nl: 'personen' },
  lowerQuartile: { en: 'lower quartile', nl: 'onderste kwartiel' },
  median: { en: 'median', nl: 'mediaan' },
  upperQuartile: { en: 'upper quartile', nl: 'bovenste kwartiel' },
  inTime: { en: 'in time', nl: 'op tijd' },
  late: { en: 'late', nl: 'te laat' },
  returned: { en: 'travelled home', nl: 'teruggekeerd' },
  made: { en: 'made', nl: 'gehouden' },
  notMade: { en: 'not made', nl: 'niet gehouden' },
};

/** The answers to the offer. */
export const answerNames: Readonly<Record<OfferOutcome, Words>> = {
  accepted: { en: 'accepted', nl: 'aangenomen' },
  declined: { en: 'declined', nl: 'afgewezen' },
  other: { en: 'another answer, or none yet', nl: 'ander antwoord, of nog geen' },
};

export const unitNames: Readonly<Record<Unit, Words>> = {
  persons: { en: 'persons', nl: 'personen' },
  tasks: { en: 'tasks', nl: 'taken' },
  contacts: { en: 'contacts', nl: 'contacten' },
  days: { en: 'days', nl: 'dagen' },
};

/** Nationalities that are no country. */
export const noCountry: Readonly<Record<string, Words>> = {
  XX: { en: 'stateless', nl: 'staatloos' },
  ZZ: { en: 'unknown', nl: 'onbekend' },
};

/** The sources of imported years that have words; any other is shown as it stands. */
export const sourceNames: Readonly<Record<string, Words>> = {
  service: { en: 'the reflection-period service', nl: 'de dienst voor de bedenktijd' },
  presentation: { en: 'as in the presentation, not official', nl: 'zoals in de presentatie, niet officieel' },
};

export const someWords = {
  hidden: { en: '<11 or hidden', nl: '<11 of verborgen' },
  total: { en: 'total', nl: 'totaal' },
  other: { en: 'other nationalities', nl: 'overige nationaliteiten' },
  otherAndHidden: { en: 'other and hidden nationalities', nl: 'overige en verborgen nationaliteiten' },
  unknown: { en: 'unknown', nl: 'onbekend' },
  year: { en: 'year', nl: 'jaar' },
  month: { en: 'month', nl: 'maand' },
  rank: { en: 'rank', nl: 'rang' },
  nationality: { en: 'nationality', nl: 'nationaliteit' },
  count: { en: 'count', nl: 'aantal' },
  source: { en: 'source', nl: 'bron' },
  sourceIs: { en: 'Source', nl: 'Bron' },
  hatched: {
    en: 'Hatched: fewer than 11, or hidden so that no small number can be computed.',
    nl: 'Gearceerd: minder dan 11, of verborgen zodat geen klein aantal te berekenen is.',
  },
  exact: { en: 'Exact figures, not for publication', nl: 'Exacte cijfers, niet voor publicatie' },
  published: { en: 'Published on', nl: 'Gepubliceerd op' },
} as const satisfies Readonly<Record<string, Words>>;
