/* The text of every mail to staff and partners, in Dutch and English. */

import { dateOf, timeOf, type PlainDate } from '../basics/calendar';
import { classOf, mostSevereOf, type AlarmNumber, type Item, type Letter, type MailClass } from '../state/outbox';
import type { Notice } from '../state/situation';
import { dateInWords, type Language } from '../words';

/** The subject and the text of a mail. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** Everything in a mail beside its lines. */
export interface Frame {
  readonly reference: string;
  /** Opens nothing without a login. */
  readonly link: string;
  readonly language: Language;
}

/** The sender's name in a mail. */
export function serviceName(language: Language): string {
  return mailWords[language].service;
}

/**
 * A letter to a staff member or a shared mailbox. It says that something is due and when, never what: sent to a wrong address, it harms
 * nobody (docs/policy.md, section 5). `next` is the recipient of the next mail if nothing happens.
 */
export function letterText(
  letter: Pick<Letter, 'day' | 'items' | 'numbered'>,
  { reference, link, language, next, today }: Frame & { readonly next: 'supervisor' | null; readonly today: PlainDate },
): MailText {
  const say = mailWords[language];
  const lines = linesOf(letter);
  const number = letter.numbered === undefined ? [] : [numberInWords(letter.numbered, today, language)];
  return {
    subject: `${[subjectOf(letter, language), ...number].join(' - ')} (${reference})`,
    text: paragraphs(
      say.service,
      [
        `${say.reference}: ${reference}`,
        `${say.count}: ${lines.reduce((sum, { count }) => sum + count, 0)}`,
        ...number.map((words) => `${say.alarm}: ${words}`),
      ],
      lines.map((line) => lineInWords(line, language)),
      [say.afterLogin, link],
      next === null ? say.nobodyNext : say.supervisorNext,
      say.notForYou,
    ),
  };
}

/** The number of items of the most urgent class. */
function subjectOf({ items }: Pick<Letter, 'items'>, language: Language): string {
  const distinct = mostSevereOf(items);
  const mostUrgent = classOf(distinct);
  return counted(distinct.filter((item) => classOf([item]) === mostUrgent).length, mailWords[language].subject[mostUrgent]);
}

/** The number of an alarm among those of its day, and its time: `second of today, 14:05`. Its subject is behind the login. */
function numberInWords({ at, number }: AlarmNumber, today: PlainDate, language: Language): string {
  const { ordinals, numbered, of, ofToday } = mailWords[language];
  const day = dateOf(at);
  return `${ordinals[number - 1] ?? `${numbered} ${number}`} ${day === today ? ofToday : `${of} ${dateInWords(day, language)}`}, ${timeOf(at)}`;
}

/** A notice to a partner's mailbox: reference, kind in words and as a code for the partner's system, date and link. The subject has no kind. */
export function noticeText({ kind, on }: Pick<Notice, 'kind' | 'on'>, { reference, link, language }: Frame): MailText {
  const say = mailWords[language];
  return {
    subject: `${say.notice} (${reference})`,
    text: paragraphs(
      say.service,
      [
        `${say.reference}: ${reference}`,
        `${say.about}: ${say.kinds[kind]}`,
        `${say.kind}: ${kind}`,
        `${say.date}: ${dateInWords(on, language)}`,
      ],
      [say.afterLogin, link],
    ),
  };
}

function paragraphs(...parts: readonly (string | readonly string[])[]): string {
  return `${parts.map((part) => (typeof part === 'string' ? part : part.join('\n'))).join('\n\n')}\n`;
}

/** Items of one wording and date are one line with their number: their names are behind the login. */
function linesOf({ items, day }: Pick<Letter, 'day' | 'items'>): readonly Counted[] {
  const distinct = mostSevereOf(items);
  const dates = [...new Set(distinct.map(({ date }) => date))].sort();
  return mostSevereFirst.flatMap((wording) =>
    dates.flatMap((date) => {
      const count = distinct.filter((item) => item.date === date && wordingOf(item, day) === wording).length;
      return count === 0 ? [] : [{ wording, count, date }];
    }),
  );
}

function lineInWords({ wording, count, date }: Counted, language: Language): string {
  return `- ${counted(count, mailWords[language].lines[wording])} ${dateInWords(date, language)}`;
}

function counted(count: number, [one, many]: OneAndMany): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The wording of a line; a task that is new to a person may have been due already. */
function wordingOf({ step, date }: Item, day: PlainDate): Wording {
  if (step === 'planned') return date < day ? 'newAndLate' : 'new';
  return step === 'soon' ? 'due' : step;
}

interface Counted {
  readonly wording: Wording;
  readonly count: number;
  readonly date: PlainDate;
}

type OneAndMany = readonly [one: string, many: string];
type Wording = 'new' | 'newAndLate' | Exclude<Item['step'], 'planned' | 'soon'>;
const mostSevereFirst: readonly Wording[] = ['alarm', 'expired', 'escalated', 'overdue', 'due', 'warning', 'newAndLate', 'new'];

