import { type Client, WorkflowUpdateFailedError, type WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { dateOf, epoch, type Instant } from '../domain/calendar';
import { isFact, openCase, situationAt, type CaseFile, type CaseStart, type Telling } from '../domain/caseFile';
import { boardLine } from '../domain/board';
import type { Fact } from '../domain/facts/fields';
import type { Caller } from '../domain/people';
import {
  attributesOf,
  caseFile,
  cooperation,
  pathwayQueue,
  recordFact,
  workflowIdOf,
  workflowType,
  type RefusalDetails,
} from '../workflows/messages';
import type { Line } from './lines';
import type { Scenario, ScenarioEvent } from './scenario';
import type { Sink } from './sinks';

/** The moment a scenario's letters have left: after the ten seconds that the workflow waits for the facts of a minute. */
const afterTheMinuteMs = 20_000;

/** What a scenario is played on: the real workflow, behind a clock that skips. */
export interface Stage {
  readonly client: Client;
  readonly clock: { now(): Promise<number>; sleepUntil(milliseconds: number): Promise<void> };
  readonly mail: Sink;
  readonly startOf: (scenario: Scenario) => CaseStart;
  readonly callerOf: (staffId: string) => Caller;
}

/** Plays a scenario to its end. Letters and notices write their own lines as they are accepted; these are all the others. */
export async function play(scenario: Scenario, stage: Stage): Promise<Line[]> {
  const start = stage.startOf(scenario);
  await stage.clock.sleepUntil(epoch(scenario.registeredAt));
  const handle = await stage.client.workflow.start(workflowType, {
    workflowId: workflowIdOf(start.reference),
    taskQueue: pathwayQueue,
    args: [{ version: 1, start }],
    typedSearchAttributes: attributesOf(boardLine(openCase(start), start.registeredAt)),
  });
  const lines: Line[] = [];
  for (const { at, happen } of programme(scenario, stage, handle)) {
    await stage.clock.sleepUntil(epoch(at));
    lines.push(...(await happen()));
  }
  await stage.clock.sleepUntil(epoch(scenario.until) + afterTheMinuteMs);
  const file = await quietFile(handle);
  return [...lines, ...stageLines(file, scenario.until), await endLine(file, scenario.until, stage.client, handle)];
}

type Handle = WorkflowHandleWithFirstExecutionRunId;

/** Everything that happens from outside, in order: of one moment the mail server goes or comes before anybody tells a fact. */
function programme(scenario: Scenario, { mail, callerOf }: Stage, handle: Handle) {
  const nothing = (): Line[] => [];
  const outages = scenario.outages.flatMap(({ from, until }) => [
    { at: from, happen: () => mail.goAway().then(nothing) },
    { at: until, happen: () => mail.comeBack().then(nothing) },
  ]);
  const told = scenario.events.map((event) => ({ at: event.at, happen: () => tell(event, callerOf, handle) }));
  return [...outages, ...told].filter(({ at }) => at <= scenario.until).sort((one, other) => epoch(one.at) - epoch(other.at));
}

async function tell(event: ScenarioEvent, callerOf: Stage['callerOf'], handle: Handle): Promise<Line[]> {
  return 'signal' in event ? signal(event.at, event.signal, handle) : fact(event.at, event.fact, callerOf(event.by), handle);
}

async function fact(at: Instant, told: { readonly type: string; readonly on: Fact['on'] }, by: Caller, handle: Handle): Promise<Line[]> {
  const refused = (code: string, missing: readonly string[]): Line[] => [{ at, kind: 'refused', type: told.type, code, missing }];
  // To a caller over HTTP a future date is a fault of the request, found before anybody asks who he is.
  if (told.on > dateOf(at)) return refused('date-in-future', []);
  const telling: Telling = { fact: told as Fact, by, receivedAt: at };
  try {
    await handle.executeUpdate(recordFact, { args: [telling] });
    return [{ at, kind: 'fact', type: told.type, on: told.on }];
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure)) throw error;
    const [details] = (error.cause.details ?? []) as [RefusalDetails?];
    if (details === undefined) throw error;
    return refused(details.code, details.missing);
  }
}

async function signal(at: Instant, told: unknown, handle: Handle): Promise<Line[]> {
  const before = (await handle.query(caseFile)).entries.length;
  await handle.signal(cooperation, told);
  const heard = (await handle.query(caseFile)).entries.slice(before).filter(isFact);
  return heard.map(({ type, on }) => ({ at, kind: 'fact', type, on }));
}

function stageLines(file: CaseFile, until: Instant): Line[] {
  return situationAt(file, until).history.map(({ at, stage }) => ({ at, kind: 'stage', stage }));
}

/** The file once nothing is under way any more. */
async function quietFile(handle: Handle): Promise<CaseFile> {
  for (;;) {
    const file = await handle.query(caseFile);
    const underway = [...file.post.letters, ...Object.values(file.post.notices).filter(({ state }) => state === 'underway')];
    if (underway.every(({ nextTry }) => nextTry !== null)) return file;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function endLine(file: CaseFile, until: Instant, client: Client, handle: Handle): Promise<Line> {
  const { stage, result } = situationAt(file, until);
  return { at: until, kind: 'end', reference: file.start.reference, stage, result, ...(await historyOf(client, handle)) };
}

/** Events and bytes of all runs of a case, one after the other. */
async function historyOf(client: Client, handle: Handle): Promise<{ historyEvents: number; historyBytes: number }> {
  let [historyEvents, historyBytes] = [0, 0];
  let runId: string | null | undefined = handle.firstExecutionRunId;
  while (runId) {
    const history = await client.workflow.getHandle(handle.workflowId, runId).fetchHistory();
    historyEvents += history.events?.length ?? 0;
    historyBytes += temporal.api.history.v1.History.encode(history).finish().length;
    runId = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return { historyEvents, historyBytes };
}
