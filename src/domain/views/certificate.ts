/* The certificate of a deadline. */

import {
  dateOf,
  daysAfter,
  instantAt,
  later,
  isDuration,
  plus,
  type Duration,
  type Instant,
  type Period,
  type PlainDate,
} from '../basics/calendar';
import { situationAt, type CaseFile } from '../case/caseFile';
import { deadlineState, passesAt, ruleOf, type DeadlineState } from '../plan/deadlines';
import type { DeadlineRule, Edition } from '../policy/edition';
import type { Trigger } from '../policy/trigger';
import type { RecordedFact } from '../facts/recordedFact';
import type { Receipt, StepName } from '../state/outbox';
import { remindersOf } from '../notifications/reminderDays';
import type { Deadline } from '../state/workPlan';
import type { PeriodEnd } from '../state/residence';
import type { Situation } from '../state/situation';
import { effectiveFactsOf, findEffectiveFact } from '../state/questions';
import type { Words } from '../basics/language';
import type { Caller } from '../basics/roles';
import { readsAll } from '../rights/rights';
import { whereIs } from '../rights/told';
import { doubtsAbout, remarksOn } from './doubts';

/** A deadline that explains itself: which facts and which rule make its date, who was reminded of it and when, and how it ended. */
export interface Certificate {
  readonly reference: string;
  readonly id: string;
  readonly policyEdition: string;
  readonly rule: DeadlineRule;
  readonly source: string;
  /** What is not certain about its date, and what else its reader has to know. */
  readonly doubts: readonly Words[];
  readonly remarks: readonly Words[];
  /** The day on which somebody who knows the law confirmed the rule; null while nobody has. */
  readonly confirmedOn: PlainDate | null;
  /** The fact that started it, the one that carries its date, and the one that made it longer. */
  readonly facts: readonly CertifiedFact[];
  /** The legal date it is counted from, and how long it is; null where the fact itself carries the date. */
  readonly startedOn: PlainDate;
  readonly length: Period | Duration | null;
  /** How much longer a fact made it, counted from the last day before. */
  readonly extension: Period | null;
  readonly date: PlainDate;
  /** The last instant, for a deadline of hours. */
  readonly instant: Instant | null;
  readonly state: DeadlineState;
  readonly end: { readonly state: 'met' | 'lifted'; readonly on: PlainDate; readonly at: Instant } | null;
  readonly reminders: readonly CertifiedReminder[];
  /** What the clock did when it passed; null while it has not. */
  readonly passing: { readonly at: Instant; readonly periodEnd: PeriodEnd | null; readonly tasks: readonly string[] } | null;
}

/** A fact as a certificate names it: what makes the date, and nothing about the person. */
export type CertifiedFact = Pick<RecordedFact, 'id' | 'type' | 'on' | 'receivedAt'> & { readonly until?: PlainDate | undefined };

/** A reminder that was sent, is being tried, or is yet to come. */
export type CertifiedReminder =
  | (Omit<Receipt, 'outcome'> & { readonly state: 'delivered' | 'refused' })
  | { readonly step: StepName; readonly to: string; readonly state: 'trying'; readonly at: Instant }
  | { readonly step: StepName; readonly to: string; readonly state: 'planned'; readonly on: PlainDate };

/** The certificate of one deadline for a caller who reaches the case. Deadlines are not for partners. */
export function certificateFor(file: CaseFile, id: string, now: Instant, caller: Caller): Certificate | 'no-such-deadline' {
  const isForAll = readsAll(caller, whereIs(file.situation, file.start.edition));
  return (isForAll ? certificateOf(file, id, now) : null) ?? 'no-such-deadline';
}

/** The certificate of one deadline at an instant; null if the case has no such deadline. */
export function certificateOf(file: CaseFile, id: string, now: Instant): Certificate | null {
  const situation = situationAt(file, now);
  const deadline = situation.deadlines.find((each) => each.id === id);
  if (deadline === undefined) return null;
  const { edition, reference } = file.start;
  const rule = ruleOf(edition, deadline);
  const { startedOn, length, extension = null, date, instant, end } = deadline;
  return {
    reference,
    id,
    policyEdition: edition.edition,
    rule,
    // The edition holds the length of the period; the row holds only the warnings.
    source: rule.isReflectionPeriod === true ? edition.reflection.source : rule.source,
    doubts: doubtsAbout(deadline, situation, edition),
    remarks: remarksOn(deadline, situation, edition),
    confirmedOn: (rule.isReflectionPeriod === true ? edition.reflection : rule).confirmedOn ?? null,
    facts: factsOf(situation, deadline, edition),
    ...{ startedOn, length, extension, date, instant },
    state: deadlineState(deadline, now),
    end,
    reminders: remindersAbout(file, situation, deadline, now),
    passing: passingOf(situation, deadline, now, edition),
  };
}