interface MailWords {
  readonly service: string;
  readonly subject: Readonly<Record<MailClass, OneAndMany>>;
  readonly lines: Readonly<Record<Wording, OneAndMany>>;
  readonly reference: string;
  readonly count: string;
  readonly alarm: string;
  /** The first ones; later ones have a number. */
  readonly ordinals: readonly string[];
  readonly numbered: string;
  readonly of: string;
  readonly ofToday: string;
  readonly afterLogin: string;
  readonly supervisorNext: string;
  readonly nobodyNext: string;
  readonly notForYou: string;
  readonly notice: string;
  readonly about: string;
  /** Less than the kind's name behind the login: enough for a partner to recognise its own procedure. */
  readonly kinds: Readonly<Record<Notice['kind'], string>>;
  readonly kind: string;
  readonly date: string;
}

/** Every word that a mail can hold, beside reference, dates, link and the code of a notice. */
const mailWords: Readonly<Record<Language, MailWords>> = {
  en: {
    service: 'Reminder service',
    subject: {
      new: ['new action', 'new actions'],
      reminder: ['action is due', 'actions are due'],
      warning: ['date is coming', 'dates are coming'],
      escalation: ['date has passed', 'dates have passed'],
      alarm: ['item needs your attention at once', 'items need your attention at once'],
    },
    lines: {
      new: ['new action, by', 'new actions, by'],
      newAndLate: ['new action, its date has passed:', 'new actions, their date has passed:'],
      due: ['action is due on', 'actions are due on'],
      overdue: ['action was due on', 'actions were due on'],
      escalated: ['action that now comes to you was due on', 'actions that now come to you were due on'],
      warning: ['date is coming:', 'dates are coming:'],
      expired: ['date has passed:', 'dates have passed:'],
      alarm: ['item needs your attention at once:', 'items need your attention at once:'],
    },
    reference: 'Reference',
    count: 'Items',
    alarm: 'Message',
    ordinals: ['first', 'second', 'third', 'fourth', 'fifth'],
    numbered: 'number',
    of: 'of',
    ofToday: 'of today',
    afterLogin: 'Which they are, after you log in:',
    supervisorNext: 'What stays open goes to the supervisor next.',
    nobodyNext: 'There is nobody after you: what stays open stays with you.',
    notForYou: 'Not meant for you? Delete this message and tell your supervisor.',
    notice: 'A notice for you',
    about: 'About',
    kinds: {
      'm55-cooperation': 'Announcement (M55)',
      'return-referral': 'Referral',
      'return-stopped': 'Preparation stopped',
      'travel-hold': 'Wait with the journey',
      recall: 'Consent withdrawn',
      departed: 'Departure',
      found: 'Registration',
      reflection: 'Reflection period',
      cooperation: 'Cooperation',
      departing: 'Announced departure',
      correction: 'Earlier notice corrected',
    },
    kind: 'Kind',
    date: 'Date',
  },
  nl: {
    service: 'Herinneringsdienst',
    subject: {
      new: ['nieuwe actie', 'nieuwe acties'],
      reminder: ['actie nodig', 'acties nodig'],
      warning: ['datum nadert', 'data naderen'],
      escalation: ['datum verstreken', 'data verstreken'],
      alarm: ['punt vraagt direct uw aandacht', 'punten vragen direct uw aandacht'],
    },
    lines: {
      new: ['nieuwe actie, uiterlijk', 'nieuwe acties, uiterlijk'],
      newAndLate: ['nieuwe actie, de datum is verstreken:', 'nieuwe acties, de datum is verstreken:'],
      due: ['actie moet klaar zijn op', 'acties moeten klaar zijn op'],
      overdue: ['actie had klaar moeten zijn op', 'acties hadden klaar moeten zijn op'],
      escalated: ['actie die nu bij u komt had klaar moeten zijn op', 'acties die nu bij u komen hadden klaar moeten zijn op'],
      warning: ['datum nadert:', 'data naderen:'],
      expired: ['datum is verstreken:', 'data zijn verstreken:'],
      alarm: ['punt vraagt direct uw aandacht:', 'punten vragen direct uw aandacht:'],
    },
    reference: 'Kenmerk',
    count: 'Aantal',
    alarm: 'Bericht',
    ordinals: ['eerste', 'tweede', 'derde', 'vierde', 'vijfde'],
    numbered: 'nummer',
    of: 'van',
    ofToday: 'van vandaag',
    afterLogin: 'Waar het om gaat, na inloggen:',
    supervisorNext: 'Wat open blijft gaat daarna naar de leidinggevende.',
    nobodyNext: 'Na u komt niemand: wat open blijft, blijft bij u.',
    notForYou: 'Niet voor u bestemd? Verwijder dit bericht en meld het uw leidinggevende.',
    notice: 'Een bericht voor u',
    about: 'Betreft',
    kinds: {
      'm55-cooperation': 'Aankondiging (M55)',
      'return-referral': 'Verwijzing',
      'return-stopped': 'Voorbereiding gestopt',
      'travel-hold': 'Wacht met de reis',
      recall: 'Toestemming ingetrokken',
      departed: 'Vertrek',
      found: 'Aanmelding',
      reflection: 'Bedenktijd',
      cooperation: 'Medewerking',
      departing: 'Aangekondigd vertrek',
      correction: 'Eerder bericht hersteld',
    },
    kind: 'Soort',
    date: 'Datum',
  },
};
