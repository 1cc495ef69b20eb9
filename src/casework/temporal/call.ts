import { setMaxListeners } from 'node:events';
import {
  isGrpcServiceError,
  isRetryableError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { refusalCodes } from '../../domain/basics/refusal';
import type { RefusalDetails } from '../../domain/case/decide';
import { Problem } from '../../api/problems/problems';
import { refused } from '../../api/problems/refusals';
import { tryAgain } from './retryPolicy';

/**
 * Speaks to the engine and waits so long; what goes wrong comes out as a `Problem`. The call has to be one that may be repeated; `enough` is
 * aborted when nobody waits for it any longer.
 */
export type Ask = <T>(call: (enough: AbortSignal) => Promise<T>) => Promise<T>;

interface Patience {
  /** How long the engine is waited for, its passing refusals included. */
  readonly patienceMs: number;
  /** Aborted when the service stops: whoever waits is answered at once. */
  readonly stopping?: AbortSignal | undefined;
}

/** How the engine is asked: again while a failure passes, with an end to the waiting, and its failures in our words. */
export function askerOf({ connection }: Client, { patienceMs, stopping }: Patience): Ask {
  // One listener on the signal of the whole service: one for each request would stay there as long as the service runs.
  const underWay = new Set<AbortController>();
  stopping?.addEventListener('abort', () => {
    for (const each of underWay) each.abort(noAnswer());
  });
  const passes = (failure: unknown, sinceMs: number) => isPassing(failure) || (isBlocked(failure) && sinceMs < settlesWithin(patienceMs));

  return async (call) => {
    if (stopping?.aborted === true) throw noAnswer();
    const enough = new AbortController();
    // The SDK listens once for each call of the engine, and a call may be tried twenty times.
    setMaxListeners(0, enough.signal);
    const timer = setTimeout(() => enough.abort(noAnswer()), patienceMs);
    underWay.add(enough);
    const tried = () =>
      connection.withAbortSignal(enough.signal, () => tryAgain(() => call(enough.signal), { passes, enough: enough.signal }));
    try {
      return await connection.withDeadline(Date.now() + patienceMs, tried);
    } catch (failure) {
      throw problemOf(failure);
    } finally {
      clearTimeout(timer);
      underWay.delete(enough);
    }
  };
}

/** The engine did not answer in time, or what it said passes: the same request may be sent again. */
export function noAnswer(): Problem {
  return new Problem('no-answer', { headers: { 'Retry-After': '5' } });
}

/**
 * Of ten seconds two: the engine says of a case whose task failed three times in a row that it is in a failed state. Signals that keep
 * coming in while the case ends its run make it say so too, and a moment later all is well; ours.
 */
function settlesWithin(patienceMs: number): number {
  return patienceMs / 5;
}

/**
 * What the engine says where nothing was recorded, or where it is not known: a task of the case that failed once, an update that nobody
 * looked at or whose run ended meanwhile, a case between two runs, too much at once, a connection that broke. A lasting verdict is none of
 * these: our own refusal, a case that is not there or has ended, a case that is blocked, a request that the engine does not understand.
 */
function isPassing(failure: unknown): boolean {
  if (failure instanceof Problem) return failure.code === 'no-answer';
  if (failure instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  if (failure instanceof WorkflowUpdateFailedError) return notLookedAt.includes(typeOf(failure.cause));
  const status = grpcStatusOf(failure);
  if (status === undefined || isBlocked(failure)) return false;
  return status.isRetryable || alsoPassing.includes(status.code);
}

/** Of an update: its task ended without a look at it (seen with server 1.32 and SDK 1.24), or its run ended before its answer. */
const notLookedAt: readonly (string | null | undefined)[] = ['UnprocessedUpdate', 'AcceptedUpdateCompletedWorkflow'];

// CANCELLED, DEADLINE_EXCEEDED, FAILED_PRECONDITION; beside what the SDK takes for passing, RESOURCE_EXHAUSTED and UNAVAILABLE among it.
const alsoPassing: readonly number[] = [1, 4, 9];

function isBlocked(failure: unknown): boolean {
  const status = grpcStatusOf(failure);
  return status?.code === 9 && /failed state/i.test(status.details);
}

function problemOf(failure: unknown): unknown {
  if (failure instanceof WorkflowUpdateFailedError) return refusedBy(failure.cause) ?? (isPassing(failure) ? noAnswer() : failure);
  // What grpc calls NOT_FOUND: every case is one of a workflow that we can name, so nothing else is missing.
  if (failure instanceof WorkflowNotFoundError || grpcStatusOf(failure)?.code === 5) return new Problem('not-found');
  if (isBlocked(failure)) return new Problem('case-blocked', { headers: { 'Retry-After': '300' } });
  return isPassing(failure) ? noAnswer() : failure;
}

function grpcStatusOf(failure: unknown) {
  const cause = failure instanceof ServiceError ? failure.cause : failure;
  if (!isGrpcServiceError(cause)) return undefined;
  return { code: cause.code as number, details: cause.details, isRetryable: isRetryableError(cause) };
}

function typeOf(cause: unknown) {
  return cause instanceof ApplicationFailure ? cause.type : undefined;
}

function refusedBy(cause: unknown): Problem | undefined {
  if (!(cause instanceof ApplicationFailure)) return undefined;
  const code = refusalCodes.find((each) => each === cause.type);
  return code && refused({ ...(cause.details?.[0] as RefusalDetails | undefined), code });
}