/** The date that the facts and the length of a certificate make: the same as its own, or it proves nothing. */
export function dateFrom({
  facts,
  startedOn,
  length,
  extension,
}: Pick<Certificate, 'facts' | 'startedOn' | 'length' | 'extension'>): PlainDate | null {
  const [start] = facts;
  if (start === undefined) return null;
  if (length === null) return facts.find(({ until }) => until !== undefined)?.until ?? null;
  if (isDuration(length)) return dateOf(later(start.receivedAt, length));
  const date = plus(startedOn, length);
  return extension === null ? date : plus(date, extension);
}

function factsOf(situation: Situation, deadline: Deadline, edition: Edition): CertifiedFact[] {
  const { ground } = situation;
  const { startedBy, datedBy, extendedBy } = deadline;
  const madeIt = [...new Set([startedBy, datedBy, extendedBy])].flatMap((id) => (id === undefined ? [] : [id]));
  // A ground with a length of its own was found by a fact.
  const found =
    ruleOf(edition, deadline).isReflectionPeriod === true && ground in edition.reflection.lengthByGround ? foundGround(situation) : [];
  return [...madeIt, ...found].flatMap((id) => {
    const fact = findEffectiveFact(situation, id)?.fact;
    if (fact === undefined) return [];
    const { type, on, receivedAt } = fact;
    return [{ id, type, on, receivedAt, ...('until' in fact ? { until: fact.until } : {}) }];
  });
}

function foundGround(situation: Situation): string[] {
  const found = effectiveFactsOf(situation, 'eligibilityDecided').findLast(({ ground }) => ground === situation.ground);
  return found === undefined ? [] : [found.id];
}

function remindersAbout(
  { outbox, start: { edition } }: CaseFile,
  situation: Situation,
  { id }: Deadline,
  now: Instant,
): CertifiedReminder[] {
  const sent = (outbox.receipts[id] ?? []).map(({ outcome, ...reminder }) => ({ ...reminder, state: outcome }));
  const trying = outbox.letters.flatMap(({ to, items, nextTry }) =>
    items.filter(({ about }) => about === id).map(({ step }) => ({ step, to, state: 'trying' as const, at: nextTry ?? now })),
  );
  const planned = remindersOf(situation, outbox.notices, edition)
    .filter(({ about }) => about === id)
    .flatMap(({ steps }) => steps)
    .filter(({ on }) => instantAt(on, edition.mail.digestAt) > now)
    .flatMap(({ name: step, to, on }) => to.map((role) => ({ step, to: role, state: 'planned' as const, on })));
  return [...sent, ...trying, ...planned];
}

function passingOf(situation: Situation, deadline: Deadline, now: Instant, edition: Edition): Certificate['passing'] {
  const at = passesAt(deadline);
  if ((deadline.end?.at ?? now) < at) return null;
  if (ruleOf(edition, deadline).isReflectionPeriod !== true)
    return { at, periodEnd: null, tasks: plannedByPassing(situation, deadline, [`passed:${deadline.rule}`], edition) };
  return { at, periodEnd: situation.period?.end ?? null, tasks: plannedByPassing(situation, deadline, bySilence, edition) };
}

/** The triggers of a period that nobody answered. */
const bySilence: readonly Trigger[] = ['expiry', 'entering:decision', 'entering:decision:afterPeriod', 'firstEntering:decision'];

/** By their dates, which are counted from the day after the last: when they were planned a correction may have changed. */
function plannedByPassing({ tasks }: Situation, { date }: Deadline, triggers: readonly Trigger[], edition: Edition): string[] {
  const asked = edition.tasks.flatMap(({ id, due, plannedBy }) =>
    'after' in due && !isDuration(due.after) && plannedBy.some((trigger) => triggers.includes(trigger))
      ? [`${id} ${plus(daysAfter(date, 1), due.after)}`]
      : [],
  );
  return tasks.filter(({ rule, dueOn }) => asked.includes(`${rule} ${dueOn}`)).map(({ id }) => id);
}
