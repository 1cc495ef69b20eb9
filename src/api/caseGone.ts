import {
  QueryRejectedError,
  QueryRejectCondition,
  WorkflowNotFoundError,
  type Client,
  type ClientOptions,
  type WorkflowExecutionInfo,
} from '@temporalio/client';
import { maySee, type Caller } from '../domain/people';
import { searchAttributes, workflowIdOf } from '../workflows/messages';
import type { Log } from './deps';
import { noAnswer } from './engine';
import { Problem } from './problems';

/** For the client that the API is given: the engine would answer questions about a run that has ended as if it went on. */
export const asksLivingRuns = { workflow: { queryRejectCondition: QueryRejectCondition.NOT_OPEN } } satisfies ClientOptions;

/** A run that ended so will never go on. A case has no end of its own: a closed one sleeps on. */
export function isEnded({ status }: Pick<WorkflowExecutionInfo, 'status'>): boolean {
  return ['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT'].includes(status.name);
}

/** Calls a case; where no run of it answers, throws why. Cheap, since only then the engine is asked a second time. */
export function callerOfCases(client: Client, log: Log) {
  return async <T>(reference: string, by: Caller, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (failure) {
      if (failure instanceof WorkflowNotFoundError || failure instanceof QueryRejectedError) throw await whyGone(reference, by);
      throw failure;
    }
  };

  /**
   * Asks the engine, not the case: a run that grew too long to be read ends too. Of a case that ended it knows the office, which says who
   * may hear of it; to everybody else the case is not there.
   */
  async function whyGone(reference: string, by: Caller): Promise<Problem> {
    const run = await client.workflow.getHandle(workflowIdOf(reference)).describe();
    // It passed to its next run meanwhile, or the engine forgot an update that it was asked about.
    if (!isEnded(run)) return noAnswer();
    if (!maySee(by, run.typedSearchAttributes.get(searchAttributes.office) ?? '')) return new Problem('not-found');
    log.error({ reference, status: run.status.name }, 'a case was asked for whose run has ended');
    return new Problem('case-ended');
  }
}
