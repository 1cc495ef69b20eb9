/* Everything that people read in place of a code. */

import { timeOf, type PlainDate } from '../basics/calendar';
import type { MailClass } from '../state/outbox';
import type { UpcomingAction } from '../state/upcoming';
import { dutyMailbox, teamRoles, type Role } from '../basics/roles';
import type { PlannedDate } from '../plan/plannedDates';
import { memoizeByKey } from '../basics/memoize';
import { noticeKinds, type Notice, type Stage } from '../state/situation';
import { codeWords, partnerAbroad, type Code } from './codes';
import type { Language, Words } from '../basics/language';
import { alarmNames, deadlineNames, mailClassNames, noticeNames, roleNames, stageNames } from './names';
import { taskTitles } from './tasks';

/*
 * What people read in place of codes, behind the login only: no mail uses a word of this (notifications/mailText.ts has its own).
 * Terms: docs/glossary.md. The person is a possible victim, a client, "the person" (betrokkene) or nothing; never "victim" as a label.
 */

export type { Language } from '../basics/language';

/** A legal date as people write it: `7 December 2027`. */
export function dateInWords(date: PlainDate, language: Language): string {
  return dates[language](date);
}

/** A task's name, by its rule in the edition or its id in the case: `Duty to report in person (2)`. */
export function taskTitle(id: string, language: Language): string {
  return numbered(taskTitles, id, language);
}

/** A deadline's name, by its rule or its id in the case. */
export function deadlineName(id: string, language: Language): string {
  return numbered(deadlineNames, id, language);
}

/** The subject of a notice or a mail, but for the subject of an alarm. */
export function itemName(about: string, language: Language): string {
  return isNoticeKind(about) ? noticeNames[about][language] : numbered(deadlineAndTaskNames, about, language);
}

/** The subject of an alarm: the fact that raised it, which may have the id of a task; or a task or deadline. */
export function alarmName(about: string, language: Language): string {
  const names: Readonly<Record<string, Words>> = alarmNames;
  return names[about]?.[language] ?? itemName(about, language);
}

/** A stage's name. */
export function stageName(stage: Stage, language: Language): string {
  return stageNames[stage][language];
}

/** A role's name. */
export function roleName(role: Role, language: Language): string {
  return roleNames[role][language];
}

/** The name of a class of mail. */
export function mailClassName(mailClass: MailClass, language: Language): string {
  return mailClassNames[mailClass][language];
}

/** The kind of an action: `mail (reminder)`. */
export function actionKind(what: UpcomingAction['what'], language: Language): string {
  if (what === 'expiry') return { nl: 'het einde van de bedenktijd', en: 'the end of the reflection period' }[language];
  if (what === 'notice') return { nl: 'bericht', en: 'a notice' }[language];
  return `mail (${mailClassName(what, language)})`;
}

/** The addressee of an action: a role of the team, the duty mailbox, or a partner by its id. */
export function addressee(to: string, language: Language): string {
  if (to === dutyMailbox) return { nl: 'de dienstmailbox', en: 'the duty mailbox' }[language];
  return teamRoles.some((role) => role === to) ? codeInWords(to as Code, language) : to;
}

/** An action as a line: `mail (reminder) to the caseworker: Safety plan; Care plan`. */
export function actionInWords(action: UpcomingAction, language: Language): string {
  return actionWith(action, `: ${namesIn(action, language).join('; ')}`, language);
}

/** A day of a case as a line: `Safety plan (caseworker)`, `IND's target of 24 hours, 14:30`. */
export function plannedDateInWords({ what, id, at, owner, title }: PlannedDate, language: Language): string {
  const name = title ?? (what === 'task' ? taskTitle : deadlineName)(id, language);
  return `${name}${owner === undefined ? '' : ` (${roleName(owner, language)})`}${at === null ? '' : `, ${timeOf(at)}`}`;
}

/** The name of a plan of a case. */
export function planName(startOn: PlainDate, language: Language): string {
  return `${{ nl: 'Plan vanaf', en: 'Plan from' }[language]} ${dateInWords(startOn, language)}`;
}

/** The subjects of an action, each by its name. */
export function namesIn({ what, about }: Pick<UpcomingAction, 'what' | 'about'>, language: Language): string[] {
  return about.map((each) => (what === 'alarm' ? alarmName : itemName)(each, language));
}

/** An action with its addressee, and its subject in the caller's words; the end of the period has no addressee. */
export function actionWith({ what, to }: Pick<UpcomingAction, 'what' | 'to'>, about: string, language: Language): string {
  if (what === 'expiry') return actionKind(what, language);
  return `${actionKind(what, language)} ${{ nl: 'aan', en: 'to' }[language]} ${addressee(to, language)}${about}`;
}

/** A code of a fact, as it reads in a sentence. */
export function codeInWords(code: Code, language: Language): string {
  return codeWords[code][language];
}

/** A purpose of consent: one of the purposes, or a hand-over to a partner abroad (`crossBorder:<partner>`). */
export function purposeInWords(purpose: string, language: Language): string {
  const [, partner] = /^crossBorder:(.+)$/.exec(purpose) ?? [];
  if (partner !== undefined) return `${partnerAbroad[language]} ${partner}`;
  return purpose in codeWords ? codeInWords(purpose as Code, language) : purpose;
}

/** The note on a task whose consent is missing. */
export function missingConsentInWords(purpose: string, language: Language): string {
  const said = { nl: 'Toestemming ontbreekt voor:', en: 'Consent is missing for:' }[language];
  return `${said} ${purposeInWords(purpose, language)}.`;
}

export function yesOrNo(yes: boolean, language: Language): string {
  return { nl: yes ? 'ja' : 'nee', en: yes ? 'yes' : 'no' }[language];
}

function isNoticeKind(about: string): about is Notice['kind'] {
  return noticeKinds.some((kind) => kind === about);
}

const long = { timeZone: 'UTC', dateStyle: 'long' } as const;
const dates = { nl: writtenOutIn('nl-NL'), en: writtenOutIn('en-GB') };
const deadlineAndTaskNames = { ...deadlineNames, ...taskTitles };

function writtenOutIn(locale: string): (date: PlainDate) => string {
  const format = new Intl.DateTimeFormat(locale, long);
  return memoizeByKey((date) => format.format(new Date(`${date}T00:00:00Z`)));
}

/** The name of a row, with the number that later ones of its kind bear; the id itself for what an edition of tomorrow adds. */
function numbered(names: Readonly<Record<string, Words>>, id: string, language: Language): string {
  const [, rule = id, number] = /^(.+?)(?:-(\d+))?$/.exec(id) ?? [];
  const name = names[rule]?.[language] ?? rule;
  return number === undefined ? name : `${name} (${number})`;
}
