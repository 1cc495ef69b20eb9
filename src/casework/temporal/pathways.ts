import { randomUUID } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';
import { memoOf } from '../../domain/views/caseMemo';
import { caseAttributes } from '../../domain/views/caseAttributes';
import { openCase, type CaseFile, type CaseStart } from '../../domain/case/caseFile';
import type { Caller } from '../../domain/basics/roles';
import * as messages from '../../workflows/messages';
import type { Cases } from '../ports/pathways';
import { Refused } from '../refused';
import { keyedQueue } from '../scheduling/keyedQueue';
import type { CallEngine } from './call';
import type { CallCase } from './caseCall';

/** The cases as workflows. Each method is one call of the engine, unless the case does not answer. */
export function temporalPathways(client: Client, callEngine: CallEngine, callCase: CallCase): Omit<Cases, 'inOneTime'> {
  const inOrder = keyedQueue();
  const caseOf = (reference: string) => client.workflow.getHandle(messages.workflowIdOf(reference));

  async function ask<Answer, Args extends unknown[]>(
    reference: string,
    by: Caller,
    question: QueryDefinition<Answer, Args>,
    ...args: Args
  ): Promise<Answer> {
    return callCase(reference, by, () => caseOf(reference).query(question, ...args));
  }

  async function begin(start: CaseStart): Promise<CaseFile | 'begun before'> {
    const file = openCase(start);
    const line = caseAttributes(file, start.registeredAt);
    try {
      await client.workflow.start(messages.workflowType, {
        workflowId: messages.workflowIdOf(start.reference),
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        taskQueue: messages.pathwayQueue,
        workflowTaskTimeout: messages.workflowTaskTimeout,
        args: [{ version: 1, start } satisfies messages.PathwayStart],
        typedSearchAttributes: messages.attributesOf(line),
        memo: { ...memoOf(file, start.registeredAt) },
        staticSummary: `A pathway of the office ${start.office}`,
      });
      return file;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return 'begun before';
      throw error;
    }
  }

  return {
    async open(start, by) {
      const begun = await callEngine(() => begin(start));
      return begun === 'begun before' ? ask(start.reference, by, messages.caseFile) : begun;
    },

    find: async (reference, asking) => orNotFound(await ask(reference, asking.caller, messages.pathway, asking)),

    intake: async (reference, asking) => orNotFound(await ask(reference, asking.caller, messages.intake, asking)),

    explain: async (reference, deadline, asking) =>
      orNotFound(await ask(reference, asking.caller, messages.certificate, { ...asking, deadline })),

    timeline: async (reference, caller) => orNotFound(await ask(reference, caller, messages.entries, { caller })),

    /**
     * One update of a case at a time. The engine takes ten at once; of forty, most would be refused again and again. A repeat has the same id.
     * A run that recorded the fact answers once more, and a later run knows the fact by its key.
     */
    async tell(reference, submission, exchange) {
      // A repeat has the same id. A sender who knows nothing sends another: the case has to hear that, and knows the fact by its key.
      const ids = { known: randomUUID(), unknown: randomUUID() };
      return callCase(reference, submission.by, (enough) =>
        inOrder(reference, async () => {
          // The caller may have stopped waiting before this update came first.
          enough.throwIfAborted();
          return exchange((knows, language) =>
            caseOf(reference).executeUpdate(messages.recordFact, {
              args: [{ ...submission, language, knows }],
              updateId: knows === null ? ids.unknown : ids.known,
            }),
          );
        }),
      );
    },

    file: (reference, by) => ask(reference, by, messages.caseFile),

    askToRegister: (reference, by) => callCase(reference, by, () => caseOf(reference).signal(messages.register)),
  };
}

/** A case answers null to a caller from whom it is hidden. For the caller it does not exist. */
function orNotFound<T>(answer: T | null): T {
  if (answer === null) throw new Refused('not-found');
  return answer;
}
