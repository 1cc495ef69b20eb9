import { setTimeout as pause } from 'node:timers/promises';
import {
  type Client,
  WorkflowUpdateFailedError,
  type WorkflowHandle,
  type WorkflowHandleWithFirstExecutionRunId,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { putsSomebodyOnTheTeam, teamThatComesIn } from '../casework/requests/team';
import { caseAttributes } from '../domain/views/caseAttributes';
import { dateOf, epoch, type Instant, type PlainDate } from '../domain/basics/calendar';
import { openCase, refold, situationAt, type CaseFile } from '../domain/case/caseFile';
import { nextExpiry } from '../domain/case/clockEvents';
import { pastDatesOf, type Fact, type RightFact } from '../domain/facts/catalogue';
import { isFact } from '../domain/facts/log';
import type { OfficeTeam } from '../domain/facts/recordedFact';
import type { RefusalDetails } from '../domain/case/decide';
import { sentenceOf } from '../domain/views/timeline';
import { attributesOf, caseFile, cooperation, pathwayQueue, recordAndShow, workflowIdOf, workflowType } from '../workflows/messages';
import type { Line } from './lines';
import type { Script, ScriptedEvent } from './script';
import { ask, bytesOf, historiesOf, quietFile } from './skippingServer';
import type { World } from './world';

/** The letters of a minute have left by then: the workflow waits ten seconds for the facts of that minute. */
const afterTheMinuteMs = 20_000;

/** Plays a script to its end and returns a line for each event. */
export async function play(script: Script, world: World): Promise<Line[]> {
  const { start, until } = script;
  await world.sleepUntil(epoch(start.registeredAt));
  const handle = await world.client.workflow.start(workflowType, {
    workflowId: workflowIdOf(start.reference),
    taskQueue: pathwayQueue,
    args: [{ version: 1, start }],
    typedSearchAttributes: attributesOf(caseAttributes(openCase(start), start.registeredAt)),
  });
  const lines: Line[] = [];
  for (const { at, happen } of programme(script, world, handle)) {
    await world.sleepUntil(epoch(at));
    lines.push(...(await happen()));
  }
  await world.sleepUntil(epoch(until) + afterTheMinuteMs);
  const file = await quietFile(world.client, handle.workflowId);
  return [
    ...stageLines(file, until),
    ...lines,
    ...signalledLines(file),
    ...world.accepted(start.reference),
    await endLine(file, until, world.client, handle),
  ];
}

type Handle = WorkflowHandleWithFirstExecutionRunId;

/** All outside events, in order. At one instant the mail server goes or comes back before anybody tells a fact. */
function programme({ events, outages, until, teamIn }: Script, { client, mail }: World, handle: Handle) {
  const nothing = (): Line[] => [];
  const mailServer = outages.flatMap((outage) => [
    { at: outage.from, happen: () => mail.goAway().then(nothing) },
    { at: outage.until, happen: () => mail.comeBack().then(nothing) },
  ]);
  const tellings = events.map((event, number) => ({
    at: event.at,
    happen: () => ('signal' in event ? signal(event.signal, client, handle) : tell(event, { number, client, handle, teamIn })),
  }));
  return [...mailServer, ...tellings].filter(({ at }) => at <= until).sort((one, other) => epoch(one.at) - epoch(other.at));
}

interface Telling extends Pick<Script, 'teamIn'> {
  readonly number: number;
  readonly client: Client;
  readonly handle: Handle;
}

async function tell({ at, fact, by }: Extract<ScriptedEvent, { fact: unknown }>, telling: Telling): Promise<Line[]> {
  const { number, handle } = telling;
  const { type, on } = fact;
  const says = sentenceOf({ ...fact, id: '', by, receivedAt: at }, 'en');
  const refused = (code: string, missing: readonly string[]): Line[] => [{ at, kind: 'refused', type, code, missing, says }];
  // Over HTTP a future date is a fault of the request, which is found before the caller's rights are checked.
  if (liesAhead(fact, dateOf(at))) return refused('date-in-future', []);
  const key = { hash: `event-${number}`, body: `event-${number}` };
  const officeTeam = await teamFor(fact, telling);
  try {
    await handle.executeUpdate(recordAndShow, { args: [{ fact, by, receivedAt: at, key, officeTeam }] });
    return [{ at, kind: 'fact', type, on, says }];
  } catch (error) {
    const details = refusalIn(error);
    if (details === undefined) throw error;
    return refused(details.code, details.missing);
  }
}

/** The default team that comes in with a fact, if one does. Only the case knows its office. */
async function teamFor(fact: Fact, { client, handle, teamIn }: Telling): Promise<OfficeTeam | undefined> {
  if (!putsSomebodyOnTheTeam(fact)) return undefined;
  const { situation } = await ask(client, handle.workflowId, caseFile);
  return teamThatComesIn(fact, situation.office, teamIn);
}

/** Whether a date of a fact that cannot lie ahead does, its own or one of the right fact of a correction. */
function liesAhead(fact: RightFact, today: PlainDate): boolean {
  const dates = [...(fact.on === undefined ? [] : [fact.on]), ...pastDatesOf(fact as Fact)];
  return dates.some((date) => date > today) || (fact['with'] !== undefined && liesAhead(fact['with'] as RightFact, today));
}

function refusalIn(error: unknown): RefusalDetails | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure ? (cause.details?.[0] as RefusalDetails | undefined) : undefined;
}

