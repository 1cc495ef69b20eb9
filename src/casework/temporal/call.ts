import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';
import {
  QueryNotRegisteredError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { refusalCodes } from '../../domain/basics/refusal';
import type { RefusalDetails } from '../../domain/case/decide';
import { KeysUnavailable } from '../../privacy/keyErrors';
import { Refused } from '../refused';
import { refusedByRule } from '../refusedByRule';
import { grpcStatusOf, hasCode } from './grpcStatus';
import { retried } from './retryPolicy';

/**
 * Calls the engine, with an end to the waiting. A failure leaves as `Refused`. The call may be repeated, so it has to be one that may be;
 * `enough` is aborted once nobody waits for it any longer.
 */
export type CallEngine = <T>(call: (enough: AbortSignal) => Promise<T>) => Promise<T>;

/** The end of the patience of a caller who waits for several calls, in milliseconds since 1970. A call within another ends with it. */
const ends = new AsyncLocalStorage<number>();

/** Lets all calls of the engine within the work end within the patience of one. */
export function inOneTime<T>(patienceMs: number, work: () => Promise<T>): Promise<T> {
  return ends.run(endAfter(patienceMs), work);
}

/** The end of a wait that begins now, in milliseconds since 1970. */
export function endAfter(patienceMs: number): number {
  return Math.min(ends.getStore() ?? Infinity, Date.now() + patienceMs);
}

interface Patience {
  /** How long a caller waits for the engine, its passing failures included. */
  readonly patienceMs: number;
  /** Aborted when the service stops: every waiting caller is answered at once. */
  readonly stopping?: AbortSignal | undefined;
}

/** Calls of the engine: repeated while a failure passes, up to the end of the patience. */
export function engineCalls({ connection }: Client, { patienceMs, stopping }: Patience): CallEngine {
  // One listener on the signal of the whole service: a listener for each request would stay there as long as the service runs.
  const underWay = new Set<AbortController>();
  stopping?.addEventListener('abort', () => {
    for (const each of underWay) each.abort(noAnswer());
  });
  const passes = (failure: unknown, sinceMs: number) => isPassing(failure) || (isBlocked(failure) && sinceMs < settlesWithin(patienceMs));

  return async (call) => {
    if (stopping?.aborted === true) throw noAnswer();
    const enough = new AbortController();
    // The SDK listens once for each call of the engine, and a call may be repeated twenty times.
    setMaxListeners(0, enough.signal);
    const end = endAfter(patienceMs);
    const timer = setTimeout(() => enough.abort(noAnswer()), Math.max(0, end - Date.now()));
    underWay.add(enough);
    const repeated = () =>
      connection.withAbortSignal(enough.signal, () => retried(() => call(enough.signal), { passes, enough: enough.signal }));
    try {
      return await ends.run(end, () => connection.withDeadline(end, repeated));
    } catch (failure) {
      throw refusedFor(failure);
    } finally {
      clearTimeout(timer);
      underWay.delete(enough);
    }
  };
}

/** The engine did not answer in time, or its failure passes. The same request may be sent again. */
export function noAnswer(): Refused {
  return new Refused('no-answer');
}

/**
 * A fifth of the patience, two of ten seconds; ours. The engine reports a failed state for a case whose task failed three times in a row.
 * It also reports one, briefly, while signals keep arriving at a case that ends its run.
 */
function settlesWithin(patienceMs: number): number {
  return patienceMs / 5;
}

/**
 * Failures after which nothing was recorded, or after which that is not known. Examples of the case: a task that failed once, an update
 * that no task looked at, a run that ended meanwhile. Examples of the engine: too many calls at once, a broken connection. Lasting failures
 * are our own refusal, a case that is missing, ended or blocked, and a request that the engine does not understand.
 */
function isPassing(failure: unknown): boolean {
  if (failure instanceof Refused) return failure.code === 'no-answer';
  if (failure instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  if (failure instanceof WorkflowUpdateFailedError) return notLookedAt.includes(typeOf(failure.cause));
  const status = grpcStatusOf(failure);
  if (status === undefined || isBlocked(failure)) return false;
  return status.isRetryable || hasCode(failure, ...alsoPassing);
}

/** Types of an update that failed because its task did not look at it or its run ended first. Seen with server 1.32 and SDK 1.24. */
const notLookedAt: readonly (string | null | undefined)[] = ['UnprocessedUpdate', 'AcceptedUpdateCompletedWorkflow'];

/** The SDK's own list has the others, RESOURCE_EXHAUSTED and UNAVAILABLE among them. */
const alsoPassing = ['cancelled', 'deadlineExceeded', 'failedPrecondition'] as const;

function isBlocked(failure: unknown): boolean {
  return hasCode(failure, 'failedPrecondition') && /failed state/i.test(grpcStatusOf(failure)?.details ?? '');
}

function refusedFor(failure: unknown): unknown {
  if (failure instanceof WorkflowUpdateFailedError) return refusedByCase(failure.cause) ?? (isPassing(failure) ? noAnswer() : failure);
  // Every call names a case's workflow, so nothing but a case can be missing.
  if (failure instanceof WorkflowNotFoundError || hasCode(failure, 'notFound')) return new Refused('not-found');
  if (isBlocked(failure)) return new Refused('case-blocked');
  return isPassing(failure) || isUnanswered(failure) ? noAnswer() : failure;
}

/**
 * Failures that may pass, after the other side has already waited long enough. A query whose task failed looks like one that the case does
 * not know (seen with SDK 1.24).
 */
function isUnanswered(failure: unknown): boolean {
  return failure instanceof KeysUnavailable || failure instanceof QueryNotRegisteredError;
}

function typeOf(cause: unknown) {
  return cause instanceof ApplicationFailure ? cause.type : undefined;
}

function refusedByCase(cause: unknown): Refused | undefined {
  if (!(cause instanceof ApplicationFailure)) return undefined;
  const code = refusalCodes.find((each) => each === cause.type);
  return code && refusedByRule({ ...(cause.details?.[0] as RefusalDetails | undefined), code });
}
