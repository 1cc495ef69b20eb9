/* Deadlines: how they start, are met, lifted, extended and quieted. */

import { dateOf, endOfDay, isDuration, later, plus, type Instant, type PlainDate } from '../basics/calendar';
import type { DeadlineRule, Edition, Trigger } from '../policy/edition';
import type { FactType } from '../facts/catalogue';
import { memoizeLast } from '../basics/memoize';
import type { Deadline, Situation } from '../state/situation';
import type { Occasion } from './tasks';

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
    .filter((rule) => rule.startedBy.some((trigger) => occasion.triggers.has(trigger)))
    .filter(
      (rule) =>
        rule.oneAtATime !== true || !changed.some((each) => each.rule === rule.id && deadlineState(each, occasion.at) === 'running'),
    )
    .map((rule) => start(situation, rule, occasion, cause, changed));
  return { deadlines: [...changed, ...started] };
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
    has('entering:closed') || [...metBy, ...liftedBy, ...quietedBy].some(has) || (extendedBy !== undefined && has(extendedBy.trigger));
  return new Map(deadlines.filter(changes).map((rule) => [rule.id, rule]));
}

function changedBy({ triggers, on, at }: Occasion, deadline: Deadline, rule: DeadlineRule, cause: string): Deadline {
  if (deadline.end !== null) return deadline;
  const has = (trigger: Trigger) => triggers.has(trigger);
  if (rule.metBy.some(has)) return { ...deadline, end: { state: 'met', on, at } };
  if (has('entering:closed') || rule.liftedBy.some(has)) {
    // That the three months ended in silence stays true; only news of the time before takes it back.
    const stays = rule.onPassed.forGood === true && deadlineState(deadline, at) === 'passed' && !has('expirySuperseded');
    return stays ? { ...deadline, quiet: true } : { ...deadline, end: { state: 'lifted', on, at } };
  }
  const { extendedBy } = rule;
  const extended =
    extendedBy !== undefined && has(extendedBy.trigger)
      ? { ...deadline, date: plus(deadline.startedOn, extendedBy.length), length: extendedBy.length, extendedBy: cause }
      : deadline;
  return rule.quietedBy?.some(has) === true ? { ...extended, quiet: true } : extended;
}

function start(situation: Situation, rule: DeadlineRule, { on, at }: Occasion, cause: string, others: readonly Deadline[]): Deadline {
  const count = others.filter((each) => each.rule === rule.id).length;
  // Travel rests on the assessment, which may be older than the preparation.
  const assessed = rule.countedFrom === 'riskAssessment' ? situation.risk : null;
  const startedOn = assessed?.on ?? on;
  // IND may have extended its term before it began.
  const extendedBy = rule.extendedBy === undefined ? null : (situation.application?.extendedBy ?? null);
  const length = extendedBy === null ? rule.length : (rule.extendedBy?.length ?? rule.length);
  return {
    id: count === 0 ? rule.id : `${rule.id}-${count + 1}`,
    rule: rule.id,
    startedBy: assessed?.fact ?? cause,
    startedOn,
    knownAt: at,
    ...endOf(situation, length, startedOn, at),
    ...(extendedBy === null ? {} : { extendedBy }),
    end: null,
    quiet: false,
  };
}

function endOf(
  { period, permit }: Situation,
  length: DeadlineRule['length'],
  on: PlainDate,
  at: Instant,
): Pick<Deadline, 'date' | 'instant' | 'length'> {
  if (length === 'periodEnd') return { date: period?.endsOn ?? on, instant: null, length: period?.length ?? null };
  if (length === 'permitEnd') return { date: permit?.until ?? on, instant: null, length: null };
  if (!isDuration(length)) return { date: plus(on, length), instant: null, length };
  const instant = later(at, length);
  return { date: dateOf(instant), instant, length };
}