async function signal(payload: unknown, client: Client, handle: Handle): Promise<Line[]> {
  const { runId } = await handle.describe();
  await handle.signal(cooperation, payload);
  // The signal has been processed once a workflow task after it has ended. This server never answers a query that meets the end of a run,
  // so we read the history.
  while (!(await hasProcessed(client.workflow.getHandle(handle.workflowId, runId)))) await pause(20);
  return [];
}

async function hasProcessed(run: WorkflowHandle): Promise<boolean> {
  const { events } = await run.fetchHistory();
  const signalled = (events ?? []).findLastIndex((event) => event.workflowExecutionSignaledEventAttributes);
  return (events ?? []).slice(signalled).some((event) => event.workflowTaskCompletedEventAttributes);
}

/** A signal gets no answer. The facts that came from signals are the only ones in the file without an idempotency key. */
function signalledLines({ entries }: CaseFile): Line[] {
  return entries
    .filter(isFact)
    .filter(({ key }) => key === undefined)
    .map((fact) => ({ at: fact.receivedAt, kind: 'fact', type: fact.type, on: fact.on, says: sentenceOf(fact, 'en') }));
}

/** The stages as people saw them, one after the other. A later correction does not change what was shown before it. */
function stageLines({ start, entries, outbox }: CaseFile, until: Instant): Line[] {
  const opened = openCase(start);
  const files = entries.map((_, index) => refold(start, entries.slice(0, index + 1), { outbox }));
  const shown = [opened, ...files].flatMap((file, index) => {
    const next = files[index]?.situation.asOf ?? until;
    const expiry = nextExpiry(file.situation);
    return [file.situation, ...(expiry !== null && expiry <= next ? [situationAt(file, expiry)] : [])];
  });
  return shown.filter(({ stage }, at) => stage !== shown[at - 1]?.stage).map(({ asOf: at, stage }) => ({ at, kind: 'stage', stage }));
}

async function endLine(file: CaseFile, until: Instant, client: Client, handle: Handle): Promise<Line> {
  const { stage, result } = situationAt(file, until);
  return { at: until, kind: 'end', reference: file.start.reference, stage, result, ...(await historyOf(client, handle)) };
}

/** Events and bytes of all runs of a case. */
async function historyOf(client: Client, { workflowId, firstExecutionRunId }: Handle) {
  const histories = await historiesOf(client, workflowId, firstExecutionRunId);
  return {
    historyEvents: histories.reduce((sum, { events }) => sum + (events?.length ?? 0), 0),
    historyBytes: histories.reduce((sum, history) => sum + bytesOf(history), 0),
  };
}
