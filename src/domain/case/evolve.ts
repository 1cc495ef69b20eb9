/* The change of a situation by a fact. By the clock: clockEvents.ts. */

import { kebabCase } from '../basics/ids';
import { deadlinesAfter } from '../plan/deadlines';
import type { Edition } from '../policy/edition';
import { rowOf } from '../rules';
import type { RecordedFact } from '../facts/recordedFact';
import { referralAfter } from '../rules/referral';
import { tracedBy, type EffectiveFact, type Situation } from '../state/situation';
import { stageAfter } from '../rules/stages';
import { tasksAfter, withConsentsHeeded } from '../plan/planning';
import { comenshaNotices } from '../rules/comensha';
import { beginsToHoldUpTransfer, whoHearsOfATransfer } from '../rules/dublin';
import { undecidedObjections } from '../state/questions';
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
  const inStage = enterStage(withOwnChanges, stageAfter(before, withOwnChanges, fact, edition), {
    fact: fact.type,
    on: fact.on,
    source: row.sourceIn?.(edition) ?? row.source,
  });
  const occasion = {
    ...{ triggers: triggersOf(before, inStage, fact, edition), on: fact.on, at: before.asOf, fact },
    extends: fact.type === 'decisionTermExtended' ? (fact.of ?? 'application') : undefined,
    objectionTerm: undecidedObjections(before)[0]?.termFrom,
  };
  const planned = { ...inStage, ...tasksAfter(inStage, occasion, edition) };
  const withTasks = { ...planned, ...withConsentsHeeded(before, planned, occasion, edition) };
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
  const ofTheFact = rowOf(fact.type).notices?.(before, after, fact) ?? [];
  const sent = [...ofTheFact, ...causes, ...comenshaNotices(before, after, fact)].map((cause) => ({
    ...cause,
    id: `${cause.partner}/${cause.kind}/${fact.id}`,
    at: before.asOf,
    on: fact.on,
    ...tracedBy(fact),
  }));
  return { ...changed, notices: [...after.notices, ...sent] };
}

function effectiveFactsAfter({ effectiveFacts }: Situation, fact: RecordedFact, changedStage: boolean): Pick<Situation, 'effectiveFacts'> {
  const effective: EffectiveFact = { fact, changedStage };
  return { effectiveFacts: { ...effectiveFacts, [fact.type]: [...(effectiveFacts[fact.type] ?? []), effective] } };
}

function alarmsAfter(before: Situation, after: Situation, fact: RecordedFact, edition: Edition): Pick<Situation, 'alarms'> {
  const { type, id: cause } = fact;
  const at = before.asOf;
  const ofTheFact = rowOf(type).alarms?.(before, fact, edition) ?? [];
  const ofTheTransfer = type !== 'transferPlanned' && beginsToHoldUpTransfer(before, after) ? whoHearsOfATransfer : [];
  const raised = [
    { about: kebabCase(type), at, to: ofTheFact, cause },
    { about: kebabCase('transferPlanned'), at, to: ofTheTransfer, cause },
  ].filter(({ to }) => to.length > 0);
  return { alarms: raised.length === 0 ? after.alarms : [...after.alarms, ...raised] };
}
