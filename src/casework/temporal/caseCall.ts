import {
  QueryRejectedError,
  QueryRejectCondition,
  WorkflowNotFoundError,
  type Client,
  type ClientOptions,
  type WorkflowExecutionInfo,
} from '@temporalio/client';
import type { Caller } from '../../domain/basics/roles';
import { may, type Where } from '../../domain/rights/rights';
import { toldIn } from '../../domain/views/caseMemo';
import { NoCaseKey } from '../../privacy/keyErrors';
import { searchAttributes, workflowIdOf } from '../../workflows/messages';
import type { Log } from '../installation';
import { Refused } from '../refused';
import { endAfter, inOneTime, noAnswer, type CallEngine } from './call';

/** Options of the client: the engine would answer queries about a run that has ended as if it went on. */
export const asksLivingRuns = { workflow: { queryRejectCondition: QueryRejectCondition.NOT_OPEN } } satisfies ClientOptions;

/** Whether a run will never go on. A case has no end of its own: a closed case sleeps on. */
export function isEnded({ status }: Pick<WorkflowExecutionInfo, 'status'>): boolean {
  return ['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT'].includes(status.name);
}

/** Calls one case for one caller. `enough` is aborted once nobody waits for the answer any longer. */
export type CallCase = <T>(reference: string, by: Caller, call: (enough: AbortSignal) => Promise<T>) => Promise<T>;

interface Means {
  readonly callEngine: CallEngine;
  /** How long the caller waits in all. */
  readonly patienceMs: number;
  /** The part of it that is left for the engine to say who may see a case that does not answer. */
  readonly visibilityKnownWithinMs: number;
  readonly log: Log;
}

/** Calls of a case. A living case itself knows who may see it. Where it cannot answer, the engine is asked, which costs a call. */
export function caseCalls(client: Client, { callEngine, patienceMs, visibilityKnownWithinMs, log }: Means): CallCase {
  const runOf = (reference: string) => client.workflow.getHandle(workflowIdOf(reference)).describe();

  return (reference, by, call) =>
    inOneTime(patienceMs, async () => {
      try {
        return await callEngine((enough) => unlessGone(reference, by, () => call(enough)));
      } catch (failure) {
        // A hidden case does not exist for the caller, also while it is blocked or no worker is there.
        throw isOutOfReach(failure) ? await asFarAsKnown(failure, reference, by) : failure;
      }
    });

  async function unlessGone<T>(reference: string, by: Caller, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (failure) {
      if (failure instanceof WorkflowNotFoundError || failure instanceof QueryRejectedError) throw await whyGone(reference, by);
      if (failure instanceof NoCaseKey) throw await whyWithoutKey(reference, by);
      throw failure;
    }
  }

  /** Asks the engine, not the case: a run that grew too long to be read ends too. */
  async function whyGone(reference: string, by: Caller): Promise<Refused> {
    const run = await runOf(reference);
    // The case passed to its next run meanwhile, or the engine forgot an update that it was asked about.
    if (!isEnded(run)) return noAnswer();
    if (!mayRead(by, run)) return new Refused('not-found');
    log.error({ reference, status: run.status.name }, 'somebody asked for a case whose run has ended');
    return new Refused('case-ended');
  }

  /** A reference without a key: nobody opened such a case, or somebody took its key away. Then its memo says nothing, and it counts as hidden. */
  async function whyWithoutKey(reference: string, by: Caller): Promise<Refused> {
    if (!mayRead(by, await runOf(reference))) return new Refused('not-found');
    log.error({ reference }, 'somebody asked for a case whose key is gone');
    return new Refused('case-blocked');
  }

  async function asFarAsKnown(failure: Refused, reference: string, by: Caller): Promise<Refused> {
    try {
      const run = await client.withDeadline(endAfter(visibilityKnownWithinMs), () => runOf(reference));
      return mayRead(by, run) ? failure : new Refused('not-found');
    } catch {
      // The engine does not say whose case it is. Only a case can be blocked, so that code would tell that there is one.
      return noAnswer();
    }
  }
}

function isOutOfReach(failure: unknown): failure is Refused {
  return failure instanceof Refused && (failure.code === 'no-answer' || failure.code === 'case-blocked');
}

type Kept = Pick<WorkflowExecutionInfo, 'typedSearchAttributes' | 'memo'>;

/** Whether a caller may read a case, by what the engine keeps of it. */
function mayRead(caller: Caller, kept: Kept): boolean {
  return may(caller, 'read', whereKept(kept)) === 'yes';
}

/** Where a case is. What does not say that the police or a partner may know of it, is hidden from them. */
function whereKept({ typedSearchAttributes, memo }: Kept): Where {
  const told = toldIn(memo?.['told']);
  return { office: typedSearchAttributes.get(searchAttributes.office) ?? '', hidden: memo?.['hidden'] !== 0, told };
}
