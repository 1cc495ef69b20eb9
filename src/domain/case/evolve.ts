import { daysAfter, endOfDay, type Instant } from '../basics/calendar';
import { deadlinesAfter } from '../plan/deadlines';
import type { Edition, Trigger } from '../policy/edition';
import { rowOf } from '../rules';
import type { ReceivedFact } from '../facts/recordedFact';
import { referralAfter } from '../rules/referral';
import { noJourney, type Situation, type Stage } from '../state/situation';
import { stageAfter } from '../rules/stages';
import { effectiveFactsOf } from '../state/questions';
import { planNextOf, tasksAfter } from '../plan/tasks';
import { triggersOf } from './triggers';

/** What a fact does: what it changes itself; where it leads; the tasks, deadlines, notices and alarms that follow. */
export function evolve(before: Situation, told: ReceivedFact, edition: Edition): Situation {
  const row = rowOf(told.type);
  const changed: Situation = {
    ...before,
    ...row.changes?.(before, told, edition),
    lastRecordedOn: { ...before.lastRecordedOn, [told.type]: told.on },
    heardFrom: told.by.partner === undefined ? before.heardFrom : [...new Set([...before.heardFrom, told.by.partner])],
  };
  const moved = enter(changed, stageAfter(changed, told, before), {
    fact: told.type,
    on: told.on,
    source: row.sourceIn?.(edition) ?? row.source,
  });
  const occasion = { triggers: triggersOf(before, moved, told, edition), on: told.on, at: before.asOf };
  const worked = { ...moved, ...tasksAfter(moved, occasion, edition) };
  const triggers = new Set([...occasion.triggers, ...m55Triggers(before, worked)]);
  const dated = { ...worked, ...deadlinesAfter(worked, { ...occasion, triggers }, told.id, edition) };
  return {
    ...dated,
    ...noticesAfter(before, dated, told),
    ...alarmsAfter(before, dated, told, edition),
    ...effectiveFactsAfter(dated, told, moved.stage !== before.stage),
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

/** The first instant after her three months, if nobody has said anything by then. After her journey or the case's end there is none. */
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
  const changed: Situation = { ...now, period: { ...period, end: 'expired', endedOn: period.endsOn } };
  const moved = enter(changed, stageAfter(changed, { type: 'expiry' }, now), {
    fact: 'expiry',
    on,
    source: 'VC12: the suspension of departure ends',
  });
  const occasion = { triggers: triggersOf(now, moved, { type: 'expiry' }, edition), on, at };
  const worked = { ...moved, ...tasksAfter(moved, occasion, edition) };
  return { ...worked, ...deadlinesAfter(worked, occasion, 'expiry', edition) };
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

/** IND's terms run from the day the M55 was sent, while an application is pending (docs/policy.md, fine print 17). */
function m55Triggers(before: Situation, after: Situation): Trigger[] {
  if (after.application === null) return [];
  const sent = after.tasks.some(
    // A fact ends tasks where they stand and adds others behind them.
    ({ rule, end }, at) => rule === 'm55-cooperation-notice' && end?.state === 'done' && before.tasks[at]?.end === null,
  );
  if (!sent) return [];
  return after.application.kind === 'witness' ? ['m55Sent'] : ['m55Sent', 'm55Sent:victim'];
}

function noticesAfter(
  before: Situation,
  after: Situation,
  told: ReceivedFact,
): Pick<Situation, 'notices' | 'referral' | 'returnRequested'> {
  const { changed, causes } = referralAfter(before, after, told);
  const sent = [...(rowOf(told.type).notices?.(after, before, told) ?? []), ...causes].map((cause) => ({
    ...cause,
    id: `${cause.partner}/${cause.kind}/${told.id}`,
    at: before.asOf,
    on: told.on,
  }));
  return { ...changed, notices: [...after.notices, ...sent] };
}

function effectiveFactsAfter({ effectiveFacts }: Situation, told: ReceivedFact, movedStage: boolean): Pick<Situation, 'effectiveFacts'> {
  return { effectiveFacts: { ...effectiveFacts, [told.type]: [...(effectiveFacts[told.type] ?? []), { fact: told, movedStage }] } };
}

function alarmsAfter(before: Situation, after: Situation, told: ReceivedFact, edition: Edition): Pick<Situation, 'alarms'> {
  const to = rowOf(told.type).alarms?.(before, told, edition) ?? [];
  const about = told.type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { alarms: to.length === 0 ? after.alarms : [...after.alarms, { about, at: before.asOf, to, cause: told.id }] };
}
