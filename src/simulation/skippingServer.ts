import { setTimeout as pause } from 'node:timers/promises';
import { isGrpcCancelledError, isGrpcDeadlineError, type Client, type QueryDefinition } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { CaseFile } from '../domain/case/caseFile';
import { registerSearchAttributes } from '../embedded/searchAttributes';
import { findTestServer } from '../embedded/temporalBinaries';
import { caseFile } from '../workflows/messages';

/**
 * The server whose clock skips: it moves only while somebody sleeps on it. Everything that knows of this server is here, for the
 * day on which it is replaced.
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

/** A question to a case. One that meets the end of a run is never answered by this server, so it is asked again. */
export async function ask<Answer, Args extends unknown[]>(
  client: Client,
  workflowId: string,
  question: QueryDefinition<Answer, Args> | string,
  ...args: Args
): Promise<Answer> {
  // A busy machine takes longer, so each time it may.
  for (let patienceMs = 3_000; ; patienceMs *= 2) {
    try {
      return await client.withDeadline(Date.now() + patienceMs, () => client.workflow.getHandle(workflowId).query(question, ...args));
    } catch (error) {
      // Once the deadline has passed, the server may also say that it has cancelled the call.
      if (!isGrpcDeadlineError(error) && !isGrpcCancelledError(error)) throw error;
    }
  }
}

/** The file of a case once nothing is under way any more. */
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

/** How many bytes a history is, as the server keeps it. */
export function bytesOf(history: History): number {
  return temporal.api.history.v1.History.encode(history).finish().length;
}
