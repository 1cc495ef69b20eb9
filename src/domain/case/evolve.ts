/* The change of a situation by a fact and by the clock. */

import { kebabCase } from '../basics/ids';
import { daysAfter, endOfDay, type Instant } from '../basics/calendar';
import { deadlinesAfter } from '../plan/deadlines';
import type { Edition } from '../policy/edition';
import { rowOf } from '../rules';
import type { RecordedFact } from '../facts/recordedFact';
import { referralAfter } from '../rules/referral';
import { noJourney, type EffectiveFact, type Situation, type Stage } from '../state/situation';
import { stageAfter } from '../rules/stages';
import { effectiveFactsOf } from '../state/questions';
import { planNextOf, tasksAfter } from '../plan/tasks';
import { triggersOf, triggersOfDoneTasks } from './triggers';

/** The situation after a fact: its own changes, the stage it leads to, and the tasks, deadlines, notices and alarms that follow. */
export function evolve(before: Situation, fact: RecordedFact, edition: Edition): Situation {
  const row = rowOf(fact.type);
  const withOwnChanges: Situation = {
    ...before,
    ...row.changes?.(before, fact, edition),
    lastRecordedOn: { ...before.lastRecordedOn, [fact.type]: fact.on },
    heardFrom: fact.by.partner === undefined ? before.heardFrom : [...new Set([...before.heardFrom, fact.by.partner])],
  };
  const inStage = enter(withOwnChanges, stageAfter(withOwnChanges, fact, before), {
    fact: fact.type,
    on: fact.on,
    source: row.sourceIn?.(edition) ?? row.source,
  });
  const occasion = { triggers: triggersOf(before, inStage, fact, edition), on: fact.on, at: before.asOf };
  const withTasks = { ...inStage, ...tasksAfter(inStage, occasion, edition) };
  const triggers = new Set([...occasion.triggers, ...triggersOfDoneTasks(before, withTasks, edition)]);
  const withDeadlines = { ...withTasks, ...deadlinesAfter(withTasks, { ...occasion, triggers }, fact.id, edition) };
  return {
    ...withDeadlines,
    ...noticesAfter(before, withDeadlines, fact),
    ...alarmsAfter(before, withDeadlines, fact, edition),
    ...effectiveFactsAfter(withDeadlines, fact, inStage.stage !== before.stage),
  };
}

/** When the clock next changes something by itself: the period's end, or the next of a monthly task. */
export function nextClockEvent(situation: Situation): { at: Instant; apply: (now: Situation, edition: Edition) => Situation } | null {
  const expiry = nextExpiry(situation);
  const [monthly] = [...situation.series].sort((one, other) => (one.nextAt < other.nextAt ? -1 : 1));
  if (monthly !== undefined && (expiry === null || monthly.nextAt < expiry)) {
    return { at: monthly.nextAt, apply: (now, edition) => ({ ...now, ...planNextOf(now, monthly, edition) }) };
  }
  return expiry === null ? null : { at: expiry, apply: expire };
}

/** The first instant after the three months, if nobody has answered by then; none after the journey or after the case was closed. */
export function nextExpiry(situation: Situation): Instant | null {
  const { period, stage, lastRecordedOn } = situation;
  if (period === null || period.end !== null || stage === 'closed' || stage === 'aftercare') return null;
  const at = endOfDay(period.endsOn);
  const endedWhileClosed =
    lastRecordedOn.reopened !== undefined && effectiveFactsOf(situation, 'reopened').some(({ receivedAt }) => receivedAt >= at);
  return endedWhileClosed ? null : at;
}

/** The first instant after the last day: nobody answered, and that is no answer (docs/policy.md, rule 2). */
function expire(now: Situation, edition: Edition): Situation {
  const { period, asOf: at } = now;
  if (period === null) return now;
  const on = daysAfter(period.endsOn, 1);
  const expired: Situation = { ...now, period: { ...period, end: 'expired', endedOn: period.endsOn } };
  const inStage = enter(expired, stageAfter(expired, { type: 'expiry' }, now), {
    fact: 'expiry',
    on,
    source: 'VC12: the suspension of departure ends',
  });
  const occasion = { triggers: triggersOf(now, inStage, { type: 'expiry' }, edition), on, at };
  const withTasks = { ...inStage, ...tasksAfter(inStage, occasion, edition) };
  return { ...withTasks, ...deadlinesAfter(withTasks, occasion, 'expiry', edition) };
}

function enter(situation: Situation, stage: Stage, because: Situation['because']): Situation {
  if (stage === situation.stage) return situation;
  return {
    ...situation,
    stage,
    since: because.on,
    because,
    stagesBefore: resumes(situation, stage) ? situation.stagesBefore : { ...situation.stagesBefore, [stage]: situation.stage },
    entered: [...situation.entered, { stage, by: because.fact }],
    proposal: proposalAfter(situation),
    // Nobody leaves on a declaration made before the return was stopped.
    journey: noJourney,
  };
}

/** A proposal is about the stage in which it was made. One of the three months outlasts their silent end, for news that comes late. */
function proposalAfter({ proposal, period }: Situation): Situation['proposal'] {
  return proposal?.madeIn === 'reflection' && period?.end === 'expired' ? proposal : null;
}

/** To come back to where contact was lost or the case was closed is not to enter it anew: the stage before it stays the one it was. */
function resumes({ stage: from, stagesBefore }: Situation, stage: Stage): boolean {
  return (from === 'contactLost' || from === 'closed') && stagesBefore[from] === stage;
}

function noticesAfter(
  before: Situation,
  after: Situation,
  fact: RecordedFact,
): Pick<Situation, 'notices' | 'referral' | 'returnRequested'> {
  const { changed, causes } = referralAfter(before, after, fact);
  const sent = [...(rowOf(fact.type).notices?.(after, before, fact) ?? []), ...causes].map((cause) => ({
    ...cause,
    id: `${cause.partner}/${cause.kind}/${fact.id}`,
    at: before.asOf,
    on: fact.on,
  }));
  return { ...changed, notices: [...after.notices, ...sent] };
}

function effectiveFactsAfter({ effectiveFacts }: Situation, fact: RecordedFact, changedStage: boolean): Pick<Situation, 'effectiveFacts'> {
  const effective: EffectiveFact = { fact, changedStage };
  return { effectiveFacts: { ...effectiveFacts, [fact.type]: [...(effectiveFacts[fact.type] ?? []), effective] } };
}

function alarmsAfter(before: Situation, after: Situation, fact: RecordedFact, edition: Edition): Pick<Situation, 'alarms'> {
  const to = rowOf(fact.type).alarms?.(before, fact, edition) ?? [];
  const about = kebabCase(fact.type);
  return { alarms: to.length === 0 ? after.alarms : [...after.alarms, { about, at: before.asOf, to, cause: fact.id }] };
}
