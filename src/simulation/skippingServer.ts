import { setTimeout as pause } from 'node:timers/promises';
import { isGrpcCancelledError, isGrpcDeadlineError, type Client, type QueryDefinition } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { CaseFile } from '../domain/case/caseFile';
import { registerSearchAttributes } from '../embedded/searchAttributes';
import { findTestServer } from '../embedded/temporalBinaries';
import { caseFile } from '../workflows/messages';

/**
 * The test server whose clock skips: it moves only while a client sleeps on it. All code that knows this server is in this file, for the
 * day on which the server is replaced.
 */
export interface SkippingServer extends Pick<TestWorkflowEnvironment, 'connection' | 'nativeConnection'> {
  /** Milliseconds since 1970, by the server's clock. */
  now(): Promise<number>;
  sleepUntil(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

export async function openSkippingServer(): Promise<SkippingServer> {
  const path = await findTestServer();
  const env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
  await registerSearchAttributes(env.connection, 'default');
  return {
    connection: env.connection,
    nativeConnection: env.nativeConnection,
    now: () => env.currentTimeMs(),
    async sleepUntil(milliseconds) {
      const left = milliseconds - (await env.currentTimeMs());
      if (left > 0) await env.sleep(left);
    },
    close: () => env.teardown(),
  };
}

/** Queries a case. This server never answers a query that meets the end of a run, so the query is repeated. */
export async function ask<Answer, Args extends unknown[]>(
  client: Client,
  workflowId: string,
  question: QueryDefinition<Answer, Args> | string,
  ...args: Args
): Promise<Answer> {
  // Each try waits twice as long, since a busy machine takes longer.
  for (let patienceMs = 3_000; ; patienceMs *= 2) {
    try {
      return await client.withDeadline(Date.now() + patienceMs, () => client.workflow.getHandle(workflowId).query(question, ...args));
    } catch (error) {
      // After the deadline the server may also answer that it has cancelled the call.
      if (!isGrpcDeadlineError(error) && !isGrpcCancelledError(error)) throw error;
    }
  }
}

/** The file of a case once no letter or notice is under way. */
export async function quietFile(client: Client, workflowId: string): Promise<CaseFile> {
  for (;;) {
    const file = await ask(client, workflowId, caseFile);
    const underway = [...file.outbox.letters, ...Object.values(file.outbox.notices).filter(({ state }) => state === 'underway')];
    if (underway.every(({ nextTry }) => nextTry !== null)) return file;
    await pause(20);
  }
}

type History = temporal.api.history.v1.IHistory;

/** The histories of all runs of a case, one after the other. */
export async function historiesOf(client: Client, workflowId: string, firstRunId: string): Promise<History[]> {
  const histories: History[] = [];
  let runId: string | null | undefined = firstRunId;
  while (runId) {
    const history: History = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    histories.push(history);
    runId = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return histories;
}

/** The size of a history in bytes, as the server keeps it. */
export function bytesOf(history: History): number {
  return temporal.api.history.v1.History.encode(history).finish().length;
}
