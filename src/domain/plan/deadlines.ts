/* Deadlines: how they start, are met, lifted, extended and quieted. */

import { dateOf, endOfDay, isDuration, later, plus, type Instant, type Period, type PlainDate } from '../basics/calendar';
import type { CountedFrom, DeadlineRule, Edition } from '../policy/edition';
import type { Trigger } from '../policy/trigger';
import type { FactType } from '../facts/catalogue';
import { memoizeLast } from '../basics/memoize';
import type { Deadline } from '../state/workPlan';
import type { Situation } from '../state/situation';
import { isRenewable } from '../state/questions';
import type { Occasion } from './planning';

export type DeadlineState = 'running' | 'met' | 'passed' | 'lifted';

export function deadlineState(deadline: Deadline, now: Instant): DeadlineState {
  if (deadline.end !== null) return deadline.end.state;
  return now >= passesAt(deadline) ? 'passed' : 'running';
}

/** The first instant after a deadline. */
export function passesAt(deadline: Deadline): Instant {
  return deadline.instant ?? endOfDay(deadline.date);
}

/** The situation in which one deadline was lifted by a supervisor. */
export function liftDeadline(situation: Situation, id: string, on: PlainDate, at: Instant): Pick<Situation, 'deadlines'> {
  return {
    deadlines: situation.deadlines.map((deadline) => (deadline.id === id ? { ...deadline, end: { state: 'lifted', on, at } } : deadline)),
  };
}

/** The next deadline that passes, if its passing plans a task. */
export function nextPassing({ deadlines }: Situation, edition: Edition): Deadline | null {
  const planning = planningByPassing(edition);
  return deadlines
    .filter(({ rule, end, passed, date }) => end === null && passed !== date && planning.has(rule))
    .reduce<Deadline | null>((first, each) => (first === null || passesAt(each) < passesAt(first) ? each : first), null);
}

const planningByPassing = memoizeLast(({ tasks, deadlines }: Edition): ReadonlySet<string> => {
  const named = new Set<string>(tasks.flatMap(({ plannedBy }) => plannedBy));
  return new Set(deadlines.map(({ id }) => id).filter((id) => named.has(`passed:${id}`)));
});

/** Deadlines that a fact would meet and nothing has met or lifted yet, running or passed. */
export function openDeadlinesMetBy(fact: FactType, { deadlines }: Situation, edition: Edition): readonly Deadline[] {
  return deadlines.filter((deadline) => deadline.end === null && ruleOf(edition, deadline).metBy.includes(fact));
}

/** The first contact after the return that has not taken place yet, running or passed. */
export function earliestFollowUp({ deadlines }: Situation, edition: Edition): Deadline | undefined {
  const [first] = deadlines
    .filter((deadline) => deadline.end === null && ruleOf(edition, deadline).isFollowUp === true)
    .sort((one, other) => (one.date < other.date ? -1 : 1));
  return first;
}

/** The deadlines after an occasion: it meets, lifts, quiets and extends the present ones, then starts new ones. */
export function deadlinesAfter(situation: Situation, occasion: Occasion, cause: string, edition: Edition): Pick<Situation, 'deadlines'> {
  const changing = changingRules(occasion, edition);
  const changed =
    changing.size === 0
      ? situation.deadlines
      : situation.deadlines.map((deadline) => {
          const rule = changing.get(deadline.rule);
          return rule === undefined ? deadline : changedBy(occasion, deadline, rule, cause);
        });
  const started = edition.deadlines
    .filter((rule) => mayStart(situation, rule, occasion, changed))
    .map((rule) => start(situation, rule, occasion, cause, changed))
    .filter((deadline) => !changed.some((each) => runsAgain(each, deadline)));
  const moved = new Set(started.map(({ id }) => id));
  return { deadlines: [...changed.filter(({ id }) => !moved.has(id)), ...started] };
}

function mayStart({ permit }: Situation, rule: DeadlineRule, { triggers, at }: Occasion, present: readonly Deadline[]): boolean {
  const starting = rule.startedBy.filter((trigger) => triggers.has(trigger));
  // Most facts start none: then the present ones are not looked at.
  if (starting.length === 0) return false;
  const ofItsKind = present.filter((each) => each.rule === rule.id);
  const isRunning = ofItsKind.some((each) => deadlineState(each, at) === 'running');
  // What an application met begins anew when that application comes to nothing, and no other deadline does.
  const isMet = ofItsKind.at(-1)?.end?.state === 'met' && permit !== null && isRenewable(permit);
  return starting.some((trigger) => trigger !== 'renewalOpensAgain' || isMet) && !(rule.oneAtATime === true && isRunning);
}

/** Whether a deadline is one that the reopening of the case let run again: nothing starts it twice. */
function runsAgain(present: Deadline, { rule, startedBy, date }: Deadline): boolean {
  return present.end === null && present.rule === rule && present.startedBy === startedBy && present.date === date;
}

export function ruleOf(edition: Edition, { rule }: Deadline): DeadlineRule {
  const found = rulesOf(edition).get(rule);
  if (found === undefined) throw new Error(`the edition has no deadline ${rule}`);
  return found;
}

const rulesOf = memoizeLast((edition: Edition) => new Map(edition.deadlines.map((rule) => [rule.id, rule])));

