/* The cases of a house: how one is put into the engine, told and asked, and what its histories say. */

import { randomUUID } from 'node:crypto';
import {
  QueryRejectedError,
  ServiceError,
  type Client,
  type WorkflowHandle,
  type WorkflowHandleWithFirstExecutionRunId,
} from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { Pathways } from '../../../src/casework/ports/pathways';
import { dateOf, instantOf, type Instant } from '../../../src/domain/basics/calendar';
import type { Caller } from '../../../src/domain/basics/roles';
import type { Fact, FactType } from '../../../src/domain/facts/catalogue';
import type { CaseFile } from '../../../src/domain/case/caseFile';
import { caseAttributes } from '../../../src/domain/views/caseAttributes';
import { memoOf } from '../../../src/domain/views/caseMemo';
import { countOf, openCases, openCasesOn } from '../../../src/releases/deployment';
import type { KeptBuild } from '../../../src/releases/keptBuilds';
import { historiesOf } from '../../../src/simulation/skippingServer';
import * as messages from '../../../src/workflows/messages';
import { callerOf, type Fields, type Teller } from '../../support/aCase';
import { until } from '../../support/until';
import type { PostOffice } from '../../workflows/support/postOffice';
import type { CaseState } from './states';

/** One case in the engine. */
export interface CaseInTheHouse extends CaseState {
  readonly reference: string;
  readonly handle: WorkflowHandleWithFirstExecutionRunId;
}

/** What the verbs of this file need of a house. */
export interface Rooms {
  readonly client: Client;
  readonly post: PostOffice;
  /** The cases as the API asks and tells them. */
  readonly pathways: Pathways;
}

let opened = 0;

/** So many calls go to the engine at a time: with more, a query may find no worker in time. */
const atATime = 10;

/** Does something with each case, some at a time. */
export async function withEach<Each, Result>(cases: readonly Each[], act: (each: Each) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let first = 0; first < cases.length; first += atATime)
    results.push(...(await Promise.all(cases.slice(first, first + atATime).map(act))));
  return results;
}

/** Puts a case into the engine, as a run before would have handed it on. */
export async function putIn(client: Client, { name, file }: CaseState): Promise<CaseInTheHouse> {
  opened += 1;
  const reference = `BT-TEST-${opened}`;
  const { entries, revision, counted, outbox } = file;
  const start = { ...file.start, reference };
  const before = entries.length === 0 ? {} : { entries, revision, counted, outbox };
  const now = instantOf(Date.now());
  const handle = await client.workflow.start(messages.workflowType, {
    workflowId: messages.workflowIdOf(reference),
    taskQueue: messages.pathwayQueue,
    workflowTaskTimeout: messages.workflowTaskTimeout,
    args: [{ version: 1, start, ...before } satisfies messages.PathwayStart],
    typedSearchAttributes: messages.attributesOf(caseAttributes(file, now)),
    memo: { ...memoOf(file, now) },
  });
  return { name, file, reference, handle };
}

/** Tells a fact of today, as the API does: it is recorded once, however often it is sent. */
export function tells<T extends FactType>(
  { pathways }: Rooms,
  { reference }: CaseInTheHouse,
  by: Teller,
  type: T,
  { on, ...fields }: Fields<T>,
) {
  const receivedAt = instantOf(Date.now());
  const fact = { ...fields, type, on: on ?? dateOf(receivedAt) } as unknown as Fact;
  return pathways.tell(reference, { fact, by: callerOf(by), receivedAt, key: { hash: randomUUID(), body: type } });
}

/** The file of a case. A question that meets the end of a run is asked again, as the API does. */
export async function fileOf(handle: WorkflowHandle): Promise<CaseFile> {
  const answers: CaseFile[] = [];
  const ask = () =>
    handle.query(messages.caseFile).then(
      (file) => answers.push(file) > 0,
      (error: unknown) => {
        if (error instanceof QueryRejectedError || error instanceof ServiceError) return false;
        throw error;
      },
    );
  await until(`${handle.workflowId} answers`, ask);
  const [file] = answers;
  if (file === undefined) throw new Error('it did not answer');
  return file;
}

/** What a supervisor of the office reads of a case at an instant: everything, but one certificate alone. */
export async function viewsOf({ pathways }: Rooms, { reference, handle }: CaseInTheHouse, now: Instant) {
  const { situation } = await fileOf(handle);
  const caller: Caller = { id: 'supervisor-1', roles: ['supervisor'], office: situation.office };
  const asking = { caller, now };
  return {
    pathway: await pathways.find(reference, asking),
    entries: await pathways.timeline(reference, caller),
    certificates: await Promise.all(situation.deadlines.slice(0, 1).map(({ id }) => pathways.explain(reference, id, asking))),
    intake: await pathways.intake(reference, asking),
  };
}

/** The build that a case runs on, once it has done a task there. */
export async function buildOf(handle: WorkflowHandle): Promise<string | undefined> {
  return (await handle.describe()).raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? undefined;
}

/** The number of open cases that lists show on a build, and of all. */
export async function countedOn({ client }: Rooms, { build }: KeptBuild): Promise<{ readonly there: number; readonly all: number }> {
  const [there, all] = await Promise.all([countOf(client, openCasesOn(build)), countOf(client, openCases)]);
  return { there, all };
}

const { EventType, WorkflowTaskFailedCause } = temporal.api.enums.v1;

/** What the histories of all runs of a case say. */
export async function historyOf({ client }: Rooms, { handle }: CaseInTheHouse): Promise<{ runs: number; failedTasks: number }> {
  const histories = await historiesOf(client, handle.workflowId, handle.firstExecutionRunId);
  const failed = histories
    .flatMap(({ events }) => events ?? [])
    .filter(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
    .map(({ workflowTaskFailedEventAttributes }) => workflowTaskFailedEventAttributes?.cause);
  // News that comes while a task ends the run makes the engine ask for that task again: nothing failed.
  const failedTasks = failed.filter((cause) => cause !== WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND);
  return { runs: histories.length, failedTasks: failedTasks.length };
}

/** The workflow tasks that failed, by the case. */
export async function failedTasks(house: Rooms, cases: readonly CaseInTheHouse[]): Promise<string[]> {
  const told = await withEach(cases, async (each) => ({ name: each.name, ...(await historyOf(house, each)) }));
  return told.flatMap(({ name, failedTasks: failed }) => (failed > 0 ? [`${name}: ${failed}`] : []));
}

/** The Message-IDs that the mail server took more than once. */
export function sentTwice({ post }: Rooms): string[] {
  const ids = post.mails.map(({ messageId }) => messageId);
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}

/** The entries of a case, each once, in their order. */
export async function entriesOf({ handle }: CaseInTheHouse): Promise<readonly string[]> {
  return (await fileOf(handle)).entries.map(({ id, type }) => `${id} ${type}`);
}
