import { setTimeout as pause } from 'node:timers/promises';
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { refusalCodes } from '../domain/refusal';
import type { RefusalDetails } from '../domain/rules';
import { Problem } from './problems';
import { refused } from './refusals';

/** Speaks to the engine and waits so long; what goes wrong comes out as a `Problem`. */
export type Ask = <T>(call: () => Promise<T>) => Promise<T>;

/** How the engine is asked: with an end to the waiting, and its failures in our words. */
export function askerOf({ connection }: Client, patienceMs: number): Ask {
  return async (call) => {
    try {
      return await inTime(
        patienceMs,
        connection.withDeadline(Date.now() + patienceMs, () => untilProcessed(call)),
      );
    } catch (error) {
      throw problemOf(error);
    }
  };
}

/** The deadline ends a call, but not the pause before the SDK's next try of it. */
async function inTime<T>(patienceMs: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(noAnswer()), patienceMs + 250);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Where several processes of ours send updates at once, a task of the case may end before it has looked at them all; the engine
 * then rejects those as not processed (seen with server 1.32 and SDK 1.24). Nothing was recorded, so they are sent again.
 */
async function untilProcessed<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
      if (!(cause instanceof ApplicationFailure) || cause.type !== 'UnprocessedUpdate') throw error;
      await pause(60);
    }
  }
}

function problemOf(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError) return refusedBy(error.cause) ?? error;
  if (error instanceof WorkflowNotFoundError) return new Problem('not-found');
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return noAnswer();
  const cause = error instanceof ServiceError ? error.cause : error;
  if (isGrpcServiceError(cause)) return grpcProblem(cause) ?? error;
  return error;
}

function grpcProblem({ code, details }: { readonly code: number; readonly details: string }): Problem | undefined {
  // What grpc calls NOT_FOUND, FAILED_PRECONDITION; every case is one of a workflow that we can name, so nothing else is missing.
  if (code === 5) return new Problem('not-found');
  if (code === 9 && /failed state/i.test(details)) return new Problem('case-blocked', { headers: { 'Retry-After': '300' } });
  return retried.includes(code) ? noAnswer() : undefined;
}

// CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, FAILED_PRECONDITION, ABORTED, UNAVAILABLE
const retried = [1, 2, 4, 8, 9, 10, 14];

function noAnswer(): Problem {
  return new Problem('no-answer', { headers: { 'Retry-After': '5' } });
}

function refusedBy(cause: unknown): Problem | undefined {
  if (!(cause instanceof ApplicationFailure)) return undefined;
  const code = refusalCodes.find((each) => each === cause.type);
  return code && refused({ ...(cause.details?.[0] as RefusalDetails | undefined), code });
}