/** The rules whose deadlines an occasion may change; most facts change none. */
function changingRules({ triggers }: Occasion, { deadlines }: Edition): ReadonlyMap<string, DeadlineRule> {
  const has = (trigger: Trigger) => triggers.has(trigger);
  const changes = ({ metBy, liftedBy, extendedBy, quietedBy = [] }: DeadlineRule) =>
    has('entering:closed') ||
    has('reopened') ||
    [...metBy, ...liftedBy, ...quietedBy].some(has) ||
    (extendedBy !== undefined && has('decisionTermExtended'));
  return new Map(deadlines.filter(changes).map((rule) => [rule.id, rule]));
}

function changedBy(occasion: Occasion, deadline: Deadline, rule: DeadlineRule, cause: string): Deadline {
  const { triggers, on, at } = occasion;
  const has = (trigger: Trigger) => triggers.has(trigger);
  if (deadline.end !== null) {
    const isRevived = deadline.end.byClosing === true && has('reopened') && at < passesAt(deadline);
    return isRevived ? { ...deadline, end: null, knownAt: at } : deadline;
  }
  if (rule.metBy.some(has) && isAbout(occasion, deadline, rule)) return { ...deadline, end: { state: 'met', on, at } };
  const isClosed = has('entering:closed');
  if (isClosed || rule.liftedBy.some(has)) {
    // That the three months ended in silence stays true; only news of the time before takes it back.
    const stays = rule.onPassed.forGood === true && deadlineState(deadline, at) === 'passed' && !has('expirySuperseded');
    const end = { state: 'lifted' as const, on, at, ...(isClosed ? { byClosing: true as const } : {}) };
    return stays ? { ...deadline, quiet: true } : { ...deadline, end };
  }
  const { extendedBy } = rule;
  const isExtended = extendedBy !== undefined && extendedBy.what === occasion.extends && isAbout(occasion, deadline, rule);
  const extended = isExtended ? { ...deadline, ...extension(deadline.date, extendedBy.by, cause) } : deadline;
  return rule.quietedBy?.some(has) === true ? { ...extended, quiet: true } : extended;
}

/** Of the terms of several objections, a fact is about the term of the objection that was filed first. */
function isAbout({ objectionTerm }: Occasion, { startedBy }: Deadline, { isTermOfObjection }: DeadlineRule): boolean {
  return isTermOfObjection !== true || startedBy === objectionTerm;
}

function extension(date: PlainDate, by: Period, cause: string): Pick<Deadline, 'date' | 'extension' | 'extendedBy'> {
  return { date: plus(date, by), extension: by, extendedBy: cause };
}

function start(situation: Situation, rule: DeadlineRule, occasion: Occasion, cause: string, others: readonly Deadline[]): Deadline {
  const { on, at } = occasion;
  const ofItsKind = others.filter((each) => each.rule === rule.id);
  const moved = rule.isMoved === true ? ofItsKind.find(({ end }) => end === null) : undefined;
  const begun = rule.countedFrom === undefined ? {} : countedFrom[rule.countedFrom](situation, occasion, cause);
  const { startedOn = on, startedBy = cause } = begun;
  const base = endOf(situation, rule.length, startedOn, occasion);
  const extendedBy = rule.extendedBy === undefined ? null : extendedBefore(situation, rule.extendedBy.what, cause);
  return {
    id: moved?.id ?? (ofItsKind.length === 0 ? rule.id : `${rule.id}-${ofItsKind.length + 1}`),
    rule: rule.id,
    startedBy,
    startedOn,
    knownAt: at,
    ...base,
    ...(extendedBy === null || rule.extendedBy === undefined ? {} : extension(base.date, rule.extendedBy.by, extendedBy)),
    end: null,
    quiet: false,
  };
}

/** The fact by which IND had extended the term before it began (docs/policy.md, fine print 50). */
function extendedBefore({ application, objections }: Situation, what: 'application' | 'objection', cause: string): string | null {
  if (what === 'application') return application?.extendedBy ?? null;
  return objections.find(({ termFrom }) => termFrom === cause)?.extendedBy ?? null;
}

/** The dates from which deadlines are counted, beside the date of the fact; with another fact where that one carries the date. */
const countedFrom: Readonly<
  Record<
    CountedFrom,
    (situation: Situation, occasion: Occasion, cause: string) => { readonly startedOn?: PlainDate; readonly startedBy?: string }
  >
> = {
  // Travel rests on the assessment, which may be older than the preparation.
  riskAssessment: ({ risk }) => (risk === null ? {} : { startedOn: risk.on, startedBy: risk.fact }),
  permitChain: ({ permitChain }) => (permitChain === null ? {} : { startedOn: permitChain.from }),
  objectionTerm: ({ objections }, _, cause) => {
    const objection = objections.find(({ termFrom }) => termFrom === cause);
    return objection === undefined ? {} : { startedOn: objection.termCountedFrom };
  },
  knownOn: (_, { fact }) => (fact?.type === 'caseDismissed' && fact.knownOn !== undefined ? { startedOn: fact.knownOn } : {}),
};

function endOf(
  { period, permit }: Situation,
  length: DeadlineRule['length'],
  on: PlainDate,
  { at, fact }: Occasion,
): Pick<Deadline, 'date' | 'instant' | 'length' | 'datedBy'> {
  if (length === 'periodEnd') return { date: period?.endsOn ?? on, instant: null, length: period?.length ?? null };
  if (length === 'permitEnd') return { date: permit?.until ?? on, instant: null, length: null, datedBy: permit?.fact };
  if (length === 'asTold') return { date: fact?.type === 'transferTermSet' ? fact.until : on, instant: null, length: null };
  if (!isDuration(length)) return { date: plus(on, length), instant: null, length };
  const instant = later(at, length);
  return { date: dateOf(instant), instant, length };
}
