/* The change of a situation by a fact. By the clock: clockEvents.ts. */

import { kebabCase } from '../basics/ids';
import { deadlinesAfter } from '../plan/deadlines';
import type { Edition } from '../policy/edition';
import { rowOf } from '../rules';
import type { RecordedFact } from '../facts/recordedFact';
import { referralAfter } from '../rules/referral';
import type { EffectiveFact, Situation } from '../state/situation';
import { stageAfter } from '../rules/stages';
import { tasksAfter } from '../plan/tasks';
import { enterStage } from './enterStage';
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
  const inStage = enterStage(withOwnChanges, stageAfter(before, withOwnChanges, fact), {
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

function noticesAfter(
  before: Situation,
  after: Situation,
  fact: RecordedFact,
): Pick<Situation, 'notices' | 'referral' | 'returnRequested'> {
  const { changed, causes } = referralAfter(before, after, fact);
  const sent = [...(rowOf(fact.type).notices?.(before, after, fact) ?? []), ...causes].map((cause) => ({
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
