import { dateOf, endOfDay, isDuration, later, plus, type Instant, type PlainDate } from './calendar';
import type { DeadlineRule, Edition } from './edition';
import type { Deadline, Situation } from './situation';
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

/** Deadlines of a kind that nothing has met or lifted yet, running or passed. */
export function unmet(situation: Situation, rule: string): readonly Deadline[] {
  return situation.deadlines.filter((deadline) => deadline.rule === rule && deadline.end === null);
}

/** What an occasion does to the deadlines: it meets, lifts, quiets and extends those there are, then starts new ones. */
export function deadlinesAfter(situation: Situation, occasion: Occasion, cause: string, edition: Edition): Pick<Situation, 'deadlines'> {
  const changed = situation.deadlines.map((deadline) => changedBy(occasion, deadline, ruleOf(edition, deadline)));
  const started = edition.deadlines
    .filter((rule) => rule.startedBy.some((turn) => occasion.turns.has(turn)))
    .filter(
      (rule) =>
        rule.oneAtATime !== true || !changed.some((each) => each.rule === rule.id && deadlineState(each, occasion.at) === 'running'),
    )
    .map((rule) => start(situation, rule, occasion, cause, changed));
  return { deadlines: [...changed, ...started] };
}

export function ruleOf(edition: Edition, { rule }: Deadline): DeadlineRule {
  const found = edition.deadlines.find(({ id }) => id === rule);
  if (found === undefined) throw new Error(`the edition has no deadline ${rule}`);
  return found;
}

function changedBy({ turns, on, at }: Occasion, deadline: Deadline, rule: DeadlineRule): Deadline {
  if (deadline.end !== null) return deadline;
  const has = (turn: string) => turns.has(turn);
  if (rule.metBy.some(has)) return { ...deadline, end: { state: 'met', on, at } };
  const closing = has('entering:closed');
  const lifts = rule.liftedBy.find(has);
  // What passed has passed: only news of the time before the end takes that back; else it ends no more than the mails.
  if (lifts !== undefined || closing) {
    const passed = deadlineState(deadline, at) === 'passed' && lifts?.startsWith('period:') !== true;
    return passed ? { ...deadline, quiet: true } : { ...deadline, end: { state: 'lifted', on, at } };
  }
  const { extendedBy } = rule;
  const extended =
    extendedBy !== undefined && has(extendedBy.turn) ? { ...deadline, date: plus(deadline.startedOn, extendedBy.length) } : deadline;
  return rule.quietedBy?.some(has) === true ? { ...extended, quiet: true } : extended;
}

function start(situation: Situation, rule: DeadlineRule, { on, at }: Occasion, cause: string, others: readonly Deadline[]): Deadline {
  const count = others.filter((each) => each.rule === rule.id).length;
  const startedOn = rule.id === 'risk-assessment' ? (situation.risk?.on ?? on) : on;
  return {
    id: count === 0 ? rule.id : `${rule.id}-${count + 1}`,
    rule: rule.id,
    startedBy: cause,
    startedOn,
    knownAt: at,
    ...endOf(situation, rule, startedOn, at),
    end: null,
    quiet: false,
  };
}

function endOf({ period, permit }: Situation, { length }: DeadlineRule, on: PlainDate, at: Instant): Pick<Deadline, 'date' | 'instant'> {
  if (length === 'periodEnd') return { date: period?.endsOn ?? on, instant: null };
  if (length === 'permitEnd') return { date: permit?.until ?? on, instant: null };
  if (!isDuration(length)) return { date: plus(on, length), instant: null };
  const instant = later(at, length);
  return { date: dateOf(instant), instant };
}
