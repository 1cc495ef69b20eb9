import {
  QueryRejectedError,
  QueryRejectCondition,
  WorkflowNotFoundError,
  type Client,
  type ClientOptions,
  type WorkflowExecutionInfo,
} from '@temporalio/client';
import { maySee, type Caller } from '../../domain/basics/roles';
import { searchAttributes, workflowIdOf } from '../../workflows/messages';
import type { Log } from '../../api/deps';
import { noAnswer, type Ask } from './call';
import { Problem } from '../../api/problems/problems';

/** For the client that the API is given: the engine would answer questions about a run that has ended as if it went on. */
export const asksLivingRuns = { workflow: { queryRejectCondition: QueryRejectCondition.NOT_OPEN } } satisfies ClientOptions;

/** A run that ended so will never go on. A case has no end of its own: a closed one sleeps on. */
export function isEnded({ status }: Pick<WorkflowExecutionInfo, 'status'>): boolean {
  return ['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT'].includes(status.name);
}

/** How long a case that does not answer may keep a caller who may not see it from hearing so; ours. */
const officeKnownWithinMs = 1_000;

/** Calls a case by the engine. Whose case it is says the case itself; where it cannot, the engine is asked: cheap, since only then. */
export function callerOfCases(client: Client, ask: Ask, log: Log) {
  const runOf = (reference: string) => client.workflow.getHandle(workflowIdOf(reference)).describe();

  return async <T>(reference: string, by: Caller, call: (enough: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      return await ask((enough) => unlessGone(reference, by, () => call(enough)));
    } catch (failure) {
      // To whom a case is hidden it is not there, also while it is blocked or nobody works on it.
      if (failure instanceof Problem && failure.status === 503 && (await isHidden(reference, by))) throw new Problem('not-found');
      throw failure;
    }
  };

  async function unlessGone<T>(reference: string, by: Caller, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (failure) {
      if (failure instanceof WorkflowNotFoundError || failure instanceof QueryRejectedError) throw await whyGone(reference, by);
      throw failure;
    }
  }

  /** Asks the engine, not the case: a run that grew too long to be read ends too. */
  async function whyGone(reference: string, by: Caller): Promise<Problem> {
    const run = await runOf(reference);
    // It passed to its next run meanwhile, or the engine forgot an update that it was asked about.
    if (!isEnded(run)) return noAnswer();
    if (!maySee(by, officeOf(run))) return new Problem('not-found');
    log.error({ reference, status: run.status.name }, 'a case was asked for whose run has ended');
    return new Problem('case-ended');
  }

  async function isHidden(reference: string, by: Caller): Promise<boolean> {
    try {
      return !maySee(by, officeOf(await client.withDeadline(Date.now() + officeKnownWithinMs, () => runOf(reference))));
    } catch {
      // The engine does not answer either, whatever it is asked about.
      return false;
    }
  }
}

function officeOf({ typedSearchAttributes }: Pick<WorkflowExecutionInfo, 'typedSearchAttributes'>): string {
  return typedSearchAttributes.get(searchAttributes.office) ?? '';
}
